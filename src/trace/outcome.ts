import { OUTCOME } from '../arch/cpu'
import { raisePageFault } from '../arch/mmu'
import { isTouch } from '../machine/choice'
import { CPU, HAND, type Machine } from '../machine/machine'
import type { Lasso, Tape } from './tape'

export type OutcomeName = 'idle' | 'running' | 'completed' | 'endless' | 'sigsegv' | 'bug' | 'efault' | 'killed'

/** How the access at the cursor stands. `idle`: none was made yet, or what was done since is no access. */
export interface Outcome {
  readonly name: OutcomeName
  /** Faults of the current access so far; of an endless one those before the first repeat. */
  readonly faults: number
  /** How often the state was compared before it came back: rounds of a loop that raises no fault. */
  readonly rounds: number
  /** The lasso that has closed, where it is endless. */
  readonly lasso: Lasso | null
}

const NAMES: readonly OutcomeName[] = ['idle', 'running', 'completed', 'sigsegv', 'bug', 'efault', 'killed']
const IDLE: Outcome = { name: 'idle', faults: 0, rounds: 0, lasso: null }

/** The CPU that acted last before the cursor; the first one before any has. */
export const latestActor = (tape: Tape, cursor: number): number =>
  tape.ticks.slice(0, cursor).findLast(({ actor }) => actor !== HAND)?.actor ?? CPU

/** Read the outcome out of the words after `cursor` ticks. What the scenario opened with is its own affair: `idle`. */
export function outcomeAt(machine: Machine, tape: Tape, opening: number, cursor: number, words: Uint32Array): Outcome {
  const done = tape.ticks.slice(0, cursor)
  const latest = done.findLast(({ actor }) => actor !== HAND)
  if (!latest) return IDLE
  const outcome = words[machine.cpus[latest.actor]!.outcome]!
  const access = isTouch(tape.choices[latest.choice])
  if (outcome === OUTCOME.completed && (!access || latest.choice < opening)) return IDLE
  const lasso = done.at(-1) === latest ? (tape.lassos.find(({ again }) => again === cursor - 1) ?? null) : null
  if (!lasso) {
    const faults = words[machine.faultsRaised[latest.actor]!]!
    return { name: NAMES[outcome] ?? 'idle', faults, rounds: 0, lasso }
  }
  const own = tape.ticks.slice(0, lasso.again).filter(({ choice }) => choice === lasso.choice)
  const faults = own.filter(({ step }) => (step as unknown) === raisePageFault).length
  return { name: 'endless', faults, rounds: own.filter(({ step }) => step.comparesStates).length, lasso }
}
