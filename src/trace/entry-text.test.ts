import { expect, test } from 'vitest'
import { addressText } from '../arch/vaddr'
import { MARK, markTable } from './entry-marks'
import { differenceText, numberText, shareText } from './difference-text'
import { entryAddress, entryMeaning, entrySpoken, flagNames } from './entry-text'
import { countFlags } from './flag-counts'
import type { Level, Table, TableSet } from './table-set'
import type { MachineId } from '../machine/platforms'

const LINUX = { form: 'any', name: 'pte_present', mask: 0x101 } as const
const tableOf = (level: Level, words: readonly number[], second = false): Table => {
  const table = { level, base: 0, second, words: new Uint32Array(1024) }
  for (const [index, lo] of words.entries()) table.words[2 * index] = lo
  return table
}
const setOf = (tables: readonly Table[], platform: MachineId = 'xen'): TableSet => ({
  tables,
  platform,
  linuxPresent: LINUX,
  areaAt: (address) => (address < 0x2000 ? 'heap' : ''),
})
/** Empty, GLOBAL, PROTNONE, present without bit 8, swap. */
const WORDS = [0, 0x165, 0x160, 0x65, 0xfe02]
const set = setOf([tableOf(3, WORDS), tableOf(2, [0x67, 0xe7, 0x167])])

test('what an entry means is said by its word and its level', () => {
  const said = WORDS.map((_, index) => entryMeaning(set, { table: 0, index }, index === 1))
  expect(said).toEqual([
    'Empty.',
    'PRESENT is 1, so bit 8 is GLOBAL: Xen set it.',
    'PRESENT is 0, so bit 8 is PROTNONE: Linux set it to shut the page.',
    'PRESENT is 1, bit 8 is 0.',
    'A place in swap: its bits are no flags.',
  ])
  expect(entryMeaning(set, { table: 1, index: 0 }, false)).toContain('Leads to a table. Bit 8 is 0: Xen')
  expect(entryMeaning(setOf(set.tables, 'bare'), { table: 1, index: 0 }, false)).toBe('Leads to a table. Bit 8 is 0.')
  expect(entryMeaning(set, { table: 1, index: 1 }, false)).toBe('A huge page. PRESENT is 1, bit 8 is 0.')
})

test('a reader who hears it hears level, address, area, meaning and flags, bit 8 by the name that counts', () => {
  expect(entrySpoken(set, { table: 0, index: 1 }, true)).toBe(
    'PTE 1, 0x00001000, heap. PRESENT is 1, so bit 8 is GLOBAL: Xen set it. ' +
      'Flags: PRESENT, USER, ACCESSED, DIRTY, GLOBAL.',
  )
  expect(entrySpoken(set, { table: 0, index: 2 }, false)).toContain('PROTNONE.')
  expect(entrySpoken(set, { table: 0, index: 4 }, false)).not.toContain('Flags')
  expect(flagNames({ lo: 0x100, hi: 0x8000_0000 })).toEqual(['PROTNONE', 'NX'])
})

test('addresses of the upper half are written with the bits that repeat bit 47', () => {
  const roots = setOf([tableOf(0, [], true)])
  expect(entryAddress(roots, { table: 0, index: 258 })).toBe('0xffff810000000000')
  expect(entryAddress(roots, { table: 0, index: 254 })).toBe(addressText(0x7f00_0000_0000))
})

test('each square is marked by the flag that is looked at', () => {
  const marks = (bit: number) => {
    const into = new Uint8Array(512)
    markTable(set.tables[0]!, LINUX, bit, into)
    return Array.from(into).slice(0, 6)
  }
  const { empty, swap, clear, set: filled, shut } = MARK
  expect(marks(8)).toEqual([empty, filled, shut, clear, swap, empty])
  expect(marks(0)).toEqual([empty, filled, clear, filled, swap, empty])
  expect(marks(40)).toEqual([empty, clear, clear, clear, swap, empty])
})

test('shares never round to none or all', () => {
  expect([0, 0.001, 0.096, 0.999, 1].map((share) => shareText(share).replace('\u00a0', ' '))).toEqual([
    '0 %',
    '<1 %',
    '10 %',
    '>99 %',
    '100 %',
  ])
  expect([0, 999, 1000, 4128, 131072].map(numberText)).toEqual(['0', '999', '1,000', '4,128', '131,072'])
})

test('the difference of two processes is said in counts where they are of one size, else in shares', () => {
  const names = ['on bare metal', 'on Xen PV'] as const
  const text = (a: readonly number[], b: readonly number[]) =>
    differenceText(names, countFlags(setOf([tableOf(3, a)])), countFlags(setOf([tableOf(3, b)])))
  expect(text([0x25, 0x25], [0x25, 0x25])).toBe('No flag differs.')
  expect(text([0x25, 0x25], [0x125, 0x125])).toBe(
    'Bit 8 is the only flag that differs: 0 entries on bare metal, 2 on Xen PV.',
  )
  expect(text([0x25, 0x65], [0x125, 0x125, 0x125])).toBe(
    '2 of 13 flags differ, bit 8 most: 0\u00a0% on bare metal, 100\u00a0% on Xen PV.',
  )
})
