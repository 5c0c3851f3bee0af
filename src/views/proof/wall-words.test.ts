import { expect, test } from 'vitest'
import { holds } from '../../arch/predicate'
import { KERNELS, v3_20_rc0, v4_0_rc1 } from '../../kernel/variants'
import { bitsOf, verdictOn, wordName } from './wall-words'

const WORDS = [...Array(4096).keys()]
const NOWHERE = { bare: new Uint8Array(4096), xen: new Uint8Array(4096) }

test('what the wall says is what each kernel’s own test says, word by word', () => {
  for (const kernel of KERNELS)
    for (const word of WORDS) expect(verdictOn(kernel, word) !== 'no').toBe(holds(kernel.hint, word))
})

test('the fix misjudges no word, the test before it a quarter of them', () => {
  const misjudged = (kernel: typeof v4_0_rc1) => WORDS.filter((word) => verdictOn(kernel, word) === 'misjudged').length
  expect(misjudged(v4_0_rc1)).toBe(0)
  expect(misjudged(v3_20_rc0) * 4).toBe(WORDS.length)
})

test('bit 8 goes by the name that PRESENT gives it', () => {
  expect(bitsOf(0x101)).toEqual(['GLOBAL', 'PRESENT'])
  expect(bitsOf(0x100)).toEqual(['PROTNONE'])
  expect(wordName(0, v3_20_rc0, NOWHERE)).toBe(
    '0x000: no bit; 3.20-rc0 says no. No page of the model is ever like this.',
  )
})
