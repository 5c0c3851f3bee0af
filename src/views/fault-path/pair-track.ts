import type { Scene } from '../../trace/scene'
import { beside, cornersOf, forTrack, pathOf, type Geometry, type Point, type Shift, type Side } from './geometry'
import { AT_REST, journeyOf, wayOf, type Journey, type RailId } from './journey'
import type { StationId } from './stations'

/** One of two worlds on the picture. */
export interface PairTrack {
  readonly letter: 'A' | 'B'
  readonly side: Side
  readonly scene: Scene
  /** Where its fault has been. */
  readonly journey: Journey
  /** Where it will have been once the operation is over. */
  readonly whole: Journey
  /** The shared geometry, with this world's own switch. */
  readonly geometry: Geometry
  /** How far beside the middle of a rail its track runs: on spine and tail, and where the other world goes too. */
  readonly shiftOf: (rail: RailId) => Shift
  /** The same at a station. */
  readonly offset: (id: StationId) => Point
  /** Does it meet this station in the operation that is shown? */
  readonly meets: (id: StationId) => boolean
}

/** A world at the playhead, and at the end of the operation that is shown. */
export interface PairWorld {
  readonly now: Scene
  readonly end: Scene
}

/** Lay both worlds' tracks. The one that alone takes the hinting branch, which leaves to the right, runs on the right. */
export function pairTracks(a: PairWorld, b: PairWorld, base: Geometry): readonly [PairTrack, PairTrack] {
  const [wholeA, wholeB] = [wayOf(a.end), wayOf(b.end)]
  const right = wholeA.passed.has('numa') && !wholeB.passed.has('numa') ? 'A' : 'B'
  const apart = apartIn(base)
  const isMain = (x: number) => x === base.spine || x === base.tail
  const isShared = (rail: RailId) => wholeA.travelled.has(rail) && wholeB.travelled.has(rail)
  const runsBeside = (id: StationId) =>
    (wholeA.passed.has(id) && wholeB.passed.has(id)) || (id !== 'hint' && isMain(base.places[id].x))
  const track = (letter: 'A' | 'B', { now, end }: PairWorld, whole: Journey): PairTrack => {
    const side: Side = letter === right ? 1 : -1
    return {
      letter,
      side,
      scene: now,
      journey: isUnderWay(now, end) ? journeyOf(now) : AT_REST,
      whole,
      geometry: forTrack(base, side),
      shiftOf: (rail) => (from, to) => (isShared(rail) || (from.x === to.x && isMain(from.x)) ? side * apart : 0),
      offset: (id) => (runsBeside(id) ? scaled(directionAt(id, base), side * apart) : { x: 0, y: 0 }),
      meets: (id) => id === 'access' || whole.passed.has(id),
    }
  }
  return [track('A', a, wholeA), track('B', b, wholeB)]
}

/** From the middle of a rail to either of its tracks. */
export const apartIn = ({ tight }: Geometry): number => (tight ? 11 : 13)

/** Is the operation shown the one that the world is busy with, or has just ended? */
const isUnderWay = (now: Scene, end: Scene): boolean => now.tick?.choice === end.tick?.choice

const scaled = ({ x, y }: Point, by: number): Point => ({ x: x * by, y: y * by })

/** Stations that are met on the way to the left. */
const LEFTWARD = new Set<StationId>(['lands', 'signal', 'elsewhere'])

/** Where the left of the way is, as rails run at a station: down the spine, up the tail, else along. */
function directionAt(id: StationId, g: Geometry): Point {
  const { x } = g.places[id]
  if (x === g.spine || id === 'hint') return { x: 1, y: 0 }
  if (x === g.tail) return { x: -1, y: 0 }
  return { x: 0, y: LEFTWARD.has(id) ? 1 : -1 }
}

/** Where the mark of a station stands, and how much wider or taller it is: both tracks pass through one that both meet. */
export function markAt(tracks: readonly PairTrack[], id: StationId): { readonly at: Point; readonly stretch: Point } {
  const meeting = tracks.filter(({ meets }) => meets(id))
  const { x, y } = tracks[0]!.geometry.places[id]
  const [one = { x: 0, y: 0 }, other = one] = meeting.map(({ offset }) => offset(id))
  return {
    at: { x: x + (one.x + other.x) / 2, y: y + (one.y + other.y) / 2 },
    stretch: { x: Math.abs(one.x - other.x) / 2, y: Math.abs(one.y - other.y) / 2 },
  }
}

/** Where a world's plate stands while the world is at a station: on its own track, at the switch above the squares. */
export function platePlace({ geometry, offset }: PairTrack, id: StationId): Point {
  const { x, y } = geometry.places[id]
  const aside = offset(id)
  return { x: x + aside.x, y: (id === 'hint' ? geometry.switchBox.y : y) + aside.y }
}

/** The way of a plate along its own track; at the switch it stops, and sets out, above the squares. */
export function plateWay({ geometry, shiftOf }: PairTrack, from: StationId, to: StationId): string {
  const rail: RailId = `${from}>${to}`
  const corners = cornersOf(rail, geometry)
  const top = { x: geometry.places.hint.x, y: geometry.switchBox.y }
  const way = to === 'hint' ? [...corners.slice(0, -1), top] : from === 'hint' ? [top, ...corners] : corners
  return pathOf(beside(way, shiftOf(rail)))
}
