import { candidates } from './candidates'
import { Exploration } from './explore'
import { modelById } from './models'
import { carriedOut, explored, SLICE, type ProofNews } from './news'
import type { PropertyId } from './properties'
import type { Limits } from './search'
import { comparisonFrom, hiddenLoop, misreadFaults, numaOnXen } from './theorems'
import type { Explored, ExploredWorld, TheoremResult } from './verdict'
import type { MachineId } from '../machine/platforms'

/** The worlds of the property table, the one in trouble first: its verdict is what a reader waits for. */
const WORLDS: readonly (readonly [string, MachineId])[] = [
  ['rc0', 'xen'],
  ['rc1', 'xen'],
  ['rc0', 'bare'],
  ['rc1', 'bare'],
]

/**
 * All that the page shows when it opens, as news in the order of interest. It does a slice of work between two news, so
 * whoever drives it may stop, or let a page breathe.
 */
export function* prove(): Generator<ProofNews, void> {
  const worlds = new Map<string, Explored>()
  // All are set up before the first begins: engines then know every kind of machine when they compile the rules.
  for (const { world, comparison, exploration } of WORLDS.map(setUp)) {
    yield* carriedOut(exploration)
    const result = exploration.result()
    worlds.set(world, result)
    yield { kind: 'explored', explored: result }
    if (comparison) yield { kind: 'theorem', theorem: comparison.result(exploration) }
  }
  const broken = worlds.get('rc0 xen')!
  yield { kind: 'theorem', theorem: numaOnXen(worlds.get('rc1 xen')!, broken) }
  yield { kind: 'theorem', theorem: misreadFaults(broken, yield* explored(modelById('pin'), 'rc0', 'xen')) }
  yield* candidates()
  yield { kind: 'theorem', theorem: yield* hiddenLoopOf319() }
}

/** The search of a world, in which what is said of two machines is asked as well, if it begins with this one. */
function setUp([kernel, on]: (typeof WORLDS)[number]) {
  const model = modelById('rights')
  const comparison = comparisonFrom(model, { kernel, on })
  const exploration = new Exploration(model, kernel, on, { renames: true, beside: comparison?.joint })
  return { world: `${kernel} ${on}`, comparison, exploration }
}

function* hiddenLoopOf319(): Generator<ProofNews, TheoremResult> {
  const asked: readonly PropertyId[] = ['progress']
  const quiet = yield* explored(modelById('quiet'), '3.19', 'xen', asked)
  const scanned = yield* explored(modelById('page'), '3.19', 'xen', asked)
  const bare = yield* explored(modelById('page'), '3.19', 'bare', asked)
  return hiddenLoop(quiet, scanned, bare)
}

/** A run of any size, to be carried on slice by slice; `result` may be asked at any moment. */
export class BigRun {
  readonly exploration: Exploration

  constructor({ model, kernel, machine }: ExploredWorld, limits: Limits) {
    this.exploration = new Exploration(modelById(model), kernel, machine, { limits })
  }

  /** Work a little; false when there is nothing more to do. */
  carryOn(): boolean {
    return this.exploration.search.advance(SLICE) === 'running'
  }
}
