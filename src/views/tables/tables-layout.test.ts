import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cornerOf, entryUnder, layOutTables, squareOf, tablesBetween, type LayoutRoom } from './tables-layout'

const rooms: fc.Arbitrary<LayoutRoom> = fc.record({
  width: fc.integer({ min: 200, max: 2400 }),
  height: fc.integer({ min: 100, max: 1400 }),
  ratio: fc.constantFrom(1, 1.25, 1.5, 2, 3),
  smallest: fc.constantFrom(5, 6),
  largest: fc.constant(12),
})
const counts = fc.integer({ min: 1, max: 300 })
const layouts = fc
  .tuple(counts, rooms)
  .map(([count, room]) => ({ count, room, layout: layOutTables(count, Math.ceil(count / 2), room) }))

test('a square is made of whole device pixels', () => {
  fc.assert(
    fc.property(layouts, ({ layout, room }) => {
      expect(layout.pitch * room.ratio).toBeCloseTo(Math.round(layout.pitch * room.ratio), 9)
      expect(layout.pitch).toBeGreaterThanOrEqual(room.smallest)
    }),
  )
})

test('tables lie inside the picture and do not touch each other', () => {
  fc.assert(
    fc.property(layouts, ({ count, layout, room }) => {
      for (let table = 0; table < count; table++) {
        const { x, y } = cornerOf(layout, table)
        expect(y + layout.table.height).toBeLessThan(layout.height + 0.001)
        if (layout.columns > 0) expect(x + layout.table.width).toBeLessThan(room.width + 0.001)
        if (table % Math.max(1, layout.columns) > 0) {
          expect(x).toBeGreaterThan(cornerOf(layout, table - 1).x + layout.table.width)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('the first tables fit into the height wherever larger squares than the smallest are taken', () => {
  fc.assert(
    fc.property(layouts, ({ count, layout, room }) => {
      if (layout.pitch * room.ratio <= Math.ceil(room.smallest * room.ratio)) return
      const last = cornerOf(layout, Math.ceil(count / 2) - 1)
      expect(last.y + layout.table.height).toBeLessThan(room.height + 0.001)
    }),
  )
})

test('the entry under a square is that of the square', () => {
  fc.assert(
    fc.property(layouts, fc.nat(511), ({ count, layout }, index) => {
      const table = count - 1
      const { x, y } = squareOf(layout, table, index)
      expect(entryUnder(layout, count, x + layout.pitch / 2, y + layout.pitch / 2)).toEqual({ table, index })
    }),
  )
})

test('beside the tables there is no entry', () => {
  const layout = layOutTables(5, 5, { width: 1000, height: 600, ratio: 1, smallest: 6, largest: 12 })
  expect(entryUnder(layout, 5, -1, 5)).toBeNull()
  expect(entryUnder(layout, 5, 5, 5)).toBeNull()
  expect(entryUnder(layout, 5, 5, layout.height + 50)).toBeNull()
})

test('of a high picture every table that reaches into the span is taken', () => {
  fc.assert(
    fc.property(layouts, fc.nat(5000), fc.integer({ min: 1, max: 1500 }), ({ count, layout }, top, height) => {
      const { first, end } = tablesBetween(layout, count, top, top + height)
      for (let table = 0; table < count; table++) {
        const { y } = cornerOf(layout, table)
        const reaches = y < top + height && y + layout.table.height > top
        if (reaches) expect(table >= first && table < end).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})
