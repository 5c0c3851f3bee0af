import type { RailId } from './journey'
import type { StationId } from './stations'

export interface Point {
  readonly x: number
  readonly y: number
}

/** A square by its upper left corner. */
export interface Box extends Point {
  readonly size: number
}

/** Where everything on the fault path lies, in pixels of the stage. */
export interface Geometry {
  readonly width: number
  readonly height: number
  readonly places: Readonly<Record<StationId, Point>>
  /** The switch: the 2×2 in which PRESENT and bit 8 meet. */
  readonly switchBox: Box
  /** x of the spine and of the way back up. */
  readonly spine: number
  readonly tail: number
  /** Is the stage narrow or low, so that everything is drawn smaller? */
  readonly tight: boolean
  /** Is there room for a plain line under each name? */
  readonly notes: boolean
  /** Where a rail turns on its way through this geometry. */
  readonly turns: (rail: RailId, g: Geometry) => readonly Point[]
}

/** Stations of the spine from the top; each gets an equal share of the height. */
const SPINE: readonly StationId[] = ['access', 'walk', 'fault', 'bounce', 'entry', 'vma', 'rights', 'pte', 'present']
/** Stations of the shared tail, from the bottom. */
const TAIL: readonly StationId[] = ['ask', 'adjust', 'store', 'count', 'return']

/** Where stations stand between the switch and the way back up, as shares of the room there. */
const SHARES = {
  one: {
    same: 0.11,
    write: 0.36,
    young: 0.46,
    protect: 0.58,
    mkwrite: 0.71,
    reuse: 0.85,
    copy: 0.64,
    clear: 0.76,
    map: 0.89,
  },
  // Two switches leave less room, and only the stations of the two ways are named.
  two: {
    same: 0.1,
    write: 0.36,
    young: 0.46,
    protect: 0.6,
    mkwrite: 0.75,
    reuse: 0.88,
    copy: 0.64,
    clear: 0.77,
    map: 0.9,
  },
} as const

/** From the spine to either of two switches. */
const BESIDE = 8

/**
 * Lay the path out: `left` is where the bit columns end. All places are set by hand; only distances stretch. For two worlds
 * there is room for a switch on either side of the spine: see `forTrack`.
 */
export function layOut(width: number, height: number, left: number, worlds: 'one' | 'two' = 'one'): Geometry {
  const tight = worlds === 'two' ? width < 740 || height < 660 : width < 1700 || height < 640
  const tail = width - (tight ? 56 : 72)
  const spine = left + (tight ? 132 : 180)
  // Letters stand over two tracks.
  const top = (tight ? 26 : 38) + (worlds === 'two' ? 18 : 0)
  const room = tail - spine
  const size = worlds === 'two' ? (tight ? 84 : 108) : tight ? 96 : 128
  const row = worlds === 'two' ? spine + BESIDE + size / 2 : spine
  const share = SHARES[worlds]
  const lower = height - (tight ? 34 : 40)
  const normal = lower - (tight ? 44 : 46)
  const young = normal - (tight ? 33 : 44)
  const numa = young - (tight ? 54 : 76)
  const present = numa - size / 2 - (tight ? 70 : 92)
  const spur = present + (tight ? 34 : 44)
  const gap = (present - top) / (SPINE.length - 1)
  const exits = spine - (tight ? 78 : 96)
  const at = (part: number, y: number): Point => ({ x: Math.round(spine + part * room), y: Math.round(y) })
  const inRow = (id: keyof typeof share, y: number): Point => ({
    x: Math.round(row + share[id] * (tail - row)),
    y: Math.round(y),
  })
  const down = Object.fromEntries(SPINE.map((id, index) => [id, { x: spine, y: Math.round(top + index * gap) }]))
  const tailGap = tight ? 28 : 40
  const up = Object.fromEntries(
    TAIL.map((id, index) => [id, { x: tail, y: Math.round(spur - tailGap * (index + 1.4)) }]),
  )
  const spineY = (id: StationId): number => down[id]!.y
  const places = {
    ...down,
    ...up,
    lands: { x: exits, y: spineY('walk') },
    elsewhere: { x: exits, y: spineY('bounce') },
    signal: { x: exits, y: spineY('rights') },
    anonymous: at(0.2, spur),
    file: at(0.44, spur),
    swap: at(0.62, spur),
    hint: { x: spine, y: numa },
    numa: at(tight ? 0.6 : 0.52, numa),
    bug: { x: tail + (tight ? 34 : 42), y: up['count']!.y },
    same: inRow('same', normal),
    write: inRow('write', normal),
    young: inRow('young', young),
    protect: inRow('protect', normal),
    mkwrite: inRow('mkwrite', normal),
    reuse: inRow('reuse', normal),
    copy: inRow('copy', lower),
    clear: inRow('clear', lower),
    map: inRow('map', lower),
  } as Record<StationId, Point>
  return {
    width,
    height,
    places,
    switchBox: { x: spine - size / 2, y: numa - size / 2, size },
    spine,
    tail,
    tight,
    notes: !tight && gap >= 40,
    turns: (rail, g) => TURNS[rail]?.(g) ?? turnsBetween(rail, g.places),
  }
}

/** The geometry of one of two worlds: all is shared but the switch, which stands left or right of the spine. */
export function forTrack(g: Geometry, side: Side): Geometry {
  const { size, y } = g.switchBox
  const x = g.spine + side * (BESIDE + size / 2)
  return { ...g, switchBox: { x: x - size / 2, y, size }, places: { ...g.places, hint: { x, y: g.places.hint.y } } }
}

/** Which of two tracks, seen in the direction of the spine: the left one or the right one. */
export type Side = -1 | 1

/** Rails that hardly any fault takes: they are drawn only when one does. */
export const RARE: ReadonlySet<RailId> = new Set([
  'store>protect',
  'store>file',
  'ask>file',
  'access>pte',
  'count>ask',
  'hint>write',
  'protect>ask',
  'protect>store',
  'protect>return',
  'count>store',
  'access>signal',
  'return>signal',
])

/** Rails that are no straight line: where they turn, by the places of their ends. */
const TURNS: Partial<Record<RailId, (g: Geometry) => readonly Point[]>> = {
  'access>lands': (g) => [{ x: g.spine, y: g.places.lands.y }],
  'return>access': (g) => [{ x: g.tail, y: g.places.access.y }],
  'return>signal': (g) => [
    { x: g.tail, y: g.places.access.y },
    { x: g.spine, y: g.places.access.y },
    { x: g.spine, y: g.places.signal.y },
  ],
  'access>signal': (g) => [{ x: g.spine, y: g.places.signal.y }],
  'same>return': (g) => [
    { x: g.places.same.x, y: g.places.young.y },
    { x: g.tail, y: g.places.young.y },
  ],
  'store>protect': (g) => [
    { x: g.places.swap.x + 60, y: g.places.store.y },
    { x: g.places.swap.x + 60, y: g.places.young.y },
    { x: g.places.protect.x, y: g.places.young.y },
  ],
  'present>hint': (g) => {
    const { hint, present } = g.places
    const y = g.switchBox.y - (g.tight ? 14 : 18)
    return hint.x === present.x
      ? []
      : [
          { x: present.x, y },
          { x: hint.x, y },
        ]
  },
  // From the left one of two switches, round under the right one.
  'hint>numa': (g) => {
    const { hint, numa } = g.places
    if (hint.x >= g.spine) return []
    const { y, size } = g.switchBox
    const [under, past] = [y + size + 12, g.spine + BESIDE + size + 18]
    return [
      { x: hint.x, y: under },
      { x: past, y: under },
      { x: past, y: numa.y },
    ]
  },
  'numa>bug': (g) => [{ x: g.places.bug.x, y: g.places.numa.y }],
}

/** The corners of a rail from its start to its end. */
export function cornersOf(rail: RailId, g: Geometry): readonly Point[] {
  const [from, to] = endsOf(rail)
  return [g.places[from], ...g.turns(rail, g), g.places[to]]
}

/** The two stations that a rail connects. */
export const endsOf = (rail: RailId): readonly [StationId, StationId] => rail.split('>') as [StationId, StationId]

/** First along, then up or down; rails that leave the spine or the question go the other way round. */
function turnsBetween(rail: RailId, places: Geometry['places']): readonly Point[] {
  const [from, to] = endsOf(rail)
  const [a, b] = [places[from], places[to]]
  if (a.x === b.x || a.y === b.y) return []
  const verticalFirst =
    from === 'present' || from === 'hint' || from === 'write' || from === 'protect' || to === 'protect'
  return verticalFirst ? [{ x: a.x, y: b.y }] : [{ x: b.x, y: a.y }]
}

/** The corners as an SVG path with rounded bends. */
export function pathOf(corners: readonly Point[], radius = 14): string {
  const [first, ...rest] = corners
  let path = `M${first!.x} ${first!.y}`
  for (const [index, corner] of rest.entries()) {
    const next = rest[index + 1]
    const before = corners[index]!
    if (!next) {
      path += `L${corner.x} ${corner.y}`
      continue
    }
    const r = Math.min(radius, distance(before, corner) / 2, distance(corner, next) / 2)
    const start = towards(corner, before, r)
    const end = towards(corner, next, r)
    path += `L${start.x} ${start.y}Q${corner.x} ${corner.y} ${end.x} ${end.y}`
  }
  return path
}

/** How far beside its line each straight part of a rail runs, to the left of the way it goes. */
export type Shift = (from: Point, to: Point) => number

/** The same corners beside the line. Rails turn at right angles, and y grows downwards. */
export function beside(corners: readonly Point[], shift: Shift): readonly Point[] {
  const sides = corners.slice(1).map((to, index) => {
    const from = corners[index]!
    const by = shift(from, to) / (distance(from, to) || 1)
    return { x: (to.y - from.y) * by, y: (from.x - to.x) * by }
  })
  const none = { x: 0, y: 0 }
  return corners.map(({ x, y }, index) => {
    const [before, after] = [sides[index - 1] ?? none, sides[index] ?? none]
    // Two parts in one line are no corner: the first one gives the side.
    const straight = before.x * after.x + before.y * after.y !== 0
    return straight ? { x: x + before.x, y: y + before.y } : { x: x + before.x + after.x, y: y + before.y + after.y }
  })
}

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** The point `by` pixels from `from` on the way to `to`. */
export function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length }
}
