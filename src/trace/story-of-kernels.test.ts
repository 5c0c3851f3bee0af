import fc from 'fast-check'
import { expect, test } from 'vitest'
import { has, PRESENT, pte, same, toHex, withFlags } from '../arch/pte'
import { allSteps, stepById, type Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import {
  bisectCommit,
  KERNELS,
  kernelById,
  v3_19,
  v3_20_rc0,
  v4_0_rc1,
  v6_1,
  withPaintedTest,
} from '../kernel/variants'
import type { Choice } from '../machine/choice'
import { begin } from '../machine/operations'
import { SCENARIOS } from '../machine/scenario'
import { adjustGuestL1e } from '../xen/adjust'
import type { NumaBalancing, Playback } from './replay'
import { PLATFORMS, play, samplePlaybacks } from './sample-runs'
import { entryAt, entryIn, lastAsked, sceneAt, slotOf } from './scene'
import { record, wordsAt } from './tape'

const platformById = (id: string) => PLATFORMS.find((platform) => platform.id === id)!
/** Kernels that between them take every step. */
const TELLING = [v3_19, bisectCommit, v3_20_rc0, v6_1, withPaintedTest(0)]
const END = Infinity
const endOf = (playback: Playback) => sceneAt(playback, Math.min(END, playback.tape.ticks.length))

test('only a kernel without NUMA balancing is cured; switching it off is no cure', () => {
  const states: NumaBalancing[] = ['none', 'off', 'on']
  const ends = states.map((numa) => endOf(play('cow', v3_20_rc0, platformById('xen'), 'w4', numa)).outcome.name)
  expect(ends).toEqual(['completed', 'endless', 'endless'])
})

test('the fixed point: …065 is asked for and …165 is stored, and the next fault is where it was', () => {
  const scene = endOf(play('cow', v3_20_rc0, platformById('xen'), 'w4'))
  const slot = slotOf(scene, 0, 4)
  expect(toHex(lastAsked(scene, slot)!.value)).toBe('8000000062345065')
  expect(toHex(entryAt(scene, 0, 4))).toBe('8000000062345165')
  const { first, again } = scene.outcome.lasso!
  const state = (cursor: number) => wordsAt(scene.tape, cursor).slice(0, scene.machine.decidingWords)
  expect(state(again + 1)).toEqual(state(first + 1))
  expect(state(first + 2)).not.toEqual(state(first + 1))
  expect(first).toBeLessThan(again)
})

test('[XS3] the copy gets a new frame, and bit 8 from Xen', () => {
  const scene = endOf(play('cow', v4_0_rc1, platformById('xen'), 'w4'))
  expect(toHex(entryAt(scene, 0, 4))).toBe('8000000062346167')
  expect(toHex(entryAt(scene, 1, 4))).toBe('8000000062345145')
})

/** Step a machine for real along a tape, and look at its words after each tick. */
function stepThrough(playback: Playback, look: (cursor: number, words: Uint32Array) => void): void {
  const { machine, tape } = playback
  const start = machine.world.words.slice()
  tape.ticks.forEach((tick, index) => {
    const chosen = tape.begins.indexOf(index)
    if (chosen >= 0) begin(machine, tape.choices[chosen] as Exclude<Choice, { do: 'hold' }>)
    expect(machine.tick(tick.actor)).toBe(tick.step)
    look(index + 1, machine.world.words)
  })
  machine.world.words.set(start)
}

test('back is replay: at every cursor the words are those of a machine stepped there', () => {
  let cursors = 0
  for (const kernel of [v3_20_rc0, v4_0_rc1]) {
    for (const platform of PLATFORMS) {
      for (const scenario of SCENARIOS) {
        const playback = play(scenario, kernel, platform, `w${scenario.page}.h9.b${scenario.page}-6.s3.w3`)
        expect(equal(wordsAt(playback.tape, 0), playback.machine.world.words)).toBe(true)
        stepThrough(playback, (cursor, stepped) => {
          cursors++
          if (!equal(sceneAt(playback, cursor).words, stepped)) throw new Error(`${scenario.id}: differs at ${cursor}`)
        })
      }
    }
  }
  expect(cursors).toBeGreaterThan(500)
}, 180_000)

function equal(a: Uint32Array, b: Uint32Array): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false
  return a.length === b.length
}

test('recording leaves the machine as it was', () => {
  const { machine, tape } = play('cow', v3_20_rc0, platformById('xen'), 'w4')
  const before = machine.world.words.slice()
  const again = record(machine, tape.choices)
  expect(machine.world.words).toEqual(before)
  expect(again.ticks.map(({ step }) => step)).toEqual(tape.ticks.map(({ step }) => step))
  expect(wordsAt(again, tape.ticks.length)).not.toEqual(before)
})

/** Stores go on at the step that asked for them; which one that is, is the asker's affair. */
const STORES = ['store', 'Xen stores', 'Xen refuses', 'pin the tables', 'activate_mm']

test('every step that follows was declared, and every declared rail is taken', () => {
  const taken = new Set<string>()
  const declared = new Set<string>()
  const rail = (from: Step<KernelCx>, to: Step<KernelCx>): string => `${from.name} → ${to.name}`
  for (const { name, playback } of samplePlaybacks(TELLING)) {
    const { machine, before, tape } = playback
    for (const step of new Set(tape.ticks.map((tick) => tick.step)))
      for (const to of step.to(machine)) declared.add(rail(step, to))
    for (const { actor, step, writes } of [...before.ticks, ...tape.ticks]) {
      const next = stepById<KernelCx>(writes.find(({ cell }) => cell === machine.cpus[actor]!.pc)!.after)
      taken.add(rail(step, next))
      if (!step.to(machine).includes(next)) throw new Error(`${name}: ${rail(step, next)} is not declared`)
    }
  }
  const missing = [...declared].filter((each) => !taken.has(each) && !STORES.includes(each.split(' → ')[0]!))
  expect(missing).toEqual([])
  const from = new Set([...taken].map((each) => each.split(' → ')[0]))
  expect(allSteps<KernelCx>().filter(({ name }) => !from.has(name) && name !== 'idle')).toEqual([])
}, 180_000)

test('[XA1] Xen adds nothing without PRESENT; with it only bit 8, USER or bit 52', () => {
  const word = fc.tuple(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff)).map(([lo, hi]) => pte(lo, hi))
  fc.assert(
    fc.property(word, (entry) => {
      const adjusted = adjustGuestL1e(entry)
      if (!has(entry, PRESENT)) return same(adjusted, entry)
      return ((adjusted.lo ^ entry.lo) & ~0x104) === 0 && ((adjusted.hi ^ entry.hi) & ~0x10_0000) === 0
    }),
  )
})

test('[XS2] what is stored without PRESENT is what Linux asked for, ACCESSED and DIRTY aside', () => {
  let stores = 0
  for (const { name, playback } of samplePlaybacks([...KERNELS])) {
    playback.tape.ticks.forEach(({ step, actor }, index) => {
      if (step.name !== 'Xen stores') return
      const scene = sceneAt(playback, index + 1)
      const slot = wordsAt(playback.tape, index)[scene.machine.cpus[actor]!.target]!
      const stored = entryIn(scene.words, slot)
      if (has(stored, PRESENT)) return
      stores++
      const used = (entry: typeof stored) => withFlags(entry, 0x60)
      expect(same(used(lastAsked(scene, slot as never)!.value), used(stored)), name).toBe(true)
    })
  }
  expect(stores).toBeGreaterThan(50)
}, 180_000)

test.each([
  ['p10', v3_20_rc0],
  ['p2', v4_0_rc1],
])('painted as %s the kernel behaves as the named one, tick by tick', (id, named) => {
  const painted = kernelById(id)!
  for (const platform of PLATFORMS) {
    for (const scenario of SCENARIOS) {
      for (const run of [
        `w${scenario.page}.cw${scenario.page}`,
        `r${scenario.page}.s${scenario.page}.w${scenario.page}`,
      ]) {
        const [a, b] = [play(scenario, painted, platform, run), play(scenario, named, platform, run)]
        expect(a.tape.ticks.map(({ step }) => step.name)).toEqual(b.tape.ticks.map(({ step }) => step.name))
        expect(a.tape.ticks.map(({ writes }) => writes)).toEqual(b.tape.ticks.map(({ writes }) => writes))
      }
    }
  }
})
