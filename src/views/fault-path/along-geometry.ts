import { endsOf, type Geometry, type Point } from './geometry'
import type { RailId } from './journey'
import type { RowLabel, ShortGeometry, ShortRow } from './short-geometry'
import type { StationId } from './stations'

/** The stages of the path where it lies under the word: out along the top, back along the bottom. */
export const ALONG_ROWS: readonly ShortRow[] = [
  { stations: ['access', 'walk', 'lands'], lane: 'spine', passedAs: 'access' },
  { stations: ['fault', 'bounce'], lane: 'spine', passedAs: 'fault' },
  { stations: ['entry', 'vma', 'rights', 'signal', 'pte', 'present'], lane: 'spine', passedAs: 'pte', aheadAs: 'pte' },
  { stations: ['hint'], lane: 'spine' },
  { stations: ['numa', 'bug', 'anonymous', 'file', 'swap'], lane: 'branch' },
  {
    stations: ['same', 'write', 'young', 'protect', 'mkwrite', 'reuse', 'copy', 'clear', 'map'],
    lane: 'spine',
    aheadAs: 'write',
  },
  { stations: ['ask', 'adjust', 'store'], lane: 'spine', aheadAs: 'store' },
  { stations: ['count', 'return'], lane: 'spine', passedAs: 'return', aheadAs: 'return' },
]

/** What the path is fitted to. */
export interface AlongPlan {
  readonly width: number
  readonly height: number
  /** Where the lane of the way out lies, and the middle of the switch on it. */
  readonly top: number
  readonly switchX: number
  /** Side of the switch. */
  readonly size: number
  /** Do the names stand outside the line? Then the room inside is the proof's alone. */
  readonly namesOutside?: boolean
}

/** From an edge to a lane. */
const EDGE = 24
/** Under the way back. */
const FOOT = 34
/** The same, where names stand there. */
const NAMED_FOOT = 40

/** Lay the path out along the width: a closed line when the fault comes back, with room inside for the proof. */
export function layOutAlong({ width, height, top, switchX, size, namesOutside = false }: AlongPlan): ShortGeometry {
  const [left, right, bottom] = [EDGE, width - EDGE, height - (namesOutside ? NAMED_FOOT : FOOT)]
  const first = left + (width < 840 ? 76 : 94)
  const room = switchX - size / 2 - first
  const middle = Math.round((top + size / 2 + bottom) / 2) + 4
  const at = (x: number, y: number): Point => ({ x: Math.round(x), y: Math.round(y) })
  const spots: readonly Point[] = [
    at(first, top),
    at(first + room * 0.34, top),
    at(first + room * 0.7, top),
    at(switchX, top),
    at((switchX + size / 2 + right) / 2 + 6, top),
    at(switchX, middle),
    at(first + room * 0.78, bottom),
    at(first + room * 0.3, bottom),
  ]
  const places = {} as Record<StationId, Point>
  for (const [index, row] of ALONG_ROWS.entries()) for (const id of row.stations) places[id] = spots[index]!
  places.elsewhere = at(switchX - size, middle)
  const geometry: Geometry = {
    width,
    height,
    places,
    switchBox: { x: switchX - size / 2, y: top - size / 2, size },
    spine: switchX,
    tail: left,
    tight: true,
    notes: false,
    turns: (rail, g) => turns(rail, g, { left, right, bottom, top }),
  }
  return {
    ...geometry,
    rows: ALONG_ROWS,
    labelOf: namesOutside ? (id) => labelOutside(geometry, id) : (id) => labelOf(geometry, id),
  }
}

interface Lanes {
  readonly left: number
  readonly right: number
  readonly bottom: number
  readonly top: number
}

function turns(rail: RailId, { places, switchBox }: Geometry, { left, right, bottom, top }: Lanes): readonly Point[] {
  const [from, to] = endsOf(rail)
  const [a, b] = [places[from], places[to]]
  if (from === 'return')
    return [
      { x: left, y: bottom },
      { x: left, y: top },
    ]
  if (a.x === b.x || a.y === b.y) {
    // An entry that is filled never comes to the switch: its way leads round below.
    const under = switchBox.y + switchBox.size + 14
    const passes = a.y === top && b.y === top && a.x < switchBox.x && b.x > switchBox.x + switchBox.size
    return passes
      ? [
          { x: a.x, y: under },
          { x: b.x, y: under },
        ]
      : []
  }
  if (a.x > switchBox.x + switchBox.size)
    return [
      { x: right, y: a.y },
      { x: right, y: b.y },
    ]
  return [{ x: a.x, y: b.y }]
}

/** Under the way out, over the way back, and beside the switch. */
function labelOf({ places, width, switchBox }: Geometry, id: StationId): RowLabel {
  const { x, y } = places[id]
  const small = width < 840
  if (id === 'hint') return { x: x + 14, y: switchBox.y + switchBox.size + 22, textAnchor: 'start', small }
  if (y === places.return.y) return { x, y: y - 24, textAnchor: 'middle', small }
  if (y === places.access.y) return { x, y: y + 34, textAnchor: 'middle', small }
  return { x: x + 24, y: y + 5, textAnchor: 'start', small }
}

/** Over the way out and under the way back. The fault's own name goes below the line, so that its neighbours have room. */
function labelOutside(geometry: Geometry, id: StationId): RowLabel {
  const { places, switchBox } = geometry
  const { x, y } = places[id]
  if (id === 'hint') return { x: switchBox.x + switchBox.size + 10, y: y - 16, textAnchor: 'start', small: false }
  if (y === places.return.y) return { x, y: y + 32, textAnchor: 'middle', small: false }
  if (y !== places.access.y) return { x: x + 24, y: y + 5, textAnchor: 'start', small: false }
  const below = x === places.fault.x || x > switchBox.x
  return { x, y: below ? y + 34 : y - 24, textAnchor: 'middle', small: false }
}
