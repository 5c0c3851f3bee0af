import { endsOf, type Geometry, type Point } from './geometry'
import type { RailId } from './journey'
import type { StationId } from './stations'

/** One line of the short path: stations that share a place, since a fault stands at one of them at a time. */
export interface ShortRow {
  readonly stations: readonly StationId[]
  /** On the spine, or on the branch beside it. */
  readonly lane: 'spine' | 'branch'
  /** The station that stands for the row once it is passed; by default the one that was met last. */
  readonly passedAs?: StationId
  /** The station that stands for it while none was met; by default the first. */
  readonly aheadAs?: StationId
}

/** The rows from the top. Every station of the long path is in one of them. */
export const SHORT_ROWS: readonly ShortRow[] = [
  { stations: ['access', 'walk', 'lands'], lane: 'spine', passedAs: 'access' },
  { stations: ['fault'], lane: 'spine' },
  { stations: ['bounce'], lane: 'spine' },
  { stations: ['entry', 'vma', 'rights', 'signal'], lane: 'spine' },
  { stations: ['pte', 'present'], lane: 'spine', aheadAs: 'present' },
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

/** Where the words of a row stand. */
export interface RowLabel extends Point {
  readonly textAnchor: 'start' | 'middle' | 'end'
  /** In the smaller type, where the longest name would have no room. */
  readonly small: boolean
}

/** A short path laid out: which rows there are, and where the words of each stand. */
export interface ShortGeometry extends Geometry {
  readonly rows: readonly ShortRow[]
  readonly labelOf: (id: StationId) => RowLabel
}

/** What the short path is fitted to. */
export interface ShortPlan {
  readonly width: number
  readonly height: number
  /** x of the spine. */
  readonly spine: number
  /** The edge at which the way back goes up: a thumb leaves the left one free, wires need it. */
  readonly back: 'left' | 'right'
  /** Is Xen between? Its bounce takes a row. */
  readonly xen: boolean
  /** Side of the switch. */
  readonly size: number
  /** Room between the first two rows, for the proof. */
  readonly head: number
}

/** From an edge to the way back. */
const EDGE = 20
const TOP = 24

/** Lay the short path out: one row under the other, a branch beside the spine, the way back at one edge. */
export function layOutShort({ width, height, spine, back, xen, size, head }: ShortPlan): ShortGeometry {
  const rows = SHORT_ROWS.filter(({ stations }) => xen || !stations.includes('bounce'))
  const bottom = back === 'right' ? 40 : 18
  // The row of the switch stands off its neighbours by what the switch is wider than a mark.
  const more = Math.max(0, size / 2 - 14)
  const pitch = (height - TOP - bottom - head - 2 * more) / (rows.length - 1)
  const branch = spine + size / 2 + 16
  const lane = back === 'left' ? EDGE : width - EDGE
  const places = {} as Record<StationId, Point>
  const switchRow = rows.findIndex(({ stations }) => stations.includes('hint'))
  for (const [index, row] of rows.entries()) {
    const y = TOP + index * pitch + (index > 0 ? head : 0) + more * (Math.sign(index - switchRow) + 1)
    for (const id of row.stations) places[id] = { x: row.lane === 'spine' ? spine : branch, y: Math.round(y) }
  }
  places.bounce ??= places.fault
  places.elsewhere = { x: width - (back === 'left' ? 10 : 44), y: back === 'left' ? TOP : TOP + 34 }
  const geometry: Geometry = {
    width,
    height,
    places,
    switchBox: { x: spine - size / 2, y: places.hint.y - size / 2, size },
    spine,
    tail: lane,
    tight: true,
    notes: false,
    turns: shortTurns,
  }
  return { ...geometry, rows: SHORT_ROWS, labelOf: (id) => labelBeside(geometry, id) }
}

/**
 * Right of the branch. Where the way back is on the right, room is short: the rows that have no branch beside them begin at
 * the spine, and the first row has its words on the left.
 */
function labelBeside({ width, places, spine, tail, switchBox }: Geometry, id: StationId): RowLabel {
  const y = places[id].y + 5
  const first = places[id].y === places.access.y
  // Beside the bits there never is room for the larger type.
  const small = tail < spine ? width - spine < 280 : tail - spine < 280 || first
  if (tail > spine && first) return { x: spine - 24, y, textAnchor: 'end', small }
  const besideSpine = tail > spine && places[id].y < places.present.y
  return { x: besideSpine ? spine + 28 : spine + switchBox.size / 2 + 16 + 18, y, textAnchor: 'start', small }
}

function shortTurns(rail: RailId, { places, spine, tail }: Geometry): readonly Point[] {
  const [from, to] = endsOf(rail)
  const [a, b] = [places[from], places[to]]
  const branch = places.numa.x
  if (rail === 'return>access') {
    // On the right the labels stand in the way: pass below them.
    const y = tail > spine ? a.y + 24 : a.y
    return [
      { x: spine, y },
      { x: tail, y },
      { x: tail, y: b.y },
    ]
  }
  if (rail === 'return>signal') {
    // A kill that was waited for: up the way back, and in between two rows, where no label stands.
    const above = b.y - (b.y - places.fault.y) / 4
    const below = tail > spine ? a.y + 24 : a.y
    return [
      { x: spine, y: below },
      { x: tail, y: below },
      { x: tail, y: above },
      { x: spine, y: above },
    ]
  }
  if (a.x === b.x) return []
  return a.x === spine ? [{ x: branch, y: a.y }] : [{ x: branch, y: b.y }]
}

/** Can this rail be drawn here? Those that lead on can, and the ways back; inside a row nothing has to be. */
export const isShortRail = (rail: RailId, { rows }: ShortGeometry): boolean => {
  const [from, to] = endsOf(rail).map((id) => rows.findIndex(({ stations }) => stations.includes(id)))
  return rail === 'return>access' || rail === 'return>signal' || to! > from!
}

/** Ways to fill an empty entry: they share the branch with the hint, so they are drawn only when one is taken. */
export const isFilling = (rail: RailId): boolean =>
  endsOf(rail).some((id) => id === 'anonymous' || id === 'file' || id === 'swap')
