import type { MachineId } from '../machine/platforms'
import { Exploration } from './explore'
import type { Model } from './model'
import type { PropertyId } from './properties'
import type { Candidate, Explored, TheoremResult } from './verdict'

/** What a proof tells while it runs: nothing new, or one result. */
export type ProofNews =
  | { readonly kind: 'busy' }
  /** One search has ended: so many states it met, and moves it made. Every search is told once, whatever it is for. */
  | { readonly kind: 'met'; readonly states: number; readonly transitions: number }
  | { readonly kind: 'explored'; readonly explored: Explored }
  | { readonly kind: 'theorem'; readonly theorem: TheoremResult }
  | { readonly kind: 'candidate'; readonly candidate: Candidate }

/** States looked at between two moments at which the proof may be stopped; while nothing is compiled yet a few milliseconds' work. */
export const SLICE = 64

/** Carry a search out, slice by slice. */
export function* carriedOut(exploration: Exploration): Generator<ProofNews, Exploration> {
  const { search } = exploration
  while (search.advance(SLICE) === 'running') yield { kind: 'busy' }
  yield { kind: 'met', states: search.states, transitions: search.transitions }
  return exploration
}

/**
 * Meet every state of a world, slice by slice, and say what came of it. `asked`: the properties to ask; all where nothing is
 * said.
 */
export function* explored(
  model: Model,
  kernel: string,
  on: MachineId,
  asked?: readonly PropertyId[],
): Generator<ProofNews, Explored> {
  const wishes = { renames: true, ...(asked && { asked }) }
  return (yield* carriedOut(new Exploration(model, kernel, on, wishes))).result()
}
