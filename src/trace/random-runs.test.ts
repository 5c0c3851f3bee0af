import fc from 'fast-check'
import { expect, test } from 'vitest'
import { has, PRESENT, same, withFlags } from '../arch/pte'
import { stepById } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { bareMetal } from '../kernel/bare-metal'
import { KERNELS, v3_20_rc0, v4_0_rc1, withPaintedTest } from '../kernel/variants'
import { scenarioById, SCENARIOS } from '../machine/scenario'
import { xenPv } from '../xen/pv'
import type { Playback } from './replay'
import { play } from './sample-runs'
import { entryIn, lastAsked, sceneAt } from './scene'

const page = fc.nat(10)
const onPage = (...letters: string[]) =>
  fc.tuple(fc.constantFrom(...letters), page).map(([letter, at]) => `${letter}${at}`)
/** What programs, their kernel and the scanner do; nothing by hand. */
const token = fc.oneof(
  { weight: 4, arbitrary: onPage('r', 'w', 'w', 'x', 'cr', 'cw', 'tr', 'tw', 'R', 'W') },
  { weight: 2, arbitrary: fc.tuple(page, fc.constantFrom('n', 'r', 'w')).map(([at, rights]) => `m${at}${rights}`) },
  { weight: 1, arbitrary: fc.tuple(page, fc.constantFrom('r', 'w', 'R', 'W')).map(([at, kind]) => `g${at}${kind}`) },
  { weight: 1, arbitrary: onPage('s', 'o', 'u') },
  { weight: 1, arbitrary: fc.constantFrom('f', 'q', 'y1', 'y4') },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.constantFrom('h', 'th'), fc.nat(16)).map(([letter, ticks]) => `${letter}${ticks}`),
  },
)
const byHand = fc.tuple(page, fc.nat(63)).map(([at, bit]) => `b${at}-${bit}`)
const runOf = (tokens: fc.Arbitrary<string>) =>
  fc.array(tokens, { minLength: 1, maxLength: 10 }).map((each) => each.join('.'))
const kernel = fc.constantFrom(...KERNELS, withPaintedTest(6))
const platform = fc.constantFrom(bareMetal, xenPv)
const scenario = fc.constantFrom(...SCENARIOS.map(({ id }) => id))
const start = { ...scenarioById('touch')!, opening: [] }

/** The step that each tick led to. */
const nexts = ({ machine, tape }: Playback) =>
  tape.ticks.map(({ actor, writes }) =>
    stepById<KernelCx>(writes.find(({ cell }) => cell === machine.cpus[actor]!.pc)!.after),
  )

test('whatever is done, by hand too, a step is followed by one that it declares', () => {
  fc.assert(
    fc.property(scenario, kernel, platform, runOf(fc.oneof(token, byHand)), (from, built, on, run) => {
      const playback = play(from, built, on, run)
      const followers = nexts(playback)
      playback.tape.ticks.forEach(({ step }, index) => {
        if (!step.to(playback.machine).includes(followers[index]!))
          throw new Error(`${step.name} → ${followers[index]!.name}`)
      })
    }),
    { numRuns: 150 },
  )
}, 180_000)

test('[XS2] whatever is done, Xen stores what has no PRESENT as Linux asked for it, ACCESSED and DIRTY aside', () => {
  let stores = 0
  fc.assert(
    fc.property(scenario, kernel, runOf(token), (from, built, run) => {
      const playback = play(from, built, xenPv, run)
      playback.tape.ticks.forEach(({ step, actor }, index) => {
        if (step.name !== 'Xen stores') return
        const scene = sceneAt(playback, index + 1)
        const slot = sceneAt(playback, index).words[scene.machine.cpus[actor]!.target]!
        const stored = entryIn(scene.words, slot)
        if (has(stored, PRESENT)) return
        stores++
        const used = (entry: typeof stored) => withFlags(entry, 0x60)
        expect(same(used(lastAsked(scene, slot as never)!.value), used(stored))).toBe(true)
      })
    }),
    { numRuns: 60 },
  )
  expect(stores).toBeGreaterThan(5)
}, 180_000)

test('[PT2] on bare metal the two tests part nowhere: 3.20-rc0 and 4.0-rc1 take the same steps and write the same words', () => {
  fc.assert(
    fc.property(runOf(token), (run) => {
      const [a, b] = [play(start, v3_20_rc0, bareMetal, run), play(start, v4_0_rc1, bareMetal, run)]
      expect(a.tape.ticks.map(({ step }) => step.name)).toEqual(b.tape.ticks.map(({ step }) => step.name))
      expect(a.tape.ticks.map(({ writes }) => writes)).toEqual(b.tape.ticks.map(({ writes }) => writes))
    }),
    { numRuns: 150 },
  )
}, 180_000)
