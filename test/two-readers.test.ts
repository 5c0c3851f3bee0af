import { describe, expect, test } from 'vitest'
import {
  ACCESSED,
  DIRTY,
  EMPTY,
  PRESENT,
  PROTNONE,
  pte,
  RW,
  SPECIAL,
  toHex,
  USER,
  withFrame,
  type Pte,
} from '../src/arch/pte'
import { anonymous } from '../src/clinic/context'
import { touches } from '../src/clinic/touch'
import { kernelById } from '../src/kernel/variants'
import { readersOf } from '../src/trace/two-readers'

/** What Linux says, by the first function that a fault on such an entry enters. */
const SAYS: Readonly<Record<string, RegExp>> = {
  do_numa_page: /^My own note/,
  do_swap_page: /not in memory/,
  do_anonymous_page: /^Nothing is mapped/,
  do_wp_page: /must not be written/,
}

const WORDS = [PRESENT, 0].flatMap((present) =>
  [PROTNONE, 0].flatMap((bit8) => [RW, 0].map((rw) => present | bit8 | rw | USER | ACCESSED | DIRTY)),
)

describe.each(['3.19', 'rc0', 'rc1', '6.1', 'p0', 'p1', 'p8', 'p15'])('to Linux %s', (id) => {
  const kernel = kernelById(id)!
  const said = (word: Pte): string => readersOf(word, kernel)[1]!.says
  const pathOf = (word: Pte) =>
    touches({
      word,
      level: 'PTE',
      asVal: false,
      address: 0x7f5e_c000_0000,
      vma: anonymous('rw'),
      shared: true,
      machine: 'bare',
      kernel,
      byKernel: false,
      moving: false,
    }).write

  test.each(WORDS.map((lo) => [toHex(pte(lo, 0)).slice(-3), lo] as const))(
    'a word …%s is what its fault path makes of it',
    (_, lo) => {
      const word = withFrame(pte(lo, 0), 0x62345, kernel.frameBits)
      const { path, end } = pathOf(word)
      const first = path.find((name) => name in SAYS)
      // Where the CPU does not ask, Linux says what it would.
      const says = end === 'no fault' ? /^A page, writable|^My own note/ : first ? SAYS[first]! : /^A page, writable/
      expect([first, said(word)]).toEqual([first, expect.stringMatching(says)])
    },
  )

  test('an empty word is an empty one', () => {
    expect(pathOf(EMPTY).path).toContain('do_anonymous_page')
    expect(said(EMPTY)).toMatch(SAYS.do_anonymous_page!)
  })
})

test('a mark by bit 9 is a note to the kernels that use it, and nothing to the others', () => {
  const marked = withFrame(pte(SPECIAL | USER | RW, 0), 0x62345)
  expect(readersOf(marked, kernelById('3.19')!)[1]!.says).toMatch(SAYS.do_numa_page!)
  expect(readersOf(marked, kernelById('rc1')!)[1]!.says).toMatch(SAYS.do_swap_page!)
})
