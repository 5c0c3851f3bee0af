import { holds, type Predicate } from '../arch/predicate'
import { PAT, PRESENT, pte, type Pte } from '../arch/pte'
import { ENTRIES, indices, PAGE_SIZE } from '../arch/vaddr'
import type { MachineId } from '../machine/platforms'

/** A level of table, by its place in LEVELS: 0 is the root (PGD), 3 holds the entries of pages (PTE). */
export type Level = 0 | 1 | 2 | 3
export const LAST: Level = 3

/** Bytes that one entry of each level covers. */
export const COVERS = [2 ** 39, 2 ** 30, 2 ** 21, PAGE_SIZE] as const

/** One page table as it lies in memory. */
export interface Table {
  readonly level: Level
  /** First address that it covers. */
  readonly base: number
  /** The root that is in use while a program runs, where that is another one than the kernel's. */
  readonly second: boolean
  /** 512 entries: low half, high half, low half … */
  readonly words: Uint32Array
}

/** Every table of a process, and what it takes to read the entries. */
export interface TableSet {
  /** Tables of pages in rising order of address, then those that lead to them, the root first. */
  readonly tables: readonly Table[]
  readonly platform: MachineId
  /** Which entries Linux takes for present. */
  readonly linuxPresent: Predicate
  /** What lies at an address, in a few words; empty where nothing is known. */
  readonly areaAt: (address: number) => string
}

/** One entry of a set: which table, and which of its 512. */
export interface EntryPlace {
  readonly table: number
  readonly index: number
}

/** What an entry is. `shut`: Linux knows a page behind it, and the CPU may not use it. */
export const KIND = { empty: 0, swap: 1, table: 2, open: 3, shut: 4 } as const
export type Kind = (typeof KIND)[keyof typeof KIND]

/** What an entry of this level is, by its word and by what this Linux takes for present. */
export function kindOf(level: Level, lo: number, hi: number, linuxPresent: Predicate): Kind {
  if (lo === 0 && hi === 0) return KIND.empty
  if (lo & PRESENT) return level === LAST || (level > 0 && lo & PSE) ? KIND.open : KIND.table
  return holds(linuxPresent, lo) ? KIND.shut : KIND.swap
}

/** In an upper entry: it maps a huge page itself. The place of PAT in an entry of the last level. */
const PSE = PAT

/** The order in which tables are drawn: those of pages first, then from the root down. */
export const inDrawingOrder = (tables: readonly Table[]): readonly Table[] =>
  tables.toSorted((a, b) => rank(a) - rank(b) || a.base - b.base)

const rank = ({ level, second }: Table): number => (level === LAST ? 0 : 1 + 2 * level + (second ? 1 : 0))

/** The word at a place. */
export function wordAt(set: TableSet, { table, index }: EntryPlace): Pte {
  const { words } = set.tables[table]!
  return pte(words[2 * index]!, words[2 * index + 1]!)
}

/** What the entry at a place is. */
export function kindAtPlace(set: TableSet, place: EntryPlace): Kind {
  const { lo, hi } = wordAt(set, place)
  return kindOf(set.tables[place.table]!.level, lo, hi, set.linuxPresent)
}

/** First address that an entry covers. */
export function addressAt({ tables }: TableSet, { table, index }: EntryPlace): number {
  const { level, base } = tables[table]!
  return base + index * COVERS[level]
}

/** The entry of a level that an address goes through; null where no table of that level covers it. */
export function placeAt(set: TableSet, address: number, level: Level = LAST, second = false): EntryPlace | null {
  const covered = COVERS[level] * ENTRIES
  const base = Math.floor(address / covered) * covered
  const table = set.tables.findIndex((each) => each.level === level && each.base === base && each.second === second)
  return table < 0 ? null : { table, index: indices(address)[level] }
}

/** The lowest entry on the way to an address: where its way ends, whether or not that entry leads on. */
export function deepestAt(set: TableSet, address: number): EntryPlace | null {
  for (const level of [3, 2, 1, 0] as const) {
    const place = placeAt(set, address, level)
    if (place) return place
  }
  return null
}

/** The entries on the way from the root to an entry, that one included, root first. */
export function pathTo(set: TableSet, place: EntryPlace): readonly EntryPlace[] {
  const { level, second } = set.tables[place.table]!
  if (second) return [place]
  const address = addressAt(set, place)
  const above = ([0, 1, 2] as const).filter((each) => each < level).map((each) => placeAt(set, address, each))
  return [...above.filter((each) => each !== null), place]
}
