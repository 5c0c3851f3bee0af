import { CPU, type Machine } from '../machine/machine'
import type { Lasso, Tape } from './tape'

export type OutcomeName = 'idle' | 'running' | 'completed' | 'endless' | 'sigsegv' | 'bug'

/** How the operation at the cursor stands. */
export interface Outcome {
  readonly name: OutcomeName
  /** Faults of the current access so far; of an endless one those before the first repeat. */
  readonly faults: number
  /** The lasso that has closed, where it is endless. */
  readonly lasso: Lasso | null
}

const NAMES: readonly OutcomeName[] = ['idle', 'running', 'completed', 'sigsegv', 'bug']

/** Read the outcome out of the words after `cursor` ticks. */
export function outcomeAt(machine: Machine, tape: Tape, cursor: number, words: Uint32Array): Outcome {
  const lasso = tape.lassos.find(({ again }) => again === cursor - 1) ?? null
  const raised = words[machine.faultsRaised[CPU]!]!
  if (lasso) return { name: 'endless', faults: faultsBetween(tape, lasso), lasso }
  const name = NAMES[words[machine.cpus[CPU]!.outcome]!] ?? 'idle'
  return { name: cursor === 0 && name === 'completed' ? 'idle' : name, faults: cursor === 0 ? 0 : raised, lasso: null }
}

/** Faults of the access up to, and without, the one that repeats. */
function faultsBetween(tape: Tape, lasso: Lasso): number {
  let faults = 0
  for (let index = 0; index < lasso.again; index++) {
    const tick = tape.ticks[index]!
    if (tick.choice === lasso.choice && tick.step.name === '#PF') faults++
  }
  return faults
}
