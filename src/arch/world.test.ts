import { expect, test } from 'vitest'
import type { Cell } from './brand'
import { World } from './world'

const cell = (index: number): Cell => index as Cell

test('notes say which cell was written and what it held, oldest first', () => {
  const world = new World(4)
  world.put(cell(2), 5)
  const { mark } = world
  world.put(cell(2), 6)
  world.put(cell(1), 7)
  expect([world.notedCell(mark), world.notedBefore(mark)]).toEqual([2, 5])
  expect([world.notedCell(mark + 2), world.notedBefore(mark + 2)]).toEqual([1, 0])
  expect(world.mark).toBe(mark + 4)
})

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

test('a new world has nothing to take back, and hands its notes over once', () => {
  const world = new World(2)
  expect([world.mark, world.takeNotes()]).toEqual([0, []])
  world.add(cell(1), 5)
  world.add(cell(1), 2)
  expect(world.takeNotes()).toEqual([1, 0, 1, 5])
  expect([world.mark, world.get(cell(1))]).toEqual([0, 7])
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
