import { GLOBAL, PRESENT, USER } from '../arch/pte'
import { ENTRIES } from '../arch/vaddr'
import { COVERS, inDrawingOrder, type Level, type TableSet } from '../trace/table-set'

const LEVELS: readonly Level[] = [0, 1, 2, 3]
const TABLES_PER_LEVEL = 64

/** How many entries the synthetic tables have. */
export const SYNTHETIC_ENTRIES = LEVELS.length * TABLES_PER_LEVEL * ENTRIES

/** Four levels of 64 tables, every entry in use. Made up: no process looks like this, but none has more to draw. */
export function syntheticTables(): TableSet {
  const tables = LEVELS.flatMap((level) =>
    Array.from({ length: TABLES_PER_LEVEL }, (_, table) => ({
      level,
      base: table * COVERS[level] * ENTRIES,
      second: false,
      words: wordsOf(level * TABLES_PER_LEVEL + table),
    })),
  )
  return {
    tables: inDrawingOrder(tables),
    platform: 'xen',
    linuxPresent: { form: 'any', name: 'pte_present', mask: PRESENT | GLOBAL },
    areaAt: () => 'synthetic',
  }
}

/** Entries with PRESENT, bit 8 in about half of them. */
function wordsOf(seed: number): Uint32Array {
  const words = new Uint32Array(2 * ENTRIES)
  for (let index = 0; index < ENTRIES; index++) {
    words[2 * index] = PRESENT | USER | ((index * 7 + seed * 13) % 5 < 2 ? GLOBAL : 0)
  }
  return words
}

/** The tables with bit 8 of every entry turned over. */
export function turnAll(set: TableSet): TableSet {
  for (const { words } of set.tables) {
    for (let at = 0; at < words.length; at += 2) words[at]! ^= GLOBAL
  }
  return { ...set, tables: set.tables.slice() }
}

/** The tables with bit 8 of one entry turned over. */
export function turnOne(set: TableSet, table: number, index: number): TableSet {
  set.tables[table]!.words[2 * index]! ^= GLOBAL
  return { ...set, tables: set.tables.slice() }
}
