import { expect, it } from 'vitest'
import { moveInGrid } from './grid-move'

const size = { rows: 5, cols: 14, page: 3 }
const middle = { row: 2, col: 6 }

it.each([
  ['ArrowLeft', false, { row: 2, col: 5 }],
  ['ArrowRight', false, { row: 2, col: 7 }],
  ['ArrowUp', false, { row: 1, col: 6 }],
  ['ArrowDown', false, { row: 3, col: 6 }],
  ['Home', false, { row: 2, col: 0 }],
  ['End', false, { row: 2, col: 13 }],
  ['Home', true, { row: 0, col: 0 }],
  ['End', true, { row: 4, col: 13 }],
  ['PageUp', false, { row: 0, col: 6 }],
  ['PageDown', false, { row: 4, col: 6 }],
])('%s (ctrl %s) moves and stays inside', (key, ctrl, to) => {
  expect(moveInGrid(key, ctrl, middle, size)).toEqual(to)
})

it('leaves every other key to the browser and the app', () => {
  for (const key of ['Enter', ' ', 'Tab', '?', 'a']) expect(moveInGrid(key, false, middle, size)).toBeNull()
  expect(moveInGrid('ArrowLeft', true, middle, size)).toBeNull()
})
