import type { Tape } from './tape'

/**
 * The cursor at which another tape of the same choices stands where this one does: in the same choice, as many ticks into
 * it as it has, and behind it where this one has ended it.
 */
export function sameMoment(tape: Tape, cursor: number, other: Tape): number {
  const begun = lastBegun(tape, cursor)
  if (begun < 0) return 0
  const since = tape.begins[begun]!
  if (cursor >= endOf(tape, begun)) return endOf(other, begun)
  const began = other.begins[begun] ?? null
  return began === null ? endOf(other, begun) : Math.min(began + cursor - since, endOf(other, begun))
}

/** Index of the last choice that has begun before the cursor; -1 before the first. */
const lastBegun = (tape: Tape, cursor: number): number =>
  tape.begins.findLastIndex((begin) => begin !== null && begin < cursor)

/** Where the next choice begins, or the tape ends. */
const endOf = (tape: Tape, choice: number): number =>
  tape.begins.slice(choice + 1).find((begin) => begin !== null) ?? tape.ticks.length
