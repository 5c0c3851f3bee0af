import { describe, expect, test } from 'vitest'
import { holds } from '../arch/predicate'
import { v3_20_rc0, v4_0_rc1, type Kernel } from '../kernel/variants'
import { decodeRun } from '../trace/codec'
import { replay } from '../trace/replay'
import { xenPv } from '../xen/pv'
import { Comparison, type OneWorld } from './theorems'
import { explore, Exploration } from './explore'
import { modelById } from './models'
import { prove } from './proof'
import { PROPERTIES } from './properties'
import type { Candidate, Explored, TheoremResult } from './verdict'

const on = (machine: OneWorld['on'], kernel: string): OneWorld => ({ kernel, on: machine })

function joint(model: string, here: OneWorld, there: OneWorld): TheoremResult {
  const comparison = new Comparison('', modelById(model), here, there)
  const { joint: beside } = comparison
  // Nothing else is asked: where they part the search ends.
  const exploration = new Exploration(modelById(model), here.kernel, here.on, { asked: [], beside })
  exploration.search.advance(Infinity)
  return comparison.result(exploration)
}

describe('two machines that do the same, step by step', () => {
  test.each(['page', 'rights', 'swap', 'pin', 'race'])(
    '“%s”: on bare metal 3.20-rc0 and 4.0-rc1 are one machine',
    (model) => expect(joint(model, on('bare', 'rc0'), on('bare', 'rc1'))).toMatchObject({ holds: true, witness: null }),
  )

  test.each(
    ['page', 'rights', 'swap', 'pin'].flatMap((model) => ['rc1', '4.0', '6.1'].map((kernel) => [model, kernel])),
  )('“%s”: Xen PV is bare metal to %s, but for bit 8 and frame numbers', (model, kernel) =>
    expect(joint(model!, on('xen', kernel!), on('bare', kernel!))).toMatchObject({ holds: true, witness: null }),
  )
})

describe('two machines that part', () => {
  test.each([
    ['3.20-rc0 under Xen PV from 4.0-rc1 on bare metal', on('xen', 'rc0'), on('bare', 'rc1')],
    ['3.20-rc0 under Xen PV from itself on bare metal', on('xen', 'rc0'), on('bare', 'rc0')],
    ['3.20-rc0 from 4.0-rc1, both under Xen PV', on('xen', 'rc0'), on('xen', 'rc1')],
    ['3.19 under Xen PV from itself on bare metal', on('xen', '3.19'), on('bare', '3.19')],
    ['4.0-rc1 from 4.0, both on bare metal', on('bare', 'rc1'), on('bare', '4.0')],
    ['3.19 from 4.0-rc1, both on bare metal', on('bare', '3.19'), on('bare', 'rc1')],
  ])('%s, and it is said where', (_says, here, there) => {
    const { holds, witness } = joint('page', here, there)
    expect(holds).toBe(false)
    expect(witness).toMatchObject({ failure: 'worlds part', kernel: here.kernel, machine: here.on })
  })
})

/** All that the page is told when it opens. */
const news = (() => {
  let kept: { explored: Explored[]; theorems: TheoremResult[]; candidates: Candidate[] } | null = null
  return () => {
    if (kept) return kept
    kept = { explored: [], theorems: [], candidates: [] }
    for (const each of prove()) {
      if (each.kind === 'explored') kept.explored.push(each.explored)
      else if (each.kind === 'theorem') kept.theorems.push(each.theorem)
      else if (each.kind === 'candidate') kept.candidates.push(each.candidate)
    }
    return kept
  }
})()

describe('what the page is told when it opens', () => {
  test("3.20-rc0's test under Xen PV: the shortest way into a loop is one write", () => {
    const { verdicts } = explore(modelById('rights'), 'rc0', 'xen')
    const progress = verdicts.find(({ property }) => property === 'progress')!
    expect(progress.holds).toBe(false)
    expect(progress.witness).toMatchObject({ failure: 'endless', run: 'w0', beginnings: 1 })
    // Nobody else acts: the loop closes where the tape ends.
    const { scenario } = modelById('rights')
    const setting = { kernel: v3_20_rc0, platform: xenPv, numa: 'on' } as const
    const { tape } = replay(scenario, setting, [...scenario.opening, ...decodeRun('w0').choices])
    expect(progress.witness!.cursor).toBe(tape.ticks.length)
  })

  test('with the fix every property holds on both machines; without it on bare metal only', () => {
    const worlds = new Map(news().explored.map((each) => [`${each.kernel} ${each.machine}`, each]))
    const failing = (world: string) =>
      worlds
        .get(world)!
        .verdicts.filter(({ holds }) => holds !== true)
        .map(({ property }) => property)
    expect([failing('rc1 bare'), failing('rc1 xen'), failing('rc0 bare')]).toEqual([[], [], []])
    expect(failing('rc0 xen')).toEqual(['sound', 'progress', 'hints'])
  })

  test('every theorem holds, and shows what it is about', () => {
    const held = news().theorems.filter(({ holds }) => holds)
    expect(held.map(({ id }) => id).toSorted()).toEqual([
      'bare-same',
      'hidden-3.19',
      'misread',
      'numa-on-xen',
      'xen-as-bare',
    ])
    expect(
      held
        .filter(({ witness }) => witness)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['hidden-3.19', 'misread', 'numa-on-xen'])
  })

  test('misread are writes of the CPU to entries that are there, and pins to read as well', () => {
    const { numbers } = news().theorems.find(({ id }) => id === 'misread')!
    expect(numbers.raised).toBeGreaterThan(0)
    expect(numbers.asked).toBeGreaterThan(0)
  })
})

/** A kernel's test as one of the sixteen: bit q answers for quadrant q (predicate.ts). */
const painted = ({ hint }: Kernel): number =>
  [0, 0x100, 0x1, 0x101].reduce((yes, lo, quadrant) => yes | (Number(holds(hint, lo)) << quadrant), 0)
const FIX = painted(v4_0_rc1)
const SHIPPED = painted(v3_20_rc0)

describe('the sieve', () => {
  const passing = (through: (candidate: Candidate) => boolean) =>
    news()
      .candidates.filter(through)
      .map(({ yes }) => yes)

  test('all sixteen tests are put in, each once', () => {
    expect(passing(() => true).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, yes) => yes))
  })

  test('what falls through a mesh has passed; the fix alone falls through all of them', () => {
    const survivors = passing(({ bare, xen, specification }) => bare && xen && specification)
    expect(survivors).toEqual([FIX])
    const [onBare, onXen] = [passing(({ bare }) => bare), passing(({ bare, xen }) => bare && xen)]
    expect(onBare).toContain(SHIPPED)
    expect(onXen).not.toContain(SHIPPED)
    expect(onXen.length).toBeLessThan(onBare.length)
    expect(onXen).toContain(FIX)
  })

  test('each of the others shows why not, by a run or as a sentence of the specification', () => {
    for (const { yes, verdicts } of news().candidates) {
      expect(verdicts.map(({ property }) => property)).toEqual(PROPERTIES.map(({ id }) => id))
      const failing = verdicts.filter(({ holds }) => holds === false)
      expect(failing.length > 0, `p${yes}`).toBe(yes !== FIX)
      for (const { witness } of failing) expect(witness, `p${yes}`).not.toBeNull()
    }
  })
})
