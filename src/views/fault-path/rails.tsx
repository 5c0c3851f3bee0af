import type { Journey, RailId } from './journey'
import { beside, cornersOf, pathOf, towards, type Geometry, type Shift } from './geometry'

/** Rails that belong to the hinting branch, until it joins the tail that all share. */
const isNumaRail = (rail: RailId): boolean => rail.startsWith('hint>numa') || rail.startsWith('numa>')

const shapeOf = (rail: RailId): string => (isNumaRail(rail) ? 'fp-rail-numa' : '')

const inTheMiddle = (): Shift => () => 0

interface IdleRailsProps {
  readonly rails: readonly RailId[]
  readonly geometry: Geometry
  readonly shiftOf?: (rail: RailId) => Shift
}

/** The ways there are, whether taken or not. */
export const IdleRails = ({ rails, geometry, shiftOf = inTheMiddle }: IdleRailsProps) =>
  rails.map((rail) => (
    <path
      key={rail}
      className={`fp-rail ${shapeOf(rail)}`}
      d={pathOf(beside(cornersOf(rail, geometry), shiftOf(rail)))}
      data-rail={rail}
    />
  ))

interface TrackProps {
  readonly geometry: Geometry
  readonly journey: Journey
  /** Does a loop close before the reader's eyes? One that is closed already is drawn closed. */
  readonly locks: boolean
  /** How far beside the middle of a rail this track runs. */
  readonly shiftOf?: (rail: RailId) => Shift
  /** How much farther than its usual size the mark at the end of the way back reaches. */
  readonly reach?: number
  /** Does the way back end in an arrow? Not where it comes in from the left. */
  readonly arrow?: boolean
}

/** The way that one world has taken, and its loop once that has closed. */
export function Track({ geometry, journey, locks, shiftOf = inTheMiddle, reach = 0, arrow = true }: TrackProps) {
  const path = (rail: RailId) => pathOf(beside(cornersOf(rail, geometry), shiftOf(rail)))
  const closed = journey.loop.size > 0
  return (
    <g>
      {[...journey.travelled].map((rail) => (
        <path key={rail} className={`fp-travelled ${shapeOf(rail)}`} d={path(rail)} />
      ))}
      {[...journey.loop].map((rail) => (
        <path key={rail} className={locks ? 'fp-loop fp-locking' : 'fp-loop'} d={path(rail)} strokeLinecap="round" />
      ))}
      {[...journey.loop].filter(isNumaRail).map((rail) => (
        <path key={rail} className="fp-loop-numa" d={path(rail)} />
      ))}
      {arrow && journey.travelled.has('return>access') && (
        <Arrow geometry={geometry} closed={closed} shift={shiftOf('return>access')} reach={reach} />
      )}
    </g>
  )
}

interface ArrowProps {
  readonly geometry: Geometry
  readonly closed: boolean
  readonly shift: Shift
  readonly reach: number
}

/** The way back ends at the same instruction. */
function Arrow({ geometry, closed, shift, reach }: ArrowProps) {
  const [before, end] = beside(cornersOf('return>access', geometry), shift).slice(-2)
  const { x, y } = towards(end!, before!, 24 + reach)
  const size = closed ? 12 : 9
  return (
    <path fill={closed ? 'var(--loop)' : 'var(--normal)'} d={`M${x} ${y}L${x + 2 * size} ${y - size}V${y + size}Z`} />
  )
}
