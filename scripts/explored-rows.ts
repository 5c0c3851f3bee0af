// Rows of docs/explored.md: what the explorer finds in each model, on each kernel and machine.
import { Exploration } from '../src/explore/explore'
import { modelById, MODELS } from '../src/explore/models'
import type { Explored } from '../src/explore/verdict'
import { KERNELS } from '../src/kernel/variants'
import { actorOf } from '../src/machine/operations'
import type { MachineId } from '../src/machine/platforms'

/** One kernel on one machine, in one model. */
export interface World {
  readonly model: string
  readonly kernel: string
  readonly machine: MachineId
}

/** What a world came to, and what it cost. */
export interface Row extends Explored {
  /** States met with local steps looked at alone; where one actor acts, all. */
  readonly statesReduced: number
  /** States met with one for all that are equal but for the names of frames; where two actors act, all. */
  readonly statesRenamed: number
  /** Of the search that leaves nothing out. */
  readonly seconds: number
  /** The most that its states, their table and the ways to them ever took. */
  readonly peakBytes: number
}

const MACHINES = ['bare', 'xen'] as const

const worlds = (models: readonly string[], kernels: readonly string[]): readonly World[] =>
  models.flatMap((model) => kernels.flatMap((kernel) => MACHINES.map((machine): World => ({ model, kernel, machine }))))

/** So large that it is explored by hand only, and on the two kernels that it is about. */
const BIG = 'pages'

export const BIG_WORLDS = worlds([BIG], ['rc0', 'rc1'])

const KERNEL_IDS = KERNELS.map(({ id }) => id)
const TESTS = Array.from({ length: 16 }, (_, yes) => `p${yes}`)

/** All others: every model on every kernel, and the sixteen tests in the model that the sieve uses. */
export const WORLDS = [
  ...worlds(
    MODELS.map(({ id }) => id).filter((id) => id !== BIG),
    KERNEL_IDS,
  ),
  ...worlds(['page'], TESTS),
]

/** States looked at between two looks at the memory. */
const SLICE = 2_000

/** Explore a world; then once more as its actors allow: with local steps looked at alone, or with frames renamed. */
export function rowOf({ model, kernel, machine }: World): Row {
  const whole = new Exploration(modelById(model), kernel, machine)
  const began = performance.now()
  let peakBytes = 0
  do peakBytes = Math.max(peakBytes, whole.search.bytes)
  while (whole.search.advance(SLICE) === 'running')
  peakBytes = Math.max(peakBytes, whole.search.bytes)
  const seconds = (performance.now() - began) / 1000
  return { ...whole.result(), ...statesWithLess(whole.search, { model, kernel, machine }), seconds, peakBytes }
}

/** One actor alone is looked at alone anyway; where more act, frames are never all named by entries. */
function statesWithLess(
  { states, model: { menu } }: Exploration['search'],
  { model, kernel, machine }: World,
): Pick<Row, 'statesReduced' | 'statesRenamed'> {
  const isOne = new Set(menu.map(actorOf)).size === 1
  const { search } = new Exploration(modelById(model), kernel, machine, { renames: isOne })
  search.reduces = !isOne
  search.advance(Infinity)
  return isOne
    ? { statesReduced: states, statesRenamed: search.states }
    : { statesReduced: search.states, statesRenamed: states }
}
