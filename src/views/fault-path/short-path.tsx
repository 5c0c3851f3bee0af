import './fault-path.css'
import { pathInWords, type FaultPathProps } from './fault-path'
import { RARE, type Geometry } from './geometry'
import { declaredRails, journeyOf, type Journey } from './journey'
import { wordsOf } from './labels'
import { IdleRails, Track } from './rails'
import { isFilling, isShortRail, type ShortGeometry } from './short-geometry'
import { shortRowView, type ShortRowView } from './short-words'
import { isOnThisMachine, shapeOn } from './station-look'
import { StationMark } from './station-mark'
import { stationById } from './stations'
import { hasRoomForWords, SwitchBox, SwitchPainter } from './switch-box'
import { PathToken } from './path-token'

interface ShortPathProps extends FaultPathProps {
  readonly geometry: ShortGeometry
}

/** The way of a fault where room is short: one row a stage, and the way back at the edge. */
export function ShortPath(props: ShortPathProps) {
  const { scene, geometry, predicate, word, travel, onPaint, open, onSource, children } = props
  const whole = journeyOf(scene)
  const journey = { ...whole, travelled: drawn(whole.travelled, geometry), loop: drawn(whole.loop, geometry) }
  const idle = [...drawn(declaredRails(scene.machine), geometry)].filter((rail) => !RARE.has(rail) && !isFilling(rail))
  const left = geometry.tail < geometry.spine
  const proved = scene.outcome.lasso !== null && whole.passed.has('numa')
  const rows = geometry.rows.filter(
    ({ stations }) => isOnThisMachine(stations[0]!, scene) || stations.includes('store'),
  )
  return (
    <>
      <svg
        className="pointer-events-none absolute inset-0"
        width={geometry.width}
        height={geometry.height}
        data-figure="path"
        data-picture="The path"
        role="img"
        aria-label={pathInWords(scene, whole)}
      >
        {children}
        <IdleRails rails={idle} geometry={geometry} />
        <Track geometry={geometry} journey={journey} locks={travel > 0} arrow={!left} />
        {left && journey.travelled.has('return>access') && (
          <UpArrow geometry={geometry} closed={journey.loop.size > 0} />
        )}
        {rows.map((row) => {
          const view = shortRowView(row, { ...props, journey: whole, answersAtSwitch: hasRoomForWords(geometry) })
          const { station } = view
          const onAsk = onSource && (() => onSource(station, view.text))
          return <Row key={row.stations[0]} {...{ view, geometry, onAsk }} shape={shapeOn(station, scene)} />
        })}
        {whole.at === 'elsewhere' && <Elsewhere {...props} journey={whole} />}
        <SwitchBox geometry={geometry} predicate={predicate} word={word} proved={proved} open={open} />
      </svg>
      <SwitchPainter geometry={geometry} predicate={predicate} word={word} proved={proved} onPaint={onPaint} />
      <PathToken journey={whole} geometry={geometry} cursor={scene.cursor} travel={travel} />
    </>
  )
}

const drawn = (rails: Journey['travelled'], geometry: ShortGeometry): Journey['travelled'] =>
  new Set([...rails].filter((rail) => isShortRail(rail, geometry)))

interface RowProps {
  readonly view: ShortRowView
  readonly geometry: ShortGeometry
  readonly shape: ReturnType<typeof shapeOn>
  /** Asks for the source of what happens here. By keys the sentence and the room of rules give it. */
  readonly onAsk: (() => void) | undefined
}

function Row({ view: { station, passed, current, text }, geometry, shape, onAsk }: RowProps) {
  const at = geometry.places[station.id]
  const { small, ...label } = geometry.labelOf(station.id)
  const tone = current ? 'fp-strong' : passed ? '' : 'fp-ahead'
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <g className={onAsk ? 'fp-asks' : ''} onClick={onAsk}>
      <StationMark at={at} shape={shape} passed={passed} />
      <text className={`fp-name ${small ? 'fp-small' : ''} ${tone}`} {...label}>
        {text}
      </text>
    </g>
  )
}

/** What is under way and no fault: at the far end of the first row. */
function Elsewhere({ scene, geometry, chosen, by, journey }: FaultPathProps & { readonly journey: Journey }) {
  const station = stationById('elsewhere')
  const at = geometry.places.elsewhere
  return (
    <>
      <StationMark at={at} shape={station.shape} passed={journey.passed.has('elsewhere')} />
      <text className="fp-name fp-small fp-strong" x={at.x - 26} y={at.y + 5} textAnchor="end">
        {wordsOf(station, scene, chosen, by).name}
      </text>
    </>
  )
}

/** The way back goes up at the left edge. */
function UpArrow({ geometry, closed }: { readonly geometry: Geometry; readonly closed: boolean }) {
  const { tail, places } = geometry
  const y = Math.round((places.access.y + places.return.y) / 2)
  const size = closed ? 10 : 8
  return (
    <path
      fill={closed ? 'var(--loop)' : 'var(--normal)'}
      d={`M${tail - size} ${y + size}L${tail} ${y - size}L${tail + size} ${y + size}Z`}
    />
  )
}
