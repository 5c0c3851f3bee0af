import './fault-path.css'
import type { Access } from '../../arch/error-code'
import type { Predicate } from '../../arch/predicate'
import type { Toucher } from '../../machine/choice'
import { endsOf, RARE, type Geometry } from './geometry'
import { declaredRails, type RailId } from './journey'
import { StationLabel, wordsOf } from './labels'
import { apartIn, markAt, pairTracks, platePlace, plateWay, type PairTrack, type PairWorld } from './pair-track'
import { IdleRails, Track } from './rails'
import { isOnThisMachine, shapeOn } from './station-look'
import { StationMark } from './station-mark'
import { STATIONS, type Station } from './stations'
import { SwitchBox } from './switch-box'
import { Token } from './token'

/** A world, and what its switch is asked. */
export interface SwitchedWorld extends PairWorld {
  readonly predicate: Predicate
  /** Low half of the entry at hand. */
  readonly word: number
}

interface PairPathProps {
  readonly a: SwitchedWorld
  readonly b: SwitchedWorld
  /** Laid out for two worlds. */
  readonly geometry: Geometry
  /** The access that would come next. */
  readonly chosen: Access
  /** Who would make it; the program where nothing is said. */
  readonly by?: Toucher | undefined
  readonly done: number
  /** How long a plate takes from station to station, in ms; 0 for a jump. */
  readonly travel: number
  /** How the two ways compare, in words. */
  readonly summary: string
}

/** Two worlds on one picture: they share stations until their ways part at the switch. A letter plate rides on each track. */
export function PairPath({ a, b, geometry, chosen, by, done, travel, summary }: PairPathProps) {
  const tracks = pairTracks(a, b, geometry)
  const worlds = [a, b] as const
  return (
    <>
      <svg
        className="pointer-events-none absolute inset-0"
        width={geometry.width}
        height={geometry.height}
        data-figure="path"
        data-picture="The path"
        role="img"
        aria-label={summary}
      >
        <IdleWays tracks={tracks} base={geometry} />
        {tracks.map((track) => (
          <Track key={track.letter} {...track} locks={travel > 0} reach={apartIn(geometry)} />
        ))}
        <Stations tracks={tracks} geometry={geometry} chosen={chosen} by={by} />
        {tracks.map((track, index) => (
          <WorldSwitch key={track.letter} track={track} world={worlds[index]!} other={worlds[1 - index]!} />
        ))}
        {tracks.map((track) => (
          <TopPlate key={track.letter} track={track} />
        ))}
      </svg>
      {tracks.map((track) => (
        <Token
          key={track.letter}
          at={track.journey.at}
          place={platePlace(track, track.journey.at)}
          way={(from) => plateWay(track, from, track.journey.at)}
          cursor={done}
          travel={travel}
          className={`fp-token fp-plate ${geometry.tight ? 'fp-plate-small' : ''}`}
        >
          {track.letter}
        </Token>
      ))}
    </>
  )
}

interface TracksProps {
  readonly tracks: readonly [PairTrack, PairTrack]
}

/** What a switch can say: no, and yes. */
const AT_SWITCH: readonly RailId[] = ['hint>same', 'hint>numa']

/** The ways there are: those that either world goes, on its own track; of the others the rails. */
function IdleWays({ tracks, base }: TracksProps & { readonly base: Geometry }) {
  const declared = new Set(tracks.flatMap(({ scene }) => [...declaredRails(scene.machine)]))
  const gone = (rail: RailId) => tracks.some(({ whole }) => whole.travelled.has(rail))
  const left = [...declared].filter((rail) => !RARE.has(rail) && !gone(rail) && !endsOf(rail).includes('hint'))
  return (
    <>
      <IdleRails rails={left} geometry={base} />
      {tracks.map(({ letter, side, whole, geometry, shiftOf }) => (
        <g key={letter}>
          {/* What the switch could have said too. The way round the other switch is drawn only where it is gone. */}
          <IdleRails
            rails={(side > 0 ? AT_SWITCH : AT_SWITCH.slice(0, 1)).filter((rail) => !whole.travelled.has(rail))}
            geometry={geometry}
          />
          <IdleRails rails={[...whole.travelled]} geometry={geometry} shiftOf={shiftOf} />
        </g>
      ))}
    </>
  )
}

interface StationsProps extends TracksProps {
  readonly geometry: Geometry
  readonly chosen: Access
  /** Who would make it; the program where nothing is said. */
  readonly by?: Toucher | undefined
}

/** Marks of all stations; names of those that either world meets. */
function Stations({ tracks, geometry, chosen, by }: StationsProps) {
  const here = STATIONS.filter(({ id }) => id !== 'hint' && tracks.some(({ scene }) => isOnThisMachine(id, scene)))
  const met = here.filter(({ id }) => tracks.some(({ meets }) => meets(id)))
  // Where room is short, the one station goes without its name that changes nothing unless somebody else interferes.
  const named = met.filter(({ id }) => !(geometry.tight && id === 'same'))
  const shown = here.filter((station) => station.id !== 'elsewhere' || met.includes(station))
  return (
    <>
      {shown.map((station) => (
        <StationMark
          key={station.id}
          {...markAt(tracks, station.id)}
          shape={shapeOn(station, worldAt(tracks, station).scene)}
          passed={tracks.some(({ journey }) => journey.passed.has(station.id))}
        />
      ))}
      {named.map((station) => (
        <NamedStation key={station.id} {...{ station, tracks, geometry, chosen, by }} />
      ))}
    </>
  )
}

/** A world that meets the station, to look at it with; one that could where none does. */
const worldAt = (tracks: readonly PairTrack[], { id }: Station): PairTrack =>
  bestOf(tracks.filter(({ meets }) => meets(id))) ??
  tracks.find(({ scene }) => isOnThisMachine(id, scene)) ??
  tracks[0]!

/** Where only one of two is under Xen, Xen's name for what both do tells more. */
const bestOf = (tracks: readonly PairTrack[]): PairTrack | undefined =>
  tracks.find(({ scene }) => scene.machine.platform.id === 'xen') ?? tracks[0]

function NamedStation({ station, tracks, geometry, chosen, by }: StationsProps & { readonly station: Station }) {
  const { id } = station
  const { x, y } = tracks[0].offset(id)
  return (
    <StationLabel
      station={station}
      geometry={geometry}
      passed={tracks.some(({ journey }) => journey.passed.has(id))}
      current={tracks.some(({ journey }) => journey.at === id)}
      {...wordsOf(station, worldAt(tracks, station).scene, chosen, by)}
      reach={Math.max(Math.abs(x), Math.abs(y))}
    />
  )
}

interface WorldSwitchProps {
  readonly track: PairTrack
  readonly world: SwitchedWorld
  readonly other: SwitchedWorld
}

/** A world's own switch, with its letter; the name of the test stands once where both ask by the same name. */
function WorldSwitch({ track, world, other }: WorldSwitchProps) {
  const { geometry, side, journey, scene, letter } = track
  const { x, y, size } = geometry.switchBox
  const { predicate, word } = world
  const outside =
    side > 0 ? { x: x + size + 8, textAnchor: 'start' as const } : { x: x - 8, textAnchor: 'end' as const }
  const named = side > 0 || predicate.name !== other.predicate.name
  return (
    <g>
      <SwitchBox
        geometry={geometry}
        predicate={predicate}
        word={word}
        proved={scene.outcome.lasso !== null && journey.passed.has('numa')}
      />
      <Plate x={side > 0 ? x + size + 20 : x - 20} y={y + 22} letter={letter} />
      {named && (
        <text
          className="fp-name fp-small fp-strong"
          {...outside}
          x={side > 0 ? outside.x + 32 : outside.x}
          y={side > 0 ? y + 27 : y + 54}
        >
          {predicate.name}?
        </text>
      )}
    </g>
  )
}

/** The letter over a world's track. */
function TopPlate({ track }: { readonly track: PairTrack }) {
  const { x, y } = platePlace(track, 'access')
  return <Plate x={x} y={y - 30} letter={track.letter} />
}

const Plate = ({ x, y, letter }: { readonly x: number; readonly y: number; readonly letter: string }) => (
  <g>
    <rect className="fp-letter" x={x - 11} y={y - 11} width="22" height="22" />
    <text className="fp-text fp-strong" x={x} y={y + 5} textAnchor="middle">
      {letter}
    </text>
  </g>
)
