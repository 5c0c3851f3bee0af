import { afterEach, expect, test, vi } from 'vitest'
import { accessOf } from '../arch/error-code'
import { landed } from '../arch/mmu'
import type { Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { OutOfModel } from '../kernel/frames'
import { kernelById, KERNELS } from '../kernel/variants'
import type { Machine } from '../machine/machine'
import { actorOf } from '../machine/operations'
import { Check, type Finding } from './check'
import { Exploration } from './explore'
import { Marks } from './marks'
import type { Model } from './model'
import { modelById } from './models'
import { settle, tryBegin } from './move'
import { startOf } from './start'
import { Visited } from './visited'
import type { MachineId } from '../machine/platforms'

/** The slow, obvious explorer: every word of every state as text, nothing taken back, no layout and no table of its own. */
function exploreNaively(model: Model, kernel: string, on: MachineId) {
  const { machine } = startOf(model.scenario, kernelById(kernel)!, on)
  const [check, marks, known, queue] = [new Check(), new Marks(machine), new Set<string>(), [] as State[]]
  const counts = { transitions: 0, outOfModel: 0 }
  const add = (marked: number, depth: number): number => {
    const key = `${textOf(machine)}${marked}`
    return known.has(key) ? -1 : (known.add(key), queue.push({ key, marked, depth }) - 1)
  }
  for (const actor of machine.cpus.keys()) settle(machine, actor)
  add(0, 0)
  check.atStart(momentOf(machine, marks))
  for (let parent = 0; parent < queue.length; parent++) {
    const { key, marked: marksBefore, depth } = queue[parent]!
    for (const move of movesOf(model)) {
      restore(machine, key)
      const made = makeMove(machine, model, move)
      if (made === 'out of the model') counts.outOfModel++
      if (typeof made === 'string') continue
      counts.transitions++
      const marksAfter = made.taken ? marks.after(marksBefore, made.taken, made.actor, 0) : marksBefore
      const landedOn = landingOf(machine, made)
      if (made.taken && machine.isIdle(made.actor)) settle(machine, made.actor)
      const state = add(marksAfter, depth + 1)
      check.onMove({ ...momentOf(machine, marks), ...made, marksBefore, marksAfter, landedOn, parent, move, state })
    }
  }
  return { ...counts, queue, findings: check.findings }
}

interface State {
  /** Every word that decides, as text, and behind it what is marked. */
  readonly key: string
  readonly marked: number
  readonly depth: number
}

const textOf = ({ world, decidingWords }: Machine): string =>
  Buffer.from(world.words.slice(0, decidingWords).buffer).toString('latin1')

function restore({ world, decidingWords }: Machine, key: string): void {
  world.words.set(new Uint32Array(new Uint8Array(Buffer.from(key.slice(0, 4 * decidingWords), 'latin1')).buffer))
  world.takeNotes()
}

/** All moves there are, actor by actor: to begin what is in the menu, or to go on. Most are not open in most states. */
function movesOf({ menu }: Model): readonly number[] {
  const actors = [...new Set(menu.map(actorOf))].toSorted()
  return actors.flatMap((actor) => [
    ...menu.flatMap((choice, move) => (actorOf(choice) === actor ? [move] : [])),
    menu.length + actor,
  ])
}

interface Made {
  readonly taken: Step<KernelCx> | null
  readonly actor: number
}

function makeMove(machine: Machine, { menu }: Model, move: number): Made | 'not open' | 'waits' | 'out of the model' {
  const choice = menu[move]
  if (choice) return tryBegin(machine, choice) ? { taken: null, actor: actorOf(choice) } : 'not open'
  const actor = move - menu.length
  const before = textOf(machine)
  try {
    const taken = machine.tick(actor)
    return textOf(machine) === before ? 'waits' : { taken, actor }
  } catch (error) {
    if (error instanceof OutOfModel) return 'out of the model'
    throw error
  }
}

function landingOf({ world, cpus }: Machine, { taken, actor }: Made) {
  if (taken !== (landed as unknown)) return null
  const { process, page, access } = cpus[actor]!
  return { process: world.get(process), page: world.get(page), access: accessOf(world.get(access)) }
}

/** The first moment; later ones differ in what is put over it. */
const momentOf = (machine: Machine, marks: Marks) => ({
  machine,
  marks,
  marksBefore: 0,
  marksAfter: 0,
  taken: null,
  actor: -1,
  parent: 0,
  move: -1,
  state: 0,
  landedOn: null,
  mark: 0,
})

const WORLDS: readonly (readonly [string, string, MachineId])[] = [
  ...['test', 'quiet', 'pin'].flatMap((model) =>
    KERNELS.flatMap(({ id }) => (['bare', 'xen'] as const).map((on) => [model, id, on] as const)),
  ),
  ['page', 'rc0', 'xen'],
  ['page', 'rc1', 'xen'],
  ['race', 'rc0', 'xen'],
]

test.each(WORLDS)(
  '“%s”, %s, %s: the slow, obvious explorer meets the same states in the same order',
  (id, kernel, on) => {
    const model = modelById(id)
    const naive = exploreNaively(model, kernel, on)
    const { search, check } = new Exploration(model, kernel, on)
    search.advance(Infinity)
    expect([search.states, search.transitions, search.outOfModel]).toEqual([
      naive.queue.length,
      naive.transitions,
      naive.outOfModel,
    ])
    // Each state, unpacked where another one stood, holds the words that the slow way kept.
    const states = [...naive.queue.keys()]
    const jumping = states.map((state) => (state * 7919) % states.length)
    const wrong = [...states, ...jumping].filter((state) => {
      search.goTo(state)
      return !naive.queue[state]!.key.startsWith(textOf(search.machine))
    })
    expect(wrong).toEqual([])
    expect(states.map((state) => search.movesTo(state).length)).toEqual(naive.queue.map(({ depth }) => depth))
    expect([...check.findings.values()]).toEqual([...naive.findings.values()] satisfies Finding[])
  },
)

afterEach(() => void vi.restoreAllMocks())

/** What a broken set of the states met makes of a model; the error where it leads to a state that is none. */
function sizeOf(model: Model): string {
  try {
    const { search } = new Exploration(model, 'rc1', 'xen', { limits: { states: 5_000, bytes: Infinity } })
    search.advance(Infinity)
    return `${search.states} states, ${search.transitions} moves`
  } catch (error) {
    return String(error)
  }
}

/** The parts of the set that are not to be seen from outside. */
interface Inside {
  equals(state: number, packed: Uint32Array): boolean
  read(state: number, into: Uint32Array): void
}

test.each([
  ['takes two states for one where a few bits of their hashes are equal', 'equals', () => true],
  ['gives a state back without its last word', 'read', (_: number, into: Uint32Array) => void into.fill(0, 1)],
] as const)('a set that %s is found out by the slow, obvious explorer', (_says, part, broken) => {
  const model = modelById('quiet')
  const { queue, transitions } = exploreNaively(model, 'rc1', 'xen')
  const right = `${queue.length} states, ${transitions} moves`
  expect(sizeOf(model)).toBe(right)
  const { read } = Visited.prototype
  vi.spyOn(Visited.prototype as unknown as Inside, part).mockImplementation(function (this: Visited, state, packed) {
    if (part === 'read') read.call(this, state, packed)
    return broken(state, packed) as boolean
  })
  expect(sizeOf(model)).not.toBe(right)
})
