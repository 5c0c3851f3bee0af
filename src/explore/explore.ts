import { kernelById } from '../kernel/variants'
import { Check } from './check'
import type { Model } from './model'
import { PROPERTIES, type PropertyId } from './properties'
import { Search, type Limits, type Watch } from './search'
import { startOf } from './start'
import type { Explored, Verdict } from './verdict'
import { witnessOf } from './witness'
import type { MachineId } from '../machine/platforms'

const ALL: readonly PropertyId[] = PROPERTIES.map(({ id }) => id)

/** What may be said of an exploration beyond what is explored. */
export interface Wishes {
  readonly limits?: Limits
  /** The properties to ask; all where nothing is said. */
  readonly asked?: readonly PropertyId[]
  /** Does one state stand for all that are equal but for the names of frames? */
  readonly renames?: boolean
  /** Who else looks at the same search. */
  readonly beside?: Watch | undefined
}

/** A search with properties asked, to be carried on for a while at a time. */
export class Exploration {
  readonly search: Search
  readonly check: Check
  private readonly kernel: string
  private readonly on: MachineId
  private readonly asked: readonly PropertyId[]

  /** `kernel`: an id as in links. */
  constructor(
    model: Model,
    kernel: string,
    on: MachineId,
    { limits, asked = ALL, renames = false, beside }: Wishes = {},
  ) {
    const found = kernelById(kernel)
    if (!found) throw new Error(`There is no kernel “${kernel}”.`)
    const { machine, openingTicks } = startOf(model.scenario, found, on)
    this.check = new Check(asked)
    this.search = new Search(machine, model, beside ? both(this.check, beside) : this.check, limits, openingTicks)
    this.search.renames = renames
    this.kernel = kernel
    this.on = on
    this.asked = asked
  }

  /** What is known so far; final once the search is done. */
  result(): Explored {
    const { search, check } = this
    return {
      model: search.model.id,
      kernel: this.kernel,
      machine: this.on,
      state: search.state,
      states: search.states,
      transitions: search.transitions,
      depth: search.depth,
      bytes: search.bytes,
      verdicts: this.asked.map((property) => this.verdictOn(property)),
      words: check.words,
      misread: [...check.misread].toSorted((a, b) => a - b),
    }
  }

  private verdictOn(property: PropertyId): Verdict {
    const finding = this.check.findings.get(property)
    if (finding) return { property, holds: false, witness: witnessOf(this.search, finding) }
    // Where a move led out of the model, not every state was met.
    const all = this.search.state === 'done' && this.search.outOfModel === 0
    return { property, holds: all ? true : null, witness: null }
  }
}

/** Two that look at one search. It has its answers when both have theirs. */
const both = (a: Watch, b: Watch): Watch => ({
  atStart(moment) {
    a.atStart?.(moment)
    b.atStart?.(moment)
  },
  onMove(moment) {
    a.onMove(moment)
    b.onMove(moment)
  },
  get isSettled() {
    return (a.isSettled ?? false) && (b.isSettled ?? false)
  },
})

/** Meet every state at once, and say what came of it. */
export function explore(...wanted: ConstructorParameters<typeof Exploration>): Explored {
  const exploration = new Exploration(...wanted)
  exploration.search.advance(Infinity)
  return exploration.result()
}
