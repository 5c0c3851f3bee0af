import { describe, expect, test } from 'vitest'
import { KERNELS } from '../kernel/variants'
import type { Machine } from '../machine/machine'
import type { MachineId } from '../machine/platforms'
import { Exploration } from './explore'
import { modelById } from './models'
import { isQuiet, settle, tryBegin } from './move'
import { Renaming } from './renaming'
import type { Search } from './search'

const MACHINES = ['bare', 'xen'] as const
const ids = KERNELS.map(({ id }) => id)
/** In which a page can come to lie in one frame or in another; those of 3.19 under Xen PV that are small enough. */
const WORLDS = [
  ...['page', 'rights', 'swap', 'pin', 'quiet'].flatMap((model) =>
    ids.flatMap((kernel) => MACHINES.map((on) => [model, kernel, on] as const)),
  ),
  ...Array.from({ length: 16 }, (_, yes) => ['page', `p${yes}`, 'xen'] as const),
].filter(([model, kernel, on]) => !(kernel === '3.19' && on === 'xen' && model !== 'page' && model !== 'quiet'))

function explored(model: string, kernel: string, on: MachineId, renames: boolean) {
  const exploration = new Exploration(modelById(model), kernel, on, { renames })
  exploration.search.advance(Infinity)
  return exploration
}

/** Every verdict with what fails and how soon, and all that was met but for the names of frames. */
function saidBy(exploration: Exploration) {
  const { verdicts, misread, words } = exploration.result()
  const said = verdicts.map(({ property, holds, witness }) => ({
    property,
    holds,
    failure: witness?.failure,
    length: witness?.length,
  }))
  return { said, misread, words }
}

const textOf = ({ world, decidingWords }: Machine): string => world.words.subarray(0, decidingWords).join()

/** The words of the state that stands for this one. The machine keeps its own. */
function standIn(machine: Machine, renaming: Renaming): string {
  const { mark } = machine.world
  renaming.apply()
  const text = textOf(machine)
  machine.world.takeBack(mark)
  return text
}

/** All states of a search in which nobody does anything. */
function* quietStates(search: Search): Generator<number> {
  for (let state = 0; state < search.states; state++) {
    search.goTo(state)
    if (isQuiet(search.machine)) yield state
  }
}

/** What is said of every state in which nobody does anything. */
function textsOf(search: Search, say: (machine: Machine, renaming: Renaming) => string): ReadonlySet<string> {
  // Frames are told apart as they were in the first state.
  search.goTo(0)
  const renaming = new Renaming(search.machine)
  const texts = new Set<string>()
  for (const _ of quietStates(search)) texts.add(say(search.machine, renaming))
  return texts
}

/** Carry out what can be begun from where the machine stands: the steps by name, and the state that stands for the last. */
function movesFrom({ machine, model }: Search, renaming: Renaming): readonly string[] {
  return model.menu.map((choice) => {
    const { mark } = machine.world
    const steps: string[] = []
    const begun = tryBegin(machine, choice)
    try {
      // An endless fault is as endless under other names.
      while (begun && !machine.isIdle(0) && steps.length < 200) steps.push(machine.tick(0).name)
    } catch (error) {
      steps.push(String(error))
    }
    if (machine.isIdle(0)) settle(machine, 0)
    const end = isQuiet(machine) ? standIn(machine, renaming) : ''
    machine.world.takeBack(mark)
    return `${steps.join()} ${end}`
  })
}

describe('one state for all that are equal but for the names of frames', () => {
  test.each(WORLDS)('“%s”, %s, %s: the same verdicts, failures and lengths', (model, kernel, on) => {
    const [all, fewer] = [explored(model, kernel, on, false), explored(model, kernel, on, true)]
    expect(saidBy(fewer)).toEqual(saidBy(all))
  })

  test.each(MACHINES)('on %s about half of the states of “rights” are left', (on) => {
    const [all, fewer] = [explored('rights', 'rc1', on, false), explored('rights', 'rc1', on, true)]
    expect(fewer.search.states).toBeLessThan(0.55 * all.search.states)
  })

  test.each([
    ['rights', 'rc1', 'xen'],
    ['rights', '6.1', 'xen'],
    ['rights', '6.1', 'bare'],
    ['swap', 'rc1', 'xen'],
    ['swap', '6.1', 'bare'],
    ['page', 'p0', 'xen'],
  ] as const)('“%s”, %s, %s: what may follow is the same under other names', (model, kernel, on) => {
    const { search } = explored(model, kernel, on, false)
    const { machine } = search
    search.goTo(0)
    const renaming = new Renaming(machine)
    let renamed = 0
    const wrong: number[] = []
    for (const state of quietStates(search)) {
      const before = textOf(machine)
      const own = movesFrom(search, renaming)
      const { mark } = machine.world
      renaming.apply()
      if (textOf(machine) !== before) renamed++
      // Asked again it changes nothing.
      if (standIn(machine, renaming) !== textOf(machine)) wrong.push(state)
      if (own.join('\n') !== movesFrom(search, renaming).join('\n')) wrong.push(state)
      machine.world.takeBack(mark)
    }
    expect(wrong).toEqual([])
    expect(renamed).toBeGreaterThan(0)
  })

  test.each(WORLDS.filter(([, kernel, on]) => kernel !== '3.19' || on === 'bare'))(
    '“%s”, %s, %s: the quiet states met are those that stand for all, and the first one, which keeps its names',
    (model, kernel, on) => {
      const [all, fewer] = [explored(model, kernel, on, false).search, explored(model, kernel, on, true).search]
      const standIns = textsOf(all, standIn)
      const first = textsOf(fewer, textOf).values().next().value!
      expect(textsOf(fewer, textOf)).toEqual(new Set([first, ...standIns]))
    },
  )
})
