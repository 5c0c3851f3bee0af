import type { Scenario } from '../machine/scenario'
import type { Beginning } from './move'

/** What is explored: where it begins, and all that may be begun from there on, again and again, in any order. */
export interface Model {
  /** Stable id, for links and tables. */
  readonly id: string
  /** One sentence: what is in it. */
  readonly says: string
  readonly scenario: Scenario
  readonly menu: readonly Beginning[]
}
