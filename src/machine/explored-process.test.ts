import { expect, test } from 'vitest'
import { has, PRESENT } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import { FRAME } from '../kernel/frames'
import { freshFlags } from '../kernel/protection'
import { v4_0 } from '../kernel/variants'
import { xenPv } from '../xen/pv'
import { Machine } from './machine'
import { EXPLORED, scenarioById } from './scenario'
import { exploredProcess } from './scenarios/explored-process'

test.each([1, 3])('a process of %i anonymous, writable pages in a row, and not one entry', (pages) => {
  const image = exploredProcess(pages)
  expect(image.mappings).toEqual([{ name: '[heap]', backing: 'anon' }])
  expect(image.pages).toEqual(
    Array.from({ length: pages }, (_, index) => ({
      name: `page ${index + 1}`,
      address: 0x1c3_b000 + 0x1000 * index,
      mapping: 0,
      flags: freshFlags('rw', false),
      fileFrame: -1,
    })),
  )
  expect(image.written).toEqual([false])
  expect(image.swapSlots).toEqual(Array.from({ length: pages + 2 }, () => 0))
})

test('frames for a parent, a child and one more; the machine counts them otherwise than the guest', () => {
  const { frames, zeroFrame, tableOffset } = exploredProcess(2)
  expect(frames[zeroFrame]!.kind).toBe(FRAME.zero)
  const free = frames.filter(({ kind }) => kind === FRAME.free)
  expect(free.map(({ pfn }) => pfn)).toEqual([0x12344, 0x12345, 0x12346, 0x12347, 0x12348])
  for (const { pfn, mfn, mapcount } of frames) expect([mfn - pfn, mapcount]).toEqual([tableOffset, 0])
})

test('the scenarios of the proof: a page that was written and then shared by fork', () => {
  expect(EXPLORED.map(({ id, image }) => [id, image(v4_0, 'xen').pages.length])).toEqual([
    ['x1', 1],
    ['x3', 3],
  ])
  for (const { id, before, opening, page } of EXPLORED) {
    expect(scenarioById(id)).toBeDefined()
    expect([before, page]).toEqual([[], 0])
    expect(opening).toEqual([{ do: 'access', process: 0, page: 0, access: 'write' }, { do: 'fork' }])
  }
})

test.each([bareMetal, xenPv])('every entry that can be written has its place in the list: $name', (platform) => {
  const machine = new Machine(exploredProcess(3), v4_0, platform)
  const slots = machine.entrySlots()
  for (const { slots: leaves } of machine.processes) for (const leaf of leaves) expect(slots).toContain(leaf)
  // Besides the leaves only what leads to a table: three to a process, for all pages share their tables.
  const upper = slots.filter((slot) => has(machine.world.pte(slot), PRESENT))
  expect(upper).toHaveLength(2 * 3)
  expect(slots).toHaveLength(2 * 3 + 2 * 3)
  expect(Math.min(...slots)).toBeGreaterThanOrEqual(machine.firstTableWord)
})
