import './fault-path.css'
import type { ReactNode } from 'react'
import type { Access } from '../../arch/error-code'
import type { Predicate } from '../../arch/predicate'
import type { Toucher } from '../../machine/choice'
import type { Scene } from '../../trace/scene'
import { RARE, type Geometry } from './geometry'
import { declaredRails, journeyOf, type Journey } from './journey'
import { signalWords, StationLabel, wordsOf } from './labels'
import { IdleRails, Track } from './rails'
import { isOnThisMachine, shapeOn } from './station-look'
import { StationMark } from './station-mark'
import { STATIONS, type Station } from './stations'
import { SwitchBox, SwitchLabels, SwitchPainter } from './switch-box'
import { PathToken } from './path-token'

export interface FaultPathProps {
  readonly scene: Scene
  readonly geometry: Geometry
  /** The access that would come next. */
  readonly chosen: Access
  /** Who would make it; the program where nothing is said. */
  readonly by?: Toucher
  /** The test at the switch. */
  readonly predicate: Predicate
  /** Low half of the entry at hand. */
  readonly word: number
  /** How long the token takes from station to station, in ms; 0 for a jump. */
  readonly travel: number
  readonly onPaint?: ((quadrant: number) => void) | undefined
  /** Is the switch's answer still to be guessed? */
  readonly open?: boolean | undefined
  /** Asks for the source of what happens at a station, which stands there under this name. */
  readonly onSource?: ((station: Station, name: string) => void) | undefined
  /** Drawn under the stations: the wires. */
  readonly children?: ReactNode
}

/** The way of a fault: stations are steps, rails are what the rules declare, and a token stands where the CPU is. */
export function FaultPath(props: FaultPathProps) {
  const { scene, geometry, chosen, by, predicate, word, travel, onPaint, onSource, children } = props
  const journey = journeyOf(scene)
  const stations = STATIONS.filter((station) => isOnThisMachine(station.id, scene))
  const proved = scene.outcome.lasso !== null && journey.passed.has('numa')
  return (
    <>
      <svg
        className="pointer-events-none absolute inset-0"
        width={geometry.width}
        height={geometry.height}
        data-figure="path"
        data-picture="The path"
        role="img"
        aria-label={pathInWords(scene, journey)}
      >
        {children}
        <IdleRails rails={[...declaredRails(scene.machine)].filter((rail) => !RARE.has(rail))} geometry={geometry} />
        <Track geometry={geometry} journey={journey} locks={travel > 0} />
        {stations.map((station) => {
          const passed = journey.passed.has(station.id)
          const shown = station.id !== 'elsewhere' || journey.at === 'elsewhere'
          const shape = shapeOn(station, scene)
          return (
            shown && <StationMark key={station.id} at={geometry.places[station.id]} shape={shape} passed={passed} />
          )
        })}
        {stations.map((station) => {
          const current = journey.at === station.id
          if (station.shape === 'switch' || (station.id === 'elsewhere' && !current)) return null
          const passed = journey.passed.has(station.id)
          const { name, note } = wordsOf(station, scene, chosen, by)
          const onAsk = onSource && station.id !== 'elsewhere' ? () => onSource(station, name) : undefined
          return <StationLabel key={station.id} {...{ station, geometry, passed, current, name, note, onAsk }} />
        })}
        <SwitchBox geometry={geometry} predicate={predicate} word={word} proved={proved} />
        <SwitchLabels geometry={geometry} name={`${predicate.name}?`} />
      </svg>
      <SwitchPainter geometry={geometry} predicate={predicate} word={word} proved={proved} onPaint={onPaint} />
      <PathToken journey={journey} geometry={geometry} cursor={scene.cursor} travel={travel} />
    </>
  )
}

/** The picture in words. */
export function pathInWords(scene: Scene, journey: Journey): string {
  const passed = STATIONS.filter(({ id }) => journey.passed.has(id)).map(({ id, label }) =>
    id === 'signal' ? signalWords(scene).name : label,
  )
  const way = passed.length > 0 ? `Passed so far: ${passed.join(', ')}.` : 'Nothing has happened yet.'
  const end = scene.outcome.name === 'endless' ? ' The path has closed on itself.' : ''
  return `Path of the fault. ${way}${end}`
}
