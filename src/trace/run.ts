import type { Choice } from '../machine/choice'

/** A run is what was chosen, no more. Every state in it is found again by replaying. */
export interface Run {
  readonly scenario: string
  readonly choices: readonly Choice[]
}
