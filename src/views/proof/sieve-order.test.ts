import { expect, test } from 'vitest'
import { SIEVE_ORDER } from './sieve-order'

test('every test stands in the sieve once', () => {
  expect(SIEVE_ORDER.toSorted((a, b) => a - b)).toEqual([...Array(16).keys()])
})

test('neighbours differ in one square', () => {
  const changes = SIEVE_ORDER.slice(1).map((yes, index) => yes ^ SIEVE_ORDER[index]!)
  for (const change of changes) expect([1, 2, 4, 8]).toContain(change)
})

test('tests that agree on plain pages and on marked ones stand side by side', () => {
  const groups = SIEVE_ORDER.map((yes) => yes & 0b110)
  const begins = groups.filter((group, index) => group !== groups[index - 1])
  expect(begins).toHaveLength(4)
})
