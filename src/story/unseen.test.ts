import { expect, test } from 'vitest'
import { holds } from '../arch/predicate'
import { PRESENT, RW, toHex } from '../arch/pte'
import { v3_20_rc0, v4_0_rc1 } from '../kernel/variants'
import { scenarioById } from '../machine/scenario'
import { settingOf } from '../store/derived'
import { replay } from '../trace/replay'
import { entryAt, sceneAt } from '../trace/scene'
import { unseenWords, type Unseen } from './unseen'

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed)
const DRAWN = SEEDS.map(unseenWords)

test('three different words for each seed, the first a page that is there and loops', () => {
  for (const [seed, words] of DRAWN.entries()) {
    expect(new Set(words.map(({ word }) => word.lo)).size, `seed ${seed}`).toBe(3)
    expect(words[0]).toMatchObject({ machine: 'xen', old: 'endless' })
    expect(words[0]!.word.lo & (PRESENT | RW)).toBe(PRESENT)
  }
})

test('the same seed gives the same words, and seeds differ', () => {
  expect(SEEDS.map(unseenWords)).toEqual(DRAWN)
  expect(new Set(DRAWN.map((words) => words.map(nameOf).join())).size).toBeGreaterThan(50)
})

const nameOf = ({ machine, word, old, fixed }: Unseen): string => `${toHex(word)} ${machine}: ${old}, ${fixed}`

const different = [...new Map(DRAWN.flat().map((unseen) => [nameOf(unseen), unseen])).values()]

test('with the fix every write lands; with the old test exactly those loop that Xen gives bit 8 and nobody gives RW', () => {
  expect(different.length).toBeGreaterThan(9)
  for (const unseen of different) {
    const { machine, word, old, fixed } = unseen
    expect(fixed, nameOf(unseen)).toMatch(/^(done|no fault)$/)
    const mistaken = holds(v3_20_rc0.hint, word.lo) && (word.lo & RW) === 0
    expect(old === 'endless', nameOf(unseen)).toBe(machine === 'xen' && mistaken)
  }
  const hints = different.filter(({ word }) => holds(v4_0_rc1.hint, word.lo))
  expect(hints.map(({ machine }) => machine).toSorted()).toEqual(['bare', 'xen'])
})

test('where a kernel comes to the word by itself, the Lab’s run of the write ends the same way', () => {
  const ran = new Set<string>()
  for (const id of ['zero', 'file', 'around', 'round', 'swap']) {
    const scenario = scenarioById(id)!
    for (const machine of ['bare', 'xen'] as const)
      for (const [kernel, key] of [
        ['rc0', 'old'],
        ['rc1', 'fixed'],
      ] as const) {
        const setting = settingOf({ machine, kernel, numa: 'on' })
        const before = entryAt(sceneAt(replay(scenario, setting, scenario.opening), Infinity), 0, scenario.page)
        const shown = different.find((each) => each.machine === machine && toHex(each.word) === toHex(before))
        if (!shown) continue
        const write = { do: 'access', process: 0, page: scenario.page, access: 'write' } as const
        const { outcome } = sceneAt(replay(scenario, setting, [...scenario.opening, write]), Infinity)
        expect(shown[key] === 'endless', `${id} ${machine} ${kernel}`).toBe(outcome.name === 'endless')
        expect(shown[key] === 'no fault').toBe(outcome.faults === 0)
        ran.add(nameOf(shown))
      }
  }
  expect(ran.size).toBeGreaterThan(6)
})
