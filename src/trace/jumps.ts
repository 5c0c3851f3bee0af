import { raisePageFault } from '../arch/mmu'
import type { Tape, Tick } from './tape'

const isFault = ({ step }: Tick): boolean => (step as unknown) === raisePageFault

/** Where the next #PF has just happened, or the one before; null where there is none. */
export function faultBeside(tape: Tape, cursor: number, by: 1 | -1): number | null {
  const index =
    by > 0
      ? tape.ticks.findIndex((tick, at) => at >= cursor && isFault(tick))
      : tape.ticks.findLastIndex((tick, at) => at < cursor - 1 && isFault(tick))
  return index < 0 ? null : index + 1
}

/** Where the operation ends that comes next, or is under way: how it went is known there. The end of the tape at its end. */
export function outcomePlace(tape: Tape, cursor: number): number {
  const choice = tape.ticks[cursor]?.choice
  return tape.ticks.findLastIndex((tick) => tick.choice === choice) + 1 || tape.ticks.length
}
