import { describe, expect, test } from 'vitest'
import type { Mfn, Pfn } from '../arch/brand'
import { CellAllocator, World } from '../arch/world'
import { FRAME, Frames, OutOfFrames, OutOfModel } from './frames'

const [HUGE, FIRST, OTHER_NODE, LAST] = [0, 1, 2, 3]

/** Four free frames: two of node 0, one of node 1 between them, and one of 2 MB before them. */
function fresh() {
  const cells = new CellAllocator()
  const names = [512, 10, 20, 30].map((pfn, index) => ({
    pfn: pfn as Pfn,
    mfn: (pfn + 1000) as Mfn,
    huge: index === HUGE,
  }))
  const frames: Frames = new Frames(() => world, names, cells)
  const world = new World(cells.next)
  world.put(frames.nodeCell(OTHER_NODE), 1)
  return { world, frames }
}

describe('free frames', () => {
  test('[MI1] the first one of the node is taken; of another node where that one has none; a huge one never', () => {
    const { world, frames } = fresh()
    expect([frames.take(1), frames.take(1), frames.take(1)]).toEqual([OTHER_NODE, FIRST, LAST])
    expect([FIRST, OTHER_NODE, HUGE, LAST].map((frame) => frames.kind(frame))).toEqual([1, 1, 0, 1])
    const { mark } = world
    expect(() => frames.take(0)).toThrow(OutOfFrames)
    expect(() => frames.take(0)).toThrow(OutOfModel)
    expect(world.mark).toBe(mark)
  })

  test('which one would be taken is told without taking it', () => {
    const { frames } = fresh()
    expect([frames.firstFree(), frames.firstFree(0), frames.firstFree(1), frames.firstFree(2)]).toEqual([
      FIRST,
      FIRST,
      OTHER_NODE,
      null,
    ])
    frames.take(0)
    expect([frames.firstFree(), frames.firstFree(0)]).toEqual([OTHER_NODE, LAST])
  })

  test('[HP2] a huge page takes a frame of 2 MB, while there is one', () => {
    const { frames } = fresh()
    expect(frames.takeHuge()).toBe(HUGE)
    expect(frames.kind(HUGE)).toBe(FRAME.anon)
    expect(() => frames.takeHuge()).toThrow(OutOfFrames)
  })
})

test('[ZP1] an anonymous page that nobody maps any more is free; a page of a file stays', () => {
  const { world, frames } = fresh()
  frames.take(0)
  frames.map(FIRST)
  frames.map(FIRST)
  world.put(frames.kindCell(LAST), FRAME.file)
  frames.map(LAST)
  frames.unmap(FIRST)
  expect([frames.mapcount(FIRST), frames.kind(FIRST)]).toEqual([1, FRAME.anon])
  frames.unmap(FIRST)
  frames.unmap(LAST)
  expect([frames.mapcount(FIRST), frames.kind(FIRST)]).toEqual([0, FRAME.free])
  expect([frames.mapcount(LAST), frames.kind(LAST)]).toEqual([0, FRAME.file])
})

test('a frame is known by either number, and no number that is none', () => {
  const { frames } = fresh()
  expect(frames.count).toBe(4)
  for (const frame of [FIRST, OTHER_NODE, HUGE, LAST]) {
    expect(frames.indexOfPfn(frames.pfn(frame))).toBe(frame)
    expect(frames.indexOfMfn(frames.mfn(frame))).toBe(frame)
  }
  expect([frames.indexOfPfn(1010), frames.indexOfMfn(10)]).toEqual([-1, -1])
  expect([frames.kind(-1), frames.kind(HUGE)]).toEqual([-1, FRAME.free])
  expect([frames.node(FIRST), frames.node(OTHER_NODE)]).toEqual([0, 1])
})
