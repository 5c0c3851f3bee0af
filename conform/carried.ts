import type { Pte } from '../src/arch/pte'
import { leafOf, type Machine } from '../src/machine/machine'
import { begin } from '../src/machine/operations'
import { watch, type Episode } from './episode'
import type { Operation } from './operations'

/** How an operation ended, as the tables write it. */
export type Ending = 'completed' | 'SIGSEGV:ACCERR' | 'SIGSEGV:MAPERR' | `LIVELOCK(${number})` | 'BUG' | 'no end'

/** An operation carried out until it completes, is killed, or a state comes back. */
export interface Carried {
  readonly ending: Ending
  /** Faults handled, up to the first repeated state; of an operation that is no access, the one episode it is. */
  readonly episodes: readonly Episode[]
  readonly entry: Pte
}

const ENDINGS: Record<Exclude<Episode['out'], 'return' | 'stopped'>, Ending> = {
  completed: 'completed',
  SEGV_ACCERR: 'SIGSEGV:ACCERR',
  SEGV_MAPERR: 'SIGSEGV:MAPERR',
  BUG: 'BUG',
  'no end': 'no end',
}

/** Carry out one operation. After a livelock the machine stands in the fault that came back. */
export function carryOut(machine: Machine, operation: Operation): Carried {
  const { world, decidingWords } = machine
  const episodes: Episode[] = []
  const marks: number[] = []
  let period = 0
  const repeats = (): boolean => {
    const first = marks.findIndex((mark) => world.holdsAsAt(mark, decidingWords))
    if (first >= 0) period = marks.length - first
    marks.push(world.mark)
    return first >= 0
  }
  if (!begin(machine, operation)) return { ending: 'BUG', episodes, entry: leafOf(machine, 0, 0) }
  for (;;) {
    const episode = watch(machine, repeats)
    const { out, error } = episode
    if (out === 'stopped') return { ending: `LIVELOCK(${period})`, episodes, entry: episode.after }
    if (operation.do !== 'access' || error !== 0) episodes.push(episode)
    if (out !== 'return') return { ending: ENDINGS[out], episodes, entry: episode.after }
  }
}
