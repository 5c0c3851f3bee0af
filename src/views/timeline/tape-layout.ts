import type { TapeGroup, TapeMark } from '../../trace/tape-marks'

/** All that a place on the tape depends on: a part of a walk over many pages is drawn narrow. */
type Placed = Pick<TapeMark, 'minor'>

/** Where everything on the tape stands from left to right, in pixels. */
export interface TapeLayout {
  /** Middle of each mark. */
  readonly x: readonly number[]
  /** Left and right edge of each group, label included. */
  readonly groups: readonly { readonly left: number; readonly right: number }[]
  /** Distance of two major marks. */
  readonly pitch: number
  /** Distance of two minor marks. */
  readonly minorPitch: number
  /** Where the playhead rests before the first tick. */
  readonly start: number
}

const WIDEST = 34
const NARROWEST = 12
const MINOR = 5
/** Room on both sides of a group's separator. */
const GAP = 10

/**
 * Place marks between `left` and `right`: major ones evenly, minor ones close together. A group is at least as wide as its
 * label where that leaves room; then minor marks give way, and in the end all shrink alike.
 */
export function layoutTape(
  marks: readonly Placed[],
  groups: readonly Pick<TapeGroup, 'from' | 'to'>[],
  labels: readonly number[],
  left: number,
  right: number,
): TapeLayout {
  const sizes = groups.map(({ from, to }) => countKinds(marks.slice(from, to + 1)))
  const room = Math.max(1, right - left)
  const width = (pitch: number, minor: number, labelled: boolean) =>
    sizes.reduce((sum, size, index) => sum + groupWidth(size, pitch, minor, labelled ? labels[index]! : 0), 0)

  for (const labelled of [true, false]) {
    for (let pitch = WIDEST; pitch >= NARROWEST; pitch -= 0.5) {
      if (width(pitch, MINOR, labelled) <= room)
        return place(marks, groups, sizes, left, 1, pitch, MINOR, labelled ? labels : [])
    }
  }
  const minors = sizes.reduce((sum, { minor }) => sum + minor, 0)
  const minor = Math.min(
    MINOR,
    Math.max(room / 4 / Math.max(1, minors), (room - width(NARROWEST, 0, false)) / Math.max(1, minors)),
  )
  const squeeze = Math.min(1, room / width(NARROWEST, minor, false))
  return place(marks, groups, sizes, left, squeeze, NARROWEST, minor, [])
}

/** The cursor that a place on the tape stands for: that of the nearest mark, or the start. */
export function cursorAt(layout: TapeLayout, at: number): number {
  const places = [layout.start, ...layout.x]
  return places.reduce((best, x, index) => (Math.abs(x - at) < Math.abs(places[best]! - at) ? index : best), 0)
}

interface Size {
  readonly major: number
  readonly minor: number
}

function countKinds(marks: readonly Placed[]): Size {
  const minor = marks.filter((mark) => mark.minor).length
  return { major: marks.length - minor, minor }
}

const groupWidth = (size: Size, pitch: number, minor: number, label: number): number =>
  Math.max(size.major * pitch + size.minor * minor, label) + 2 * GAP

function place(
  marks: readonly Placed[],
  groups: readonly Pick<TapeGroup, 'from' | 'to'>[],
  sizes: readonly Size[],
  left: number,
  squeeze: number,
  pitch: number,
  minorPitch: number,
  labels: readonly number[],
): TapeLayout {
  const x: number[] = []
  const edges: { left: number; right: number }[] = []
  let edge = left
  for (const [index, { from, to }] of groups.entries()) {
    let at = edge + GAP * squeeze
    for (let tick = from; tick <= to; tick++) {
      const own = (marks[tick]!.minor ? minorPitch : pitch) * squeeze
      x.push(at + own / 2)
      at += own
    }
    const right = edge + groupWidth(sizes[index]!, pitch, minorPitch, labels[index] ?? 0) * squeeze
    edges.push({ left: edge, right })
    edge = right
  }
  return { x, groups: edges, pitch: pitch * squeeze, minorPitch: minorPitch * squeeze, start: left }
}
