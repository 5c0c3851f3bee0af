import type { RailId } from './journey'
import type { StationId } from './stations'

export interface Point {
  readonly x: number
  readonly y: number
}

/** Where everything on the fault path lies, in pixels of the stage. */
export interface Geometry {
  readonly width: number
  readonly height: number
  readonly places: Readonly<Record<StationId, Point>>
  /** The switch: the 2×2 in which PRESENT and bit 8 meet. */
  readonly switchBox: { readonly x: number; readonly y: number; readonly size: number }
  /** x of the spine and of the way back up. */
  readonly spine: number
  readonly tail: number
  /** Is the stage narrow or low, so that everything is drawn smaller? */
  readonly tight: boolean
  /** Is there room for a plain line under each name? */
  readonly notes: boolean
}

/** Stations of the spine from the top; each gets an equal share of the height. */
const SPINE: readonly StationId[] = ['access', 'walk', 'fault', 'bounce', 'entry', 'vma', 'rights', 'pte', 'present']
/** Stations of the shared tail, from the bottom. */
const TAIL: readonly StationId[] = ['ask', 'adjust', 'store', 'count', 'return']

/** Lay the path out: `left` is where the bit columns end. All places are set by hand; only distances stretch. */
export function layOut(width: number, height: number, left: number): Geometry {
  const tight = width < 1700 || height < 640
  const tail = width - (tight ? 56 : 72)
  const spine = left + (tight ? 132 : 180)
  const top = tight ? 26 : 38
  const room = tail - spine
  const size = tight ? 96 : 128
  const lower = height - (tight ? 34 : 40)
  const normal = lower - (tight ? 44 : 46)
  const young = normal - (tight ? 33 : 44)
  const numa = young - (tight ? 54 : 76)
  const present = numa - size / 2 - (tight ? 70 : 92)
  const spur = present + (tight ? 34 : 44)
  const gap = (present - top) / (SPINE.length - 1)
  const exits = spine - (tight ? 78 : 96)
  const at = (share: number, y: number): Point => ({ x: Math.round(spine + share * room), y: Math.round(y) })
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
    same: at(0.11, normal),
    write: at(0.36, normal),
    young: at(0.46, young),
    protect: at(0.58, normal),
    mkwrite: at(0.71, normal),
    reuse: at(0.85, normal),
    copy: at(0.64, lower),
    clear: at(0.76, lower),
    map: at(0.89, lower),
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
  }
}

/** Rails that hardly any fault takes: they are drawn only when one does. */
export const RARE: ReadonlySet<RailId> = new Set(['store>protect', 'store>file', 'ask>file'])

/** Rails that are no straight line: where they turn, by the places of their ends. */
const TURNS: Partial<Record<RailId, (g: Geometry) => readonly Point[]>> = {
  'access>lands': (g) => [{ x: g.spine, y: g.places.lands.y }],
  'return>access': (g) => [{ x: g.tail, y: g.places.access.y }],
  'same>return': (g) => [
    { x: g.places.same.x, y: g.places.young.y },
    { x: g.tail, y: g.places.young.y },
  ],
  'store>protect': (g) => [
    { x: g.places.swap.x + 60, y: g.places.store.y },
    { x: g.places.swap.x + 60, y: g.places.young.y },
    { x: g.places.protect.x, y: g.places.young.y },
  ],
  'numa>bug': (g) => [{ x: g.places.bug.x, y: g.places.numa.y }],
}

/** The corners of a rail from its start to its end. */
export function cornersOf(rail: RailId, g: Geometry): readonly Point[] {
  const [from, to] = rail.split('>') as [StationId, StationId]
  const a = g.places[from]
  const b = g.places[to]
  const turns = TURNS[rail]?.(g) ?? turnsBetween(from, to, a, b)
  return [a, ...turns, b]
}

/** First along, then up or down; rails that leave the spine or the question go the other way round. */
function turnsBetween(from: StationId, to: StationId, a: Point, b: Point): readonly Point[] {
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

const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

/** The point `by` pixels from `from` on the way to `to`. */
export function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to) || 1
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length }
}
