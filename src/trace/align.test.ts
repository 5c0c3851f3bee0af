import fc from 'fast-check'
import { expect, test } from 'vitest'
import { align } from './align'

const list = fc.array(fc.constantFrom('p', 'q', 'r'), { maxLength: 12 })

/** How many keys can meet: every choice tried. */
function most(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0 || b.length === 0) return 0
  if (a[0] === b[0]) return 1 + most(a.slice(1), b.slice(1))
  return Math.max(most(a.slice(1), b), most(a, b.slice(1)))
}

test('each place appears once and in order, only equal keys meet, and no more of them could', () => {
  fc.assert(
    fc.property(list, list, (a, b) => {
      const pairs = align(a, b)
      expect(pairs.flatMap((pair) => (pair.a === null ? [] : [pair.a]))).toEqual([...a.keys()])
      expect(pairs.flatMap((pair) => (pair.b === null ? [] : [pair.b]))).toEqual([...b.keys()])
      const met = pairs.filter((pair) => pair.a !== null && pair.b !== null)
      for (const pair of met) expect(a[pair.a!]).toBe(b[pair.b!])
      expect(met).toHaveLength(most(a, b))
    }),
  )
})

test('without counterparts, those of the first list come first', () => {
  expect(align(['x', 'p', 'y'], ['x', 'q', 'y'])).toEqual([
    { a: 0, b: 0 },
    { a: 1, b: null },
    { a: null, b: 1 },
    { a: 2, b: 2 },
  ])
})

test('lists too long and too unlike to compare are laid beside each other by their ends alone', () => {
  const numbered = (letter: string) => ['same', ...Array.from({ length: 2500 }, (_, at) => `${letter}${at}`), 'end']
  const pairs = align(numbered('a'), numbered('b'))
  expect(pairs).toHaveLength(5002)
  expect(pairs.at(-1)).toEqual({ a: 2501, b: 2501 })
})
