import type { Lockstep } from './lockstep'
import type { Scene } from './scene'
import { tapeMarks, type TapeGroup, type TapeMark, type TapePicture } from './tape-marks'

/** What two tapes under one playhead show: a place for each column, and each world's own marks. */
export interface PairPicture {
  /** Is a column narrow: in each world a part of a walk over other pages? */
  readonly columns: readonly { readonly minor: boolean }[]
  readonly groups: readonly TapeGroup[]
  readonly a: TapePicture
  readonly b: TapePicture
}

/** Two scenes of a lockstep as one picture, seen from one page. `done` is how many columns have happened. */
export function pairMarks(both: Lockstep, done: number, a: Scene, b: Scene, page: number): PairPicture {
  const { columns } = both
  const pictures = { a: tapeMarks(a, page), b: tapeMarks(b, page) }
  const isMinor = (mark: TapeMark | undefined) => !mark || mark.minor
  return {
    ...pictures,
    columns: columns.map((column) => ({
      minor: isMinor(pictures.a.marks[column.a ?? -1]) && isMinor(pictures.b.marks[column.b ?? -1]),
    })),
    groups: groupsOf(both, a, b, pictures, Math.max(0, done - 1)),
  }
}

/** Neighbouring columns that carry out one choice, named as the tapes name them. */
function groupsOf(
  { columns }: Lockstep,
  a: Scene,
  b: Scene,
  pictures: Pick<PairPicture, 'a' | 'b'>,
  now: number,
): readonly TapeGroup[] {
  const choices = columns.map((column) => (a.tape.ticks[column.a ?? -1] ?? b.tape.ticks[column.b!]!).choice)
  const starts = [...columns.keys()].filter((index) => choices[index] !== choices[index - 1])
  return starts.map((from, index) => {
    const to = (starts[index + 1] ?? columns.length) - 1
    const { a: atA, b: atB } = columns[from]!
    const named = atA === null ? groupAt(pictures.b, atB!) : groupAt(pictures.a, atA)
    return { from, to, label: named.label, short: named.short, current: from <= now && now <= to }
  })
}

const groupAt = ({ groups }: TapePicture, tick: number): TapeGroup =>
  groups.find(({ from, to }) => from <= tick && tick <= to)!

/** 'step 60 of 74. A: pte_protnone?, Linux. B: the same. The first difference.', for those who hear the tape. */
export function spokenPair({ columns, first, parting }: Lockstep, picture: PairPicture, done: number): string {
  const column = columns[done - 1]
  if (!column) return `start, ${columns.length} steps to come`
  const titles = [picture.a.marks[column.a ?? -1]?.title, picture.b.marks[column.b ?? -1]?.title]
  const [a, b] = titles.map((title) => title ?? 'waits')
  const what = a === b ? `both: ${a}` : `A: ${a}, B: ${b}`
  const flag = done - 1 === first ? ', first difference' : done - 1 === parting ? ', the ways part' : ''
  return `step ${done} of ${columns.length}, ${what}${flag}`
}
