import { expect, it } from 'vitest'
import { rowsInView } from './row-window'

it('draws every row that can be seen, and few others', () => {
  for (let top = 0; top <= 300 * 26 - 416; top += 7) {
    const { first, end } = rowsInView(top, 416, 26, 300)
    expect(first).toBeLessThanOrEqual(Math.floor(top / 26))
    expect(end).toBeGreaterThanOrEqual(Math.ceil((top + 416) / 26))
    expect(end - first).toBeLessThanOrEqual(16 + 1 + 24)
  }
})

it('stays inside the table, and starts small before the box has a height', () => {
  expect(rowsInView(0, 416, 26, 300).first).toBe(0)
  expect(rowsInView(300 * 26 - 416, 416, 26, 300).end).toBe(300)
  expect(rowsInView(0, 0, 0, 300)).toEqual({ first: 0, end: 48 })
})
