import { kernelById } from '../kernel/variants'
import type { Exploration } from './explore'
import { Joint, onBareMetal } from './joint'
import type { Model } from './model'
import type { PropertyId } from './properties'
import { startOf } from './start'
import type { Explored, TheoremResult, Verdict } from './verdict'
import { witnessFrom } from './witness'
import type { MachineId } from '../machine/platforms'

/** One kernel on one machine. */
export interface OneWorld {
  readonly kernel: string
  readonly on: MachineId
}

/** Two worlds that are said to do the same, step by step, in a model: asked in a search of the first one's states. */
export class Comparison {
  readonly joint: Joint
  private readonly id: string

  constructor(id: string, model: Model, here: OneWorld, there: OneWorld) {
    this.id = id
    const other = startOf(model.scenario, kernelById(there.kernel)!, there.on)
    this.joint = new Joint(model, other.machine, here.on === there.on ? undefined : onBareMetal)
  }

  result({ search }: Exploration): TheoremResult {
    const { parting } = this.joint
    const moves = parting && (parting.move < 0 ? [] : [...search.movesTo(parting.state), parting.move])
    return {
      id: this.id,
      holds: parting ? false : search.state === 'done' ? true : null,
      states: search.states,
      transitions: search.transitions,
      witness: moves && witnessFrom(search, moves, 'worlds part'),
      numbers: {},
    }
  }
}

/** The two statements of the thread that compare machines. */
const COMPARISONS: readonly (readonly [string, OneWorld, OneWorld])[] = [
  ['bare-same', { kernel: 'rc0', on: 'bare' }, { kernel: 'rc1', on: 'bare' }],
  ['xen-as-bare', { kernel: 'rc1', on: 'xen' }, { kernel: 'rc1', on: 'bare' }],
]

/** The one that begins with this world; undefined where none does. */
export function comparisonFrom(model: Model, { kernel, on }: OneWorld): Comparison | undefined {
  const found = COMPARISONS.find(([, here]) => here.kernel === kernel && here.on === on)
  return found && new Comparison(found[0], model, found[1], found[2])
}

const verdictOf = ({ verdicts }: Explored, property: PropertyId): Verdict =>
  verdicts.find((verdict) => verdict.property === property)!

const all = (verdicts: readonly Verdict[]): boolean | null =>
  verdicts.some(({ holds }) => holds === false) ? false : verdicts.every(({ holds }) => holds) ? true : null

const sizes = (explored: readonly Explored[]) => ({
  states: explored.reduce((sum, { states }) => sum + states, 0),
  transitions: explored.reduce((sum, { transitions }) => sum + transitions, 0),
})

/** Scans forced on under Xen PV: with the fix every property holds; without it the scanner marks nothing. */
export function numaOnXen(fixed: Explored, broken: Explored): TheoremResult {
  const hints = verdictOf(broken, 'hints')
  const works = all(fixed.verdicts)
  return {
    id: 'numa-on-xen',
    holds: works === null ? null : works && hints.holds === false,
    ...sizes([fixed, broken]),
    witness: works === false ? (fixed.verdicts.find(({ holds }) => holds === false)?.witness ?? null) : hints.witness,
    numbers: {},
  }
}

/** Bits of a page-fault error code. */
const PROT = 1
const WRITE = 2
const USER = 4

/**
 * Which faults exactly are misread. Faults that the CPU raises are all writes to entries that are there; pins ask the same
 * question without any fault, for reads too.
 */
export function misreadFaults(accesses: Explored, pins: Explored): TheoremResult {
  const raised = accesses.misread
  const asked = pins.misread.filter((code) => !raised.includes(code))
  const onlyWrites =
    raised.length > 0 && raised.every((code) => (code & (PROT | WRITE | USER)) === (PROT | WRITE | USER))
  return {
    id: 'misread',
    holds: accesses.state === 'done' && pins.state === 'done' ? onlyWrites && asked.length > 0 : null,
    ...sizes([accesses, pins]),
    witness: verdictOf(pins, 'hints').witness,
    numbers: { raised: raised.length, asked: asked.length },
  }
}

/** 3.19 on Xen PV: no loop while nobody scans, a loop once somebody does; on bare metal none either way. */
export function hiddenLoop(quiet: Explored, scanned: Explored, bare: Explored): TheoremResult {
  const loop = verdictOf(scanned, 'progress')
  const calm = all([verdictOf(quiet, 'progress'), verdictOf(bare, 'progress')])
  return {
    id: 'hidden-3.19',
    holds: calm === null || loop.holds === null ? null : calm && !loop.holds,
    ...sizes([quiet, scanned, bare]),
    witness: loop.witness,
    numbers: {},
  }
}
