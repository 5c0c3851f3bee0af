import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { countFlags, differingFlags, inUse } from '../trace/flag-counts'
import { LAST, pathTo, placeAt, wordAt, type Level } from '../trace/table-set'
import type { Capture } from './capture'
import { countEntries } from './capture-counts'
import { readCapture } from './capture-reader'
import { LEVEL, wordAt as listedWord } from './captured-entries'
import { capturedTables } from './captured-tables'

const result = readCapture(readFileSync('src/decode/recordings.txt', 'utf8'))
if (!result.ok) throw new Error(result.message)
const { captures } = result
/** What was published leaves out the two moments of execve. */
const on = (platform: Capture['platform']) =>
  captures.filter((capture) => capture.platform === platform && !capture.name.includes('exec'))
const named = (name: string) => captures.find((capture) => capture.name === name)!

describe.each(captures)('$name, zoomed out', (capture) => {
  const set = capturedTables(capture)

  it('holds each listed word at its place, and nothing else', () => {
    let listed = 0
    for (let i = 0; i < capture.entries.count; i++) {
      const level = capture.entries.level[i]!
      const second = level === LEVEL.UPGD
      const place = placeAt(set, capture.entries.address[i]! % 2 ** 48, (second ? 0 : level) as Level, second)!
      const word = listedWord(capture.entries, i)
      expect(wordAt(set, place)).toEqual(word)
      if (word.lo || word.hi) listed++
    }
    const there = set.tables.reduce(
      (sum, { words }) => sum + words.filter((word, at) => at % 2 === 0 && (word || words[at + 1])).length,
      0,
    )
    expect(there).toBe(listed)
  })

  it('leads from the root to each table of pages through entries that are there', () => {
    for (const [table, { level }] of set.tables.entries()) {
      if (level !== LAST) continue
      const path = pathTo(set, { table, index: 0 })
      expect(path.map((place) => set.tables[place.table]!.level)).toEqual([0, 1, 2, 3])
      for (const place of path.slice(0, 3)) expect(wordAt(set, place).lo & 1).toBe(1)
    }
  })

  it('counts what a count of the list counts', () => {
    const counts = countFlags(set)
    const listed = countEntries(capture)
    // In the word of a huge page, bit 7 says that it is one.
    const withoutPat = (withBit: readonly number[]) => withBit.with(7, 0)
    const shut = listed['numa-hint'].withBit.map((count, bit) => count + listed['prot_none-vma'].withBit[bit]!)
    expect(counts.open.entries).toBe(listed.present.entries)
    expect(withoutPat(counts.open.withBit)).toEqual(withoutPat(listed.present.withBit))
    expect(counts.shut.entries).toBe(listed['numa-hint'].entries + listed['prot_none-vma'].entries)
    expect(withoutPat(counts.shut.withBit)).toEqual(withoutPat(shut))
    expect(counts.swap).toEqual(listed['swap-or-migration'])
    expect(counts.table).toEqual(listed.table)
    expect(counts.open.withBit[7]! + counts.shut.withBit[7]!).toBe(0)
  })
})

/** The numbers that the recordings were published with, all seven walks of a machine added up. */
const PUBLISHED = {
  bare: { open: 5007, openBit8: 0, shut: 3832 + 338, swap: 64, table: 86 },
  xen: { open: 8587, openBit8: 8587, shut: 6384 + 1360, swap: 64, table: 150 },
} as const

test.each(['bare', 'xen'] as const)('%s: bit 8 is where the recordings were published to have it', (platform) => {
  const all = on(platform).map((capture) => countFlags(capturedTables(capture)))
  expect(all).toHaveLength(7)
  const sum = (value: (counts: (typeof all)[number]) => number) => all.reduce((total, each) => total + value(each), 0)
  const published = PUBLISHED[platform]
  expect(sum(({ open }) => open.entries)).toBe(published.open)
  expect(sum(({ open }) => open.withBit[8]!)).toBe(published.openBit8)
  expect(sum(({ shut }) => shut.entries)).toBe(published.shut)
  expect(sum(({ shut }) => shut.withBit[8]!)).toBe(published.shut)
  expect(sum(({ swap }) => swap.entries)).toBe(published.swap)
  expect(sum(({ swap }) => swap.withBit[8]!)).toBe(0)
  expect(sum(({ table }) => table.entries)).toBe(published.table)
  expect(sum(({ table }) => table.withBit[8]!)).toBe(0)
})

test('the same program on two machines differs in more than bit 8', () => {
  const [bare, xen] = ['bare-parent', 'xen-parent'].map((name) => countFlags(capturedTables(named(name))))
  expect(inUse(bare!)).not.toBe(inUse(xen!))
  expect(differingFlags(bare!, xen!).length).toBeGreaterThan(1)
})

test('in an area that both have alike, every entry is counted and no table', () => {
  const [bare, xen] = ['bare-parent', 'xen-parent'].map((name) =>
    countFlags(capturedTables(named(name)), 'fork-shared-cow'),
  )
  expect(bare!.open.entries).toBe(xen!.open.entries)
  expect(bare!.open.withBit[8]).toBe(0)
  expect(xen!.open.withBit[8]).toBe(xen!.open.entries)
  expect(xen!.table.entries).toBe(0)
  expect(differingFlags(bare!, xen!).map(({ bit }) => bit)).toEqual([8])
})
