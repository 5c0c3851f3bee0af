import type { Failure, PropertyId } from './properties'
import type { SearchState } from './search'
import type { MachineId } from '../machine/platforms'

/** The shortest way into trouble, as the Lab can play it. */
export interface Witness {
  readonly failure: Failure
  readonly scenario: string
  readonly machine: MachineId
  readonly kernel: string
  /** The run behind the scenario's opening, as in links; empty where the first state is trouble already. */
  readonly run: string
  /** How many ticks of the tape lie before the trouble is seen: a step that goes wrong, or the one that closes a loop. */
  readonly cursor: number
  /** Moves from the first state: beginnings and steps. */
  readonly length: number
  /** How many things were begun. */
  readonly beginnings: number
}

/** What a property comes to in one world. `holds` is null while the search is not finished and nothing was found. */
export interface Verdict {
  readonly property: PropertyId
  readonly holds: boolean | null
  readonly witness: Witness | null
}

/** What is explored: a model on one kernel and machine, by their ids. */
export interface ExploredWorld {
  readonly model: string
  readonly kernel: string
  readonly machine: MachineId
}

/** How far a search has come. */
export interface SearchNumbers {
  readonly state: SearchState
  readonly states: number
  readonly transitions: number
  readonly depth: number
  readonly bytes: number
}

/** A run of any size, as it stands. `broken off`: something went wrong, memory ran out for one; what was met is not all. */
export interface BigRunNumbers extends Omit<SearchNumbers, 'state'> {
  readonly state: SearchState | 'broken off'
  /** States met and not looked at yet. */
  readonly waiting: number
  /** New states a second since the run began. */
  readonly perSecond: number
  /** What is known; null while the run goes on. */
  readonly result: Explored | null
}

/** One model met whole, or as far as it was met, on one kernel and machine. */
export interface Explored extends ExploredWorld, SearchNumbers {
  readonly verdicts: readonly Verdict[]
  /** Low twelve bits of leaf entries: 1 where some entry of some state was like this. 4,096 long. */
  readonly words: Uint8Array
  /** Page-fault error codes of faults that were taken for a hint on an entry that nobody had marked. */
  readonly misread: readonly number[]
}

/** A statement about two machines, or about all faults of one, computed in one model. */
export interface TheoremResult {
  readonly id: string
  /** Null: not finished. */
  readonly holds: boolean | null
  readonly states: number
  readonly transitions: number
  /** Where two machines part, or what the statement is about goes wrong; null where it holds. */
  readonly witness: Witness | null
  /** Numbers that its sentence names, computed. */
  readonly numbers: Readonly<Record<string, number>>
}

/** One of the sixteen tests, and how far it falls. `yes` as in predicate.ts: bit q answers for quadrant q. */
export interface Candidate {
  readonly yes: number
  readonly bare: boolean
  readonly xen: boolean
  readonly specification: boolean
  /** Every property asked on both machines, in the order of PROPERTIES: the first witness of each that fails. */
  readonly verdicts: readonly Verdict[]
}
