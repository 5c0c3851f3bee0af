import { expect, test } from 'vitest'
import { allSteps, step, stepById, type Step } from './step'

test('a step is found by its number, which is its place; a number that no step has is a mistake', () => {
  const made: Step<never> = step<never>({ name: 'made', rule: null, lane: 'hand', to: () => [made], run: () => made })
  expect(stepById(made.id)).toBe(made)
  expect(allSteps().at(-1)).toBe(made)
  expect(allSteps().every(({ id }, place) => id === place)).toBe(true)
  for (const id of [made.id + 1, -1]) expect(() => stepById(id)).toThrow(`No step has number ${id}`)
})
