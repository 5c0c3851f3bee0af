import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Codebook, TooManyValues } from './codebook'

const word = fc.nat(0xffff_ffff)

test('a value keeps the number it got first, and a number gives its value back', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(word, fc.nat(5)), { minLength: 1, maxLength: 120 }), (values) => {
      const codebook = new Codebook(values[0]!)
      const numbers = new Map<number, number>()
      for (const value of values) {
        if (!numbers.has(value)) numbers.set(value, numbers.size)
        expect(codebook.codeOf(value)).toBe(numbers.get(value))
      }
      for (const [value, code] of numbers) expect(codebook.valueOf(code)).toBe(value)
      expect(codebook.size).toBe(numbers.size)
    }),
  )
})

test('more values than a small number can tell apart are refused, not mixed up', () => {
  const codebook = new Codebook(0)
  for (let value = 1; value < 255; value++) codebook.codeOf(value)
  expect(() => codebook.codeOf(255)).toThrow(TooManyValues)
  expect(codebook.codeOf(254)).toBe(254)
})
