import './fault-path.css'
import { useEffect, useRef, type ReactNode } from 'react'
import type { Access } from '../../arch/error-code'
import type { Predicate } from '../../arch/predicate'
import type { Scene } from '../../trace/scene'
import { cornersOf, pathOf, RARE, type Geometry } from './geometry'
import { declaredRails, journeyOf, type Journey, type RailId } from './journey'
import { StationLabel, wordsOf } from './labels'
import { StationMark } from './station-mark'
import { STATIONS, type Shape, type Station, type StationId } from './stations'
import { SwitchBox, SwitchPainter } from './switch-box'

interface FaultPathProps {
  readonly scene: Scene
  readonly geometry: Geometry
  /** The access that would come next. */
  readonly chosen: Access
  /** The test at the switch. */
  readonly predicate: Predicate
  /** Low half of the entry at hand. */
  readonly word: number
  /** How long the token takes from station to station, in ms; 0 for a jump. */
  readonly travel: number
  readonly onPaint?: ((quadrant: number) => void) | undefined
  /** Drawn under the stations: the wires. */
  readonly children?: ReactNode
}

/** The way of a fault: stations are steps, rails are what the rules declare, and a token stands where the CPU is. */
export function FaultPath({ scene, geometry, chosen, predicate, word, travel, onPaint, children }: FaultPathProps) {
  const journey = journeyOf(scene)
  const stations = STATIONS.filter((station) => isOnThisMachine(station.id, scene))
  const proved = scene.outcome.lasso !== null && journey.passed.has('numa')
  return (
    <>
      <svg
        className="pointer-events-none absolute inset-0"
        width={geometry.width}
        height={geometry.height}
        role="img"
        aria-label={summary(scene, journey)}
      >
        {children}
        <Rails scene={scene} geometry={geometry} journey={journey} locks={travel > 0} />
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
          const { name, note } = wordsOf(station, scene, chosen)
          return <StationLabel key={station.id} {...{ station, geometry, passed, current, name, note }} />
        })}
        <SwitchBox geometry={geometry} predicate={predicate} word={word} proved={proved} />
      </svg>
      <SwitchPainter geometry={geometry} predicate={predicate} word={word} proved={proved} onPaint={onPaint} />
      <Token geometry={geometry} at={journey.at} cursor={scene.cursor} travel={travel} />
    </>
  )
}

/** Xen's stations are there only where Xen is. */
const isOnThisMachine = (id: StationId, scene: Scene): boolean =>
  scene.machine.platform.id === 'xen' || !(id === 'bounce' || id === 'ask' || id === 'adjust')

/** A store is Xen's doing only where Xen is. */
const shapeOn = (station: Station, scene: Scene): Shape =>
  station.shape === 'xen' || station.id === 'store'
    ? scene.machine.platform.id === 'xen'
      ? 'xen'
      : 'linux'
    : station.shape

/** Rails that belong to the hinting branch, until it joins the tail that all share. */
const isNumaRail = (rail: RailId): boolean => rail.startsWith('hint>numa') || rail.startsWith('numa>')

interface RailsProps {
  readonly scene: Scene
  readonly geometry: Geometry
  readonly journey: Journey
  /** Does a loop close before the reader's eyes? One that is closed already is drawn closed. */
  readonly locks: boolean
}

function Rails({ scene, geometry, journey, locks }: RailsProps) {
  const path = (rail: RailId) => pathOf(cornersOf(rail, geometry))
  const rails = [...declaredRails(scene.machine)].filter((rail) => !RARE.has(rail))
  const closed = journey.loop.size > 0
  const shape = (rail: RailId) => (isNumaRail(rail) ? 'fp-rail-numa' : '')
  return (
    <g>
      {rails.map((rail) => (
        <path key={rail} className={`fp-rail ${shape(rail)}`} d={path(rail)} data-rail={rail} />
      ))}
      {[...journey.travelled].map((rail) => (
        <path key={rail} className={`fp-travelled ${shape(rail)}`} d={path(rail)} />
      ))}
      {[...journey.loop].map((rail) => (
        <path key={rail} className={locks ? 'fp-loop fp-locking' : 'fp-loop'} d={path(rail)} strokeLinecap="round" />
      ))}
      {[...journey.loop].filter(isNumaRail).map((rail) => (
        <path key={rail} className="fp-loop-numa" d={path(rail)} />
      ))}
      {journey.travelled.has('return>access') && <Arrow geometry={geometry} closed={closed} />}
    </g>
  )
}

/** The way back ends at the same instruction. */
function Arrow({ geometry, closed }: { readonly geometry: Geometry; readonly closed: boolean }) {
  const { x, y } = geometry.places.access
  const size = closed ? 12 : 9
  return (
    <path
      fill={closed ? 'var(--loop)' : 'var(--normal)'}
      d={`M${x + 24} ${y}L${x + 24 + 2 * size} ${y - size}V${y + size}Z`}
    />
  )
}

interface TokenProps {
  readonly geometry: Geometry
  readonly at: StationId
  readonly cursor: number
  readonly travel: number
}

/** The ring around the current station. A step forward travels along the rail; all else jumps. */
function Token({ geometry, at, cursor, travel }: TokenProps) {
  const ring = useRef<HTMLDivElement>(null)
  const before = useRef(at)
  const { x, y } = geometry.places[at]
  useEffect(() => {
    const from = before.current
    before.current = at
    const element = ring.current
    if (!element || travel === 0 || from === at) return
    const d = pathOf(cornersOf(`${from}>${at}`, geometry))
    element.style.offsetPath = `path('${d}')`
    const move = element.animate([{ offsetDistance: '0%' }, { offsetDistance: '100%' }], {
      duration: travel,
      easing: 'cubic-bezier(.3,0,.1,1)',
    })
    element.style.offsetRotate = '0deg'
    element.style.left = '0'
    element.style.top = '0'
    // The path carries the middle of the ring: the margin that centres it at rest would be counted twice.
    element.style.margin = '0'
    const settle = () => {
      element.style.offsetPath = 'none'
      element.style.margin = ''
      element.style.left = `${x}px`
      element.style.top = `${y}px`
    }
    move.onfinish = settle
    return () => {
      move.cancel()
      settle()
    }
    // The geometry is read as it stands when the token sets out.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [at, cursor])
  // Around the switch the ring is as wide as the switch, so that its squares can be read.
  const wide = at === 'hint' ? geometry.switchBox.size + 9 : null
  const size = wide === null ? {} : { width: wide, height: wide, margin: -wide / 2, borderRadius: 0 }
  return <div ref={ring} className="fp-token" aria-hidden style={{ left: x, top: y, ...size }} />
}

/** The picture in words. */
function summary(scene: Scene, journey: Journey): string {
  const passed = STATIONS.filter(({ id }) => journey.passed.has(id)).map(({ label }) => label)
  const way = passed.length > 0 ? `Passed so far: ${passed.join(', ')}.` : 'Nothing has happened yet.'
  const end = scene.outcome.name === 'endless' ? ' The path has closed on itself.' : ''
  return `Path of the fault. ${way}${end}`
}
