import { PRESENT, PROTNONE } from '../arch/pte'
import type { Predicate } from '../arch/predicate'
import { ENTRIES } from '../arch/vaddr'
import { COVERS, inDrawingOrder, type Level, type Table, type TableSet } from '../trace/table-set'
import { areaAt, vmaAt, type Capture } from './capture'
import { LEVEL } from './captured-entries'

/** What the recorded kernel, Linux 6.1, takes for present. */
const LINUX_6_1: Predicate = { form: 'any', name: 'pte_present', mask: PRESENT | PROTNONE }

/** Every table of a recorded process, word for word. Entries that the recording does not list were empty. */
export function capturedTables(capture: Capture): TableSet {
  const { count, level, address, lo, hi } = capture.entries
  const tables = new Map<string, Table>()
  for (let i = 0; i < count; i++) {
    const second = level[i] === LEVEL.UPGD
    const { words, base } = tableFor(tables, second ? 0 : (level[i] as Level), second, address[i]! % INDEXED)
    const index = ((address[i]! % INDEXED) - base) / COVERS[second ? 0 : (level[i] as Level)]
    words[2 * index] = lo[i]!
    words[2 * index + 1] = hi[i]!
  }
  return {
    tables: inDrawingOrder([...tables.values()]),
    platform: capture.platform,
    linuxPresent: LINUX_6_1,
    areaAt: (at) => areaName(capture, at),
  }
}

/** The part of an address that tables are indexed with: 48 bits. */
const INDEXED = 2 ** 48

/** The table that an entry stands in; a new one where it is the first. */
function tableFor(tables: Map<string, Table>, level: Level, second: boolean, address: number): Table {
  const covered = COVERS[level] * ENTRIES
  const base = Math.floor(address / covered) * covered
  const key = [level, second, base].join()
  const table = tables.get(key) ?? { level, base, second, words: new Uint32Array(2 * ENTRIES) }
  tables.set(key, table)
  return table
}

/** The area that the recorded program laid out, or the last part of the mapping's name. */
const areaName = (capture: Capture, address: number): string =>
  areaAt(capture, address) || (capture.vmas[vmaAt(capture, address)]?.name.split('/').at(-1) ?? '')
