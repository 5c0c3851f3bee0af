import type { Pte } from '../src/arch/pte'
import { leafOf, type Machine } from '../src/machine/machine'
import { begin } from '../src/machine/operations'
import { flagsOf, protectionOf, watch, type Episode } from './episode'
import { returnCode, type Operation } from './operations'

/** What one step of the table comes to in the core. */
export interface StepResult extends Omit<Episode, 'out'> {
  readonly out: Episode['out'] | 'no fault'
  readonly returned: number
  readonly child: Pte
  readonly flagsAfter: number
  readonly protectionAfter: Pte
}

/** Carry out one operation; an access only until its first fault has been handled, and not retried. */
export function runStep(machine: Machine, operation: Operation): StepResult {
  const returned = returnCode(machine, operation)
  begin(machine, operation)
  const episode = watch(machine)
  return {
    ...episode,
    out: operation.do === 'access' && episode.out === 'completed' ? 'no fault' : episode.out,
    returned,
    child: leafOf(machine, 1, 0),
    flagsAfter: flagsOf(machine),
    protectionAfter: protectionOf(machine),
  }
}
