/** Who acts. The scanner is Linux too; it has a lane of its own because it acts for nobody's access. */
export type Lane = 'user' | 'hardware' | 'kernel' | 'scanner' | 'xen' | 'hand'

/** Where a step stands upstream: in Xen if the path begins with `xen/`, else in Linux. */
export interface Source {
  readonly file: string
  readonly function: string
  /** Tag or commit of that tree in which the function stands so; left out where it does in the kernel that runs. */
  readonly at?: string
}

/** The smallest thing an actor does at once: nobody else can act in the middle of a step. */
export interface Step<Cx> {
  /** Place in `program`; given by `step`, for program-counter cells. Not stable across builds: never stored. */
  readonly id: number
  /** As a kernel reader would write it. Unique and stable: tests, diagram and tape use it. */
  readonly name: string
  /** Number of the rule it carries out, as in a RULES.md (`HF3`); null for the reader's hand and for the end of an operation. */
  readonly rule: string | null
  readonly lane: Lane
  readonly where?: Source
  /** Every step that `run` can return on this machine. The diagram draws these rails. */
  to(cx: Cx): readonly Step<Cx>[]
  /** Act, and name what this actor does next. */
  run(cx: Cx, actor: number): Step<Cx>
  /** Low flag bits of the entry at hand on which this step's decision can depend. */
  asks?(cx: Cx): number
  /** States are compared after this step: a repeated one proves that the actor never gets on. */
  readonly comparesStates?: boolean
  /**
   * Reads and writes nothing but its own actor's words, its TLB left out, which others flush; and nothing that others wait
   * for or are asked about begins or ends with it. Whether others act before or after it makes no difference
   * (docs/decisions/007-local-steps.md); a test holds it to that.
   */
  readonly local?: boolean
}

// Written only while modules load: the one list in which every step finds its number.
const program: Step<never>[] = []

/** Make a step and give it its number. All are laid out alike, whatever is left out: engines then find their parts faster. */
export function step<Cx>(definition: Omit<Step<Cx>, 'id'>): Step<Cx> {
  const made = {
    id: program.length,
    name: definition.name,
    rule: definition.rule,
    lane: definition.lane,
    where: definition.where,
    to: definition.to,
    run: definition.run,
    asks: definition.asks,
    comparesStates: definition.comparesStates ?? false,
    local: definition.local ?? false,
  } as Step<Cx>
  program.push(made)
  return made
}

/** The step with this number, as found in a program-counter cell. */
export function stepById<Cx>(id: number): Step<Cx> {
  const found = program[id]
  if (!found) throw new Error(`No step has number ${id}: a program-counter cell was overwritten.`)
  return found
}

/** Every step there is, in order of definition. */
export const allSteps = <Cx>(): readonly Step<Cx>[] => program
