import { describe, expect, test } from 'vitest'
import { idle, landed } from '../arch/mmu'
import { allSteps, type Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { isHint, isUnchanged } from '../kernel/fault'
import { doNumaPage } from '../kernel/numa'
import { scanDone, scanEntry } from '../kernel/scanner'
import { KERNELS } from '../kernel/variants'
import { actorOf } from '../machine/operations'
import type { Machine } from '../machine/machine'
import { Exploration } from './explore'
import { modelById } from './models'
import type { MachineId } from '../machine/platforms'

type Kstep = Step<KernelCx>

/** What a move reads and writes. */
interface Touched {
  readonly read: Set<number>
  readonly written: Set<number>
}

/** Make a move while each word that it reads or writes is noted; what it did is taken back. */
function touchedBy(machine: Machine, move: () => void): Touched {
  const touched: Touched = { read: new Set(), written: new Set() }
  const { world } = machine
  const { words, mark } = world
  const noting = new Proxy(words, {
    get(target, key) {
      if (typeof key === 'string' && /^\d+$/.test(key)) touched.read.add(Number(key))
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
    set(target, key, value: number) {
      touched.written.add(Number(key))
      target[Number(key)] = value
      return true
    },
  })
  const held = world as { words: Uint32Array }
  held.words = noting
  move()
  held.words = words
  world.takeBack(mark)
  return touched
}

/** An actor's own words: all of its words but its TLB. */
function isOwn({ cpus }: Machine, actor: number): (cell: number) => boolean {
  const { pc, tlb } = cpus[actor]!
  return (cell) => cell >= pc && cell < tlb
}

const cells = (touched: Touched): readonly number[] => [...touched.read, ...touched.written]

const WORLDS: readonly (readonly [string, MachineId])[] = [
  ['3.19', 'bare'],
  ['rc0', 'xen'],
  ['rc1', 'xen'],
  ['6.1', 'bare'],
]

describe('a local step', () => {
  test.each(WORLDS)(
    '%s, %s: reads and writes its own actor’s words alone, and no other actor’s step touches those',
    (kernel, on) => {
      const { search } = new Exploration(modelById('race'), kernel, on)
      search.advance(Infinity)
      const { machine } = search
      const actors = [...new Set(search.model.menu.map(actorOf))]
      const taken = new Set<string>()
      const wrong = new Set<string>()
      // Every seventh state: neighbours differ in one step.
      for (let state = 0; state < search.states; state += 7) {
        search.goTo(state)
        for (const actor of actors) {
          if (machine.isIdle(actor)) continue
          const step = machine.nextStep(actor)
          const touched = touchedBy(machine, () => machine.tick(actor))
          if (step.local) {
            taken.add(step.name)
            const own = isOwn(machine, actor)
            if (!cells(touched).every(own) || touched.written.has(machine.cpus[actor]!.process))
              wrong.add(`${step.name} is not local`)
          }
          // Whoever flushes TLBs asks which process each CPU runs: the one word of others that is read.
          for (const other of actors.filter((each) => each !== actor)) {
            const theirs = isOwn(machine, other)
            const { process } = machine.cpus[other]!
            if ([...touched.written].some(theirs) || [...touched.read].some((cell) => theirs(cell) && cell !== process))
              wrong.add(`${step.name} touches another actor’s words`)
          }
        }
      }
      expect([...wrong]).toEqual([])
      expect(taken.size).toBeGreaterThan(2)
    },
  )

  test('is followed by no local step again and again, ends nothing, and no property is asked of it', () => {
    const asked = [landed, isHint, isUnchanged, doNumaPage] as readonly unknown[]
    const asksOfNext = [idle, scanEntry, scanDone] as readonly unknown[]
    for (const on of ['bare', 'xen'] as const) {
      const { machine } = new Exploration(modelById('race'), 'rc1', on).search
      const follow = (step: Kstep, before: readonly Kstep[]): void => {
        expect(before.includes(step), `${step.name} comes again`).toBe(false)
        expect(asked, step.name).not.toContain(step)
        expect(step.comparesStates ?? false, step.name).toBe(false)
        for (const next of step.to(machine)) {
          expect(asksOfNext, step.name).not.toContain(next)
          if (next.local) follow(next, [...before, step])
        }
      }
      const local = allSteps<KernelCx>().filter((step) => step.local)
      expect(local.length).toBeGreaterThan(3)
      for (const step of local) follow(step, [])
    }
  })
})

/** Every verdict, with what fails and not how soon. */
function verdictsOf(model: string, kernel: string, on: MachineId, reduces: boolean) {
  const exploration = new Exploration(modelById(model), kernel, on)
  exploration.search.reduces = reduces
  exploration.search.advance(Infinity)
  const { states, misread, words, verdicts } = exploration.result()
  const said = verdicts.map(({ property, holds, witness }) => ({ property, holds, failure: witness?.failure }))
  return { states, says: { said, misread, words } }
}

describe('looked at alone where it comes next', () => {
  test.each([
    ...KERNELS.map(({ id }) => ['race', id, 'bare'] as const),
    ...['rc0', 'rc1', '6.1'].map((id) => ['race', id, 'xen'] as const),
  ])('“%s”, %s, %s: fewer states, the same verdicts and words', (model, kernel, on) => {
    const [all, fewer] = [verdictsOf(model, kernel, on, false), verdictsOf(model, kernel, on, true)]
    expect(fewer.states).toBeLessThan(all.states)
    expect(fewer.says).toEqual(all.says)
  })

  test.each(['test', 'page', 'rights', 'swap', 'pin', 'quiet'])(
    '“%s”: where one actor alone acts there is nothing to leave out',
    (model) => expect(verdictsOf(model, 'rc1', 'xen', true)).toEqual(verdictsOf(model, 'rc1', 'xen', false)),
  )
})
