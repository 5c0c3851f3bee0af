import { expect, test } from 'vitest'
import type { Slot } from '../arch/brand'
import { asks, holds } from '../arch/predicate'
import { flipBit, has, PSE, pte, same, type Pte } from '../arch/pte'
import type { Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { pagesOfMapping } from '../kernel/context'
import { OutOfModel } from '../kernel/frames'
import { isNone } from '../kernel/linux-pte'
import { v3_19, v3_20_rc0, v4_0, v6_1, withPaintedTest } from '../kernel/variants'
import type { Machine } from '../machine/machine'
import { samplePlaybacks } from './sample-runs'
import type { Tick } from './tape'

/** Is the word empty for this kernel, or so short that a flip could make it so? Emptiness is no question about one bit. */
const namesNothing = (machine: Machine, word: Pte): boolean =>
  isNone(pte(word.lo & ~0xfff, word.hi)) || isNone(word, machine.kernel.noneIgnores)

/** PSE moves a PMD among the tables; what a swap entry says beside what makes it one lies elsewhere in each kernel. */
function isOfAnotherLayout({ kernel, hugeZeroFrame }: Machine, word: Pte, bit: number): boolean {
  if (hugeZeroFrame >= 0 && has(word, PSE) && 1 << bit === PSE) return true
  return !holds(kernel.present, word.lo) && !(asks(kernel.present) & (1 << bit))
}

const LOW_BITS = Array.from({ length: 12 }, (_, bit) => bit)

/** The page that a tick is about: the one touched, or the one that a walk over many has reached. */
function pageAtHand(machine: Machine, { step, actor, writes }: Tick): number {
  const cpu = machine.cpus[actor]!
  const moved = writes.find(({ cell }) => cell === cpu.cursor)
  if (!moved) return machine.world.get(cpu.page)
  if (step.name !== 'change_pte_range, hint') return moved.after - 1
  return pagesOfMapping(machine, machine.world.get(cpu.page))[moved.after - 1] ?? -1
}

/** The places of the word that a step decides by: what Xen is to store, or the entry in memory and Linux's snapshot of it. */
function wordAtHand(machine: Machine, tick: Tick): readonly Slot[] {
  const cpu = machine.cpus[tick.actor]!
  if (tick.step.lane === 'xen') return [cpu.next]
  const slot = machine.processes[machine.world.get(cpu.process)]!.slots[pageAtHand(machine, tick)]
  if (slot === undefined) return []
  const [there, read] = [machine.world.pte(slot), machine.world.pte(cpu.entry)]
  // An entry that was changed while a fault is under way is asked one thing: is it the same?
  if (isNone(read)) return [slot]
  return same(there, read) ? [slot, cpu.entry] : []
}

/** Where the step leads with these words; null where the model knows no further. */
function leadsTo(machine: Machine, { step, actor }: Tick, slots: readonly Slot[], word: Pte) {
  const { world } = machine
  const mark = world.mark
  for (const slot of slots) world.putPte(slot, word)
  let next: Step<KernelCx> | null = null
  try {
    next = step.run(machine, actor)
  } catch (stopped) {
    if (!(stopped instanceof OutOfModel)) throw stopped
  }
  world.takeBack(mark)
  return next
}

test('a step that a bit of the entry sends another way has declared that it asks that bit', () => {
  const seen = new Set<string>()
  const silent = new Map<string, string>()
  const asking = new Set<string>()
  for (const { name, playback } of samplePlaybacks([v3_19, v3_20_rc0, v4_0, v6_1, withPaintedTest(6)])) {
    const { machine, tape } = playback
    const { world } = machine
    world.words.set(tape.start)
    for (const tick of tape.ticks) {
      const slots = wordAtHand(machine, tick)
      const word = slots[0] === undefined ? pte(0, 0) : world.pte(slots[0])
      const key = `${tick.step.name} ${machine.kernel.id} ${machine.platform.id} ${word.lo & 0xfff} ${slots.length}`
      if (!namesNothing(machine, word) && !seen.has(key)) {
        seen.add(key)
        const next = leadsTo(machine, tick, slots, word)
        for (const bit of LOW_BITS) {
          const flipped = flipBit(word, bit)
          if (namesNothing(machine, flipped) || isOfAnotherLayout(machine, word, bit)) continue
          const other = leadsTo(machine, tick, slots, flipped)
          if (!next || !other || other === next) continue
          asking.add(tick.step.name)
          if (!((tick.step.asks?.(machine) ?? 0) & (1 << bit)))
            silent.set(
              `${tick.step.name}: bit ${bit}`,
              `${name}: ${next.name} or ${other.name} ${(word.lo & 0xfff).toString(16)}`,
            )
        }
      }
      for (const { cell, after } of tick.writes) world.words[cell] = after
    }
    world.words.set(tape.start)
  }
  expect([...silent]).toEqual([])
  // That many steps were seen to go another way for a bit, the three that go from page to page among them.
  expect(asking.size).toBeGreaterThan(20)
  for (const walk of ['copy_one_pte', 'change_pte_range, hint', 'clear_refs_pte_range']) expect(asking).toContain(walk)
}, 180_000)
