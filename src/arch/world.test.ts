import { expect, test } from 'vitest'
import type { Cell } from './brand'
import { World } from './world'

const cell = (index: number): Cell => index as Cell

test('a state is the one at a mark only where every word before the limit holds what it held then', () => {
  const world = new World(4)
  world.put(cell(0), 1)
  const mark = world.mark
  expect(world.holdsAsAt(mark, 4)).toBe(true)
  world.put(cell(0), 2)
  world.put(cell(1), 7)
  expect(world.holdsAsAt(mark, 4)).toBe(false)
  world.put(cell(0), 1)
  expect(world.holdsAsAt(mark, 4)).toBe(false)
  expect(world.holdsAsAt(mark, 1)).toBe(true)
  world.put(cell(1), 0)
  expect(world.holdsAsAt(mark, 4)).toBe(true)
  expect(world.holdsAsAt(0, 4)).toBe(false)
})

test('taking back undoes every write since the mark, newest first', () => {
  const world = new World(2)
  world.put(cell(0), 1)
  const mark = world.mark
  world.put(cell(0), 2)
  world.put(cell(0), 3)
  world.takeBack(mark)
  expect([...world.words]).toEqual([1, 0])
  expect(world.mark).toBe(mark)
})
