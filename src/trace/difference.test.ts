import { describe, expect, test } from 'vitest'
import { pte } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import { kernelById, KERNELS } from '../kernel/variants'
import { SCENARIOS, scenarioById } from '../machine/scenario'
import { xenPv } from '../xen/pv'
import { beginOtherwise, differenceAt, entrySentence, partingSentence, type Difference } from './difference'
import { differenceOf, differenceWords, xor } from './entry-difference'
import { lockstep } from './lockstep'
import { replay, type Setting } from './replay'
import { PLATFORMS } from './sample-runs'
import { sceneAt } from './scene'

function written(id: string, kernel: string, platform: Setting['platform']) {
  const scenario = scenarioById(id)!
  const setting = { kernel: kernelById(kernel)!, platform, numa: 'on' } as const
  const access = { do: 'access', process: 0, page: scenario.page, access: 'write' } as const
  return replay(scenario, setting, [...scenario.opening, access])
}

/** The first difference of two worlds, or the place where their ways part. */
function difference(a: ReturnType<typeof written>, b: ReturnType<typeof written>, which: 'first' | 'parting') {
  const both = lockstep(a, b)
  const column = both[which]
  if (column === null) return null
  const at = both.ticks[column + 1]!
  return differenceAt(both, column, sceneAt(a, at.a), sceneAt(b, at.b))
}

describe('how two worlds differ', () => {
  test('where they first differ and where they part is said, with the steps of lockstep time', () => {
    const [a, b] = [written('cow', 'rc0', xenPv), written('cow', 'rc1', xenPv)]
    const { first } = lockstep(a, b)
    expect(partingSentence(lockstep(a, b))).toBe(
      `The worlds first differ at step ${first! + 1}, where their ways part.`,
    )
    const later = lockstep(written('cow', '4.0', bareMetal), written('cow', 'rc0', xenPv))
    expect(later.parting).toBeGreaterThan(later.first!)
    expect(partingSentence(later)).toMatch(
      new RegExp(`differ at step ${later.first! + 1}; their ways part at step ${later.parting! + 1}\\.$`),
    )
    expect(partingSentence(lockstep(a, a))).toBe('The two worlds do the same.')
  })

  test('3.20-rc0 and 4.0-rc1 under Xen: the same word in two tests, with its numbers', () => {
    const said = difference(written('cow', 'rc0', xenPv), written('cow', 'rc1', xenPv), 'first')
    expect(said).toMatchObject({
      parts: true,
      words: 'The same word, the same question, two answers.',
      a: { asked: 'flags & PROTNONE', numbers: '0x165 & 0x100 = 0x100', verdict: 'yes', next: 'do_numa_page' },
      b: {
        asked: '(flags & (PROTNONE | PRESENT)) == PROTNONE',
        numbers: '0x165 & 0x101 = 0x101, 0x101 == 0x100',
        verdict: 'no',
        next: 'lock, pte_same?',
      },
    })
  })

  test('bare metal and Xen PV: first another word, then the same test answers twice', () => {
    const [bare, xen] = [written('cow', 'rc0', bareMetal), written('cow', 'rc0', xenPv)]
    const first = difference(bare, xen, 'first')!
    expect(first).toMatchObject({ parts: false, words: 'The same step, another word: the frame differs.' })
    expect(first.a.numbers).not.toBe(first.b.numbers)
    const parting = difference(bare, xen, 'parting')!
    expect(parting.words).toBe('Two words, one test, two answers.')
    expect([parting.a.verdict, parting.b.verdict]).toEqual(['no', 'yes'])
  })

  test('every difference of every two worlds is said, and where a test answers, the answers are not the same', () => {
    for (const { id } of SCENARIOS) {
      const runs = KERNELS.flatMap(({ id: kernel }) => PLATFORMS.map((platform) => written(id, kernel, platform)))
      for (const [index, a] of runs.entries()) {
        for (const b of runs.slice(index + 1)) {
          const places: (Difference | null)[] = [difference(a, b, 'first'), difference(a, b, 'parting')]
          for (const said of places.filter((each) => each !== null)) {
            expect(said.words).not.toBe('')
            expect(said.a.asked !== '' && said.b.asked !== '').toBe(true)
            if (said.a.verdict && said.b.verdict && said.parts) expect(said.a.verdict).not.toBe(said.b.verdict)
            if (!said.parts) expect(said.a.numbers).not.toBe(said.b.numbers)
          }
        }
      }
    }
  })
})

test('two entries differ in flags, named, and in the frame as one', () => {
  const [a, b] = [pte(0x6234_5165, 0x8000_0000), pte(0x6234_6167, 0x8000_0000)]
  expect(xor(a, b)).toEqual(pte(0x3002, 0))
  expect(differenceOf(a, b)).toEqual({ bits: [1], frame: true })
  expect(differenceWords(differenceOf(a, b))).toBe('RW and the frame')
  expect(differenceWords(differenceOf(a, pte(0x6234_5065, 0)))).toBe('NX and bit 8')
  expect(differenceWords(differenceOf(a, a))).toBe('')
})

test('the entry of both worlds is compared in a sentence', () => {
  const [a, b] = [written('cow', 'rc0', xenPv), written('cow', 'rc1', xenPv)]
  const sentence = (at: number) => entrySentence(sceneAt(a, at), sceneAt(b, at), 0, scenarioById('cow')!.page)
  expect(sentence(0)).toMatch(/is the same word in both/)
  expect(sentence(Infinity)).toMatch(/differs in .*RW and the frame/)
})

test('where two worlds begin with other words, those are counted', () => {
  const begin = (a: string, b: string, platform: Setting['platform']) =>
    beginOtherwise(written('cow', a, xenPv), written('cow', b, platform))
  expect(begin('rc0', 'rc1', xenPv).other).toBe(0)
  const { other, all } = begin('rc0', 'rc0', bareMetal)
  expect(other > 0 && other < all).toBe(true)
})
