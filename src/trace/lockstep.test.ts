import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bareMetal } from '../kernel/bare-metal'
import { KERNELS, kernelById, v3_20_rc0, v4_0_rc1, withPaintedTest } from '../kernel/variants'
import { SCENARIOS, scenarioById } from '../machine/scenario'
import { xenPv } from '../xen/pv'
import { decodeRun } from './codec'
import { columnsDone, cursorOf, lockstep } from './lockstep'
import { replay, type Playback, type Setting } from './replay'
import { PLATFORMS } from './sample-runs'
import { wordsAt, type Tick } from './tape'

const world: fc.Arbitrary<Setting> = fc.record({
  kernel: fc.oneof(fc.constantFrom(...KERNELS), fc.nat(15).map(withPaintedTest)),
  platform: fc.constantFrom(...PLATFORMS),
  numa: fc.constantFrom('none' as const, 'on' as const),
})

/** Tokens of a run; page 0 to 10 of the small process. */
const token = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom('r', 'w', 'x', 'tw', 'cr', 'cw'), fc.nat(10)) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('f', 'q'), fc.constant('')) },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom('s', 'o', 'p'), fc.nat(10)) },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constant('m'),
      fc.tuple(fc.nat(10), fc.constantFrom('n', 'r', 'w')).map(([page, rights]) => `${page}${rights}`),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constantFrom('b', 'cb'),
      fc.tuple(fc.nat(10), fc.constantFrom(0, 1, 5, 6, 8)).map(([page, bit]) => `${page}-${bit}`),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom('h', 'th'), fc.nat(12)) },
)
const run = fc.array(
  token.map(([letter, rest]) => `${letter}${rest}`),
  { maxLength: 7 },
)

/** Two worlds, and a run that both carry out. */
const pair = fc
  .record({ scenario: fc.constantFrom(...SCENARIOS), a: world, b: world, run })
  .map(({ scenario, a, b, run: tokens }): readonly [Playback, Playback] => {
    const choices = [...scenario.opening, ...decodeRun(tokens.join('.')).choices]
    return [replay(scenario, a, choices), replay(scenario, b, choices)]
  })

/** What a platform does between two steps of Linux or the CPU; on bare metal that is the store itself. */
const isPlatforms = ({ step }: Tick): boolean => step.lane === 'xen' || ['store', 'activate_mm'].includes(step.name)

interface Stride {
  readonly tick: Tick
  /** First tick of the stride, and of the next one. */
  readonly from: number
  readonly to: number
}

/** The steps of Linux and the CPU, each with what the platform does before the next. */
function stridesOf({ tape: { ticks } }: Playback): readonly Stride[] {
  const starts = [...ticks.keys()].filter(
    (index) => !isPlatforms(ticks[index]!) || ticks[index]!.choice !== ticks[index - 1]?.choice,
  )
  return starts.map((from, index) => ({ tick: ticks[from]!, from, to: starts[index + 1] ?? ticks.length }))
}

/** Do all words that one of two strides wrote hold the same after them? What comes next is seen in the next stride. */
function agree(a: Playback, b: Playback, strideA: Stride, strideB: Stride): boolean {
  const [wordsA, wordsB] = [wordsAt(a.tape, strideA.to), wordsAt(b.tape, strideB.to)]
  const counters = new Set<number>(a.machine.cpus.map(({ pc }) => pc))
  const ticks = [...a.tape.ticks.slice(strideA.from, strideA.to), ...b.tape.ticks.slice(strideB.from, strideB.to)]
  return ticks
    .flatMap(({ writes }) => writes.map(({ cell }) => cell))
    .every((cell) => counters.has(cell) || wordsA[cell] === wordsB[cell])
}

const isSameStep = (a: Tick | undefined, b: Tick | undefined): boolean =>
  a?.step === b?.step && a?.actor === b?.actor && a?.choice === b?.choice

describe('two worlds in lockstep', () => {
  test('every tick of either tape stands in one column, in order', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const { columns, ticks } = lockstep(a, b)
        expect(columns.flatMap((column) => column.a ?? [])).toEqual([...a.tape.ticks.keys()])
        expect(columns.flatMap((column) => column.b ?? [])).toEqual([...b.tape.ticks.keys()])
        expect(columns.every((column) => column.a !== null || column.b !== null)).toBe(true)
        expect(ticks.at(-1)).toEqual({ a: a.tape.ticks.length, b: b.tape.ticks.length })
      }),
    )
  })

  test('on one machine the first difference is the first tick whose step or written words differ, and none if no tick does', () => {
    fc.assert(
      fc.property(pair, ([a, other]) => {
        const b = a.machine.platform === other.machine.platform ? other : a
        const { columns, first } = lockstep(a, b)
        const length = Math.max(a.tape.ticks.length, b.tape.ticks.length)
        const [wordsA, wordsB] = [a.tape.start.slice(), b.tape.start.slice()]
        let tick = 0
        for (; tick < length; tick++) {
          const [tickA, tickB] = [a.tape.ticks[tick], b.tape.ticks[tick]]
          if (!tickA || !tickB || tickA.step !== tickB.step || tickA.actor !== tickB.actor) break
          if (tickA.choice !== tickB.choice) break
          for (const { cell, after } of tickA.writes) wordsA[cell] = after
          for (const { cell, after } of tickB.writes) wordsB[cell] = after
          const written = [...tickA.writes, ...tickB.writes].map(({ cell }) => cell)
          if (written.some((cell) => wordsA[cell] !== wordsB[cell])) break
        }
        expect(first).toBe(tick === length ? null : tick)
        for (const [index, column] of columns.slice(0, tick).entries())
          expect(column).toEqual({ a: index, b: index, differs: false, cells: [], parts: false })
      }),
    )
  })

  test('on any two machines all is equal before the first difference, and different at it', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const [stridesA, stridesB] = [stridesOf(a), stridesOf(b)]
        const { columns, first } = lockstep(a, b)
        let at = 0
        while (at < Math.max(stridesA.length, stridesB.length)) {
          const [strideA, strideB] = [stridesA[at], stridesB[at]]
          if (!strideA || !strideB || !isSameStep(strideA.tick, strideB.tick) || !agree(a, b, strideA, strideB)) break
          at++
        }
        if (at === Math.max(stridesA.length, stridesB.length)) return void expect(first).toBeNull()
        // Where another step is taken, the step before it has decided so.
        const sameStep = isSameStep(stridesA[at]?.tick, stridesB[at]?.tick)
        const [early, late] = [sameStep ? at : Math.max(0, at - 1), at]
        const { a: tickA, b: tickB } = columns[first!]!
        const within = (tick: number | null, strides: readonly Stride[]) =>
          tick === null || ((strides[early]?.from ?? 0) <= tick && tick < (strides[late]?.to ?? Infinity))
        expect(within(tickA, stridesA) && within(tickB, stridesB)).toBe(true)
      }),
    )
  })

  test('the ways never part before the first difference', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const { first, parting } = lockstep(a, b)
        expect(parting === null || (first !== null && first <= parting)).toBe(true)
      }),
    )
  })

  test('a place in time is found again from the ticks that either world has taken', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const both = lockstep(a, b)
        for (let done = 0; done <= both.columns.length; done++) {
          const { cursor, beyond } = cursorOf(both, done)
          expect(cursor).toBe(both.ticks[done]!.a)
          expect(columnsDone(both, cursor, beyond)).toBe(done)
        }
        expect(columnsDone(both, a.tape.ticks.length, Infinity)).toBe(both.columns.length)
      }),
    )
  })
})

/** A write to the scenario's page, in two worlds. */
function write(id: string, a: readonly [string, Setting['platform']], b: readonly [string, Setting['platform']]) {
  const scenario = scenarioById(id)!
  const play = ([kernel, platform]: readonly [string, Setting['platform']]) =>
    replay(scenario, { kernel: kernelById(kernel)!, platform, numa: 'on' }, [
      ...scenario.opening,
      { do: 'access', process: 0, page: scenario.page, access: 'write' },
    ])
  const [playedA, playedB] = [play(a), play(b)]
  const both = lockstep(playedA, playedB)
  const named = (column: number | null) =>
    column === null
      ? null
      : [playedA, playedB].map(({ tape }, world) => tape.ticks[both.columns[column]![world ? 'b' : 'a']!]!.step.name)
  return { both, first: named(both.first), parting: named(both.parting) }
}

test('under Xen 3.20-rc0 and 4.0-rc1 part at the hint test, having written the same words until then', () => {
  const { both, first } = write('cow', [v3_20_rc0.id, xenPv], [v4_0_rc1.id, xenPv])
  expect(first).toEqual(['hint?', 'hint?'])
  expect(both.parting).toBe(both.first)
  // After it each takes its own way, and both come back to the instruction.
  const back = both.columns.findLast((column) => !column.parts && column.a !== null)
  expect(back).toBeDefined()
})

test('bare metal and Xen PV differ in the first word stored, and part only at the hint test', () => {
  const { both, first, parting } = write('cow', [v3_20_rc0.id, bareMetal], [v3_20_rc0.id, xenPv])
  expect(first).toEqual(['do_anonymous_page', 'do_anonymous_page'])
  expect(parting).toEqual(['hint?', 'hint?'])
  const { a, parts } = both.columns[both.first!]!
  expect(parts).toBe(false)
  // Once both have forgotten that word on the way back, a step that writes the same is not marked.
  const back = both.columns.slice(both.first!).find((column) => column.b !== null && column.a! >= a! + 2)
  expect(back).toMatchObject({ differs: false, parts: false })
})

test('a guard page ends the same in every two worlds', () => {
  expect(write('guard', [v3_20_rc0.id, bareMetal], ['6.1', xenPv]).both.first).toBeNull()
})
