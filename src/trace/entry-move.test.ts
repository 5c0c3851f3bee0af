import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACROSS, moveInTables, nearestInUse, nextInUse } from './entry-move'
import { COVERS, type EntryPlace, type Table, type TableSet } from './table-set'

/** Six tables of pages, with entries where the numbers say. */
const setOf = (used: readonly number[]): TableSet => {
  const tables: Table[] = Array.from({ length: 6 }, (_, index) => ({
    level: 3,
    base: index * 512 * COVERS[3],
    second: false,
    words: new Uint32Array(1024),
  }))
  for (const at of used) tables[Math.floor(at / 512)]!.words[2 * (at % 512)] = 0x25
  return {
    tables,
    platform: 'bare',
    linuxPresent: { form: 'any', name: 'pte_present', mask: 0x101 },
    areaAt: () => '',
  }
}
const EMPTY = setOf([])
const COLUMNS = 4
const KEYS = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'Home', 'End']
const numberOf = ({ table, index }: EntryPlace) => table * 512 + index
const place = fc.record({ table: fc.nat(5), index: fc.nat(511) })
const move = (key: string, from: EntryPlace, ctrl = false) => moveInTables(key, ctrl, from, EMPTY, COLUMNS)!

test('every key leads to an entry that is there', () => {
  fc.assert(
    fc.property(
      place,
      fc.constantFrom(...KEYS),
      fc.boolean(),
      fc.integer({ min: 1, max: 7 }),
      (from, key, ctrl, columns) => {
        const to = moveInTables(key, ctrl, from, EMPTY, columns)!
        expect(numberOf(to)).toBeGreaterThanOrEqual(0)
        expect(numberOf(to)).toBeLessThan(6 * 512)
        expect(to.index).toBeLessThan(512)
      },
    ),
  )
})

test('the right arrow goes through every entry of every table in turn, the left arrow back', () => {
  let at: EntryPlace = { table: 0, index: 0 }
  for (let count = 1; count < 6 * 512; count++) {
    const next = move('ArrowRight', at)
    expect(numberOf(next)).toBe(count)
    expect(move('ArrowLeft', next)).toEqual(at)
    at = next
  }
  expect(move('ArrowRight', at)).toEqual(at)
})

test('down and up keep the column, also into the table drawn below or above', () => {
  fc.assert(
    fc.property(place, (from) => {
      const below = move('ArrowDown', from)
      expect(below.index % ACROSS).toBe(from.index % ACROSS)
      if (numberOf(below) !== numberOf(from)) expect(move('ArrowUp', below)).toEqual(from)
    }),
  )
  expect(move('ArrowDown', { table: 1, index: 511 })).toEqual({ table: 5, index: 31 })
  expect(move('ArrowDown', { table: 2, index: 511 })).toEqual({ table: 2, index: 511 })
})

test('Home and End mean the row, with Ctrl the process; Page Up and Down the tables', () => {
  expect(move('Home', { table: 2, index: 40 })).toEqual({ table: 2, index: 32 })
  expect(move('End', { table: 2, index: 40 })).toEqual({ table: 2, index: 63 })
  expect(move('Home', { table: 2, index: 40 }, true)).toEqual({ table: 0, index: 0 })
  expect(move('End', { table: 2, index: 40 }, true)).toEqual({ table: 5, index: 511 })
  expect(move('PageDown', { table: 2, index: 40 })).toEqual({ table: 3, index: 40 })
  expect(move('PageUp', { table: 0, index: 40 })).toEqual({ table: 0, index: 40 })
  expect(moveInTables('a', false, { table: 0, index: 0 }, EMPTY, COLUMNS)).toBeNull()
})

test('the next entry in use is the next one that is not empty', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(6 * 512 - 1), { maxLength: 9 }), place, (used, from) => {
      const set = setOf(used)
      const later = used.filter((at) => at > numberOf(from))
      const earlier = used.filter((at) => at < numberOf(from))
      expect(numberOf(nextInUse(set, from, 1))).toBe(later.length > 0 ? Math.min(...later) : numberOf(from))
      expect(numberOf(nextInUse(set, from, -1))).toBe(earlier.length > 0 ? Math.max(...earlier) : numberOf(from))
    }),
  )
})

test('a finger beside an entry means it, and far from all of them the square under it', () => {
  const set = setOf([100])
  expect(nearestInUse(set, { table: 0, index: 102 }, 3)).toEqual({ table: 0, index: 100 })
  expect(nearestInUse(set, { table: 0, index: 100 + 2 * ACROSS }, 3)).toEqual({ table: 0, index: 100 })
  expect(nearestInUse(set, { table: 0, index: 104 }, 3)).toEqual({ table: 0, index: 104 })
  expect(nearestInUse(set, { table: 1, index: 100 }, 3)).toEqual({ table: 1, index: 100 })
})
