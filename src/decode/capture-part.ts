import { PRESENT, RW } from '../arch/pte'
import { isCopyOnWrite, VM_WRITE } from '../kernel/protection'
import { kindAt, vmaAt, type Capture } from './capture'
import type { Part } from './capture-scenario'
import { COVERS, isLeafAt, LEVEL } from './captured-entries'

/** Entries that one machine is built from at most; every recording that comes with the app is smaller. */
export const PART_ENTRIES = 4096
/** And tables: each takes room for all of its 512 entries. */
const PART_TABLES = 64

/** The entries around one of them that a machine can be built from: as many as it takes, about half of them before it. */
export function partAround(capture: Capture, entry: number): Part {
  const first = reach(capture, entry, -1, PART_ENTRIES / 2, PART_TABLES / 2)
  const end = reach(capture, first, 1, PART_ENTRIES, PART_TABLES) + 1
  // Near the end of the recording there is room left before it.
  return { first: reach(capture, end - 1, -1, PART_ENTRIES, PART_TABLES), end }
}

/** The last entry, from `from` on in one direction, that `entries` entries and `tables` tables lead to. */
function reach({ entries }: Capture, from: number, step: 1 | -1, most: number, mostTables: number): number {
  let tables = 0
  let table = Number.NaN
  let at = from
  for (let taken = 0; taken < most && at >= 0 && at < entries.count; taken++, at += step) {
    if (entries.level[at] !== LEVEL.PTE) continue
    const own = Math.floor(entries.address[at]! / COVERS[LEVEL.PMD])
    if (own !== table && ++tables > mostTables) break
    table = own
  }
  return at - step
}

/** The entry that a reader is shown first: one that a write would fault on, else one that maps a page, else the first. */
export function firstEntry(capture: Capture): number {
  const { count, lo } = capture.entries
  let mapped = -1
  for (let i = 0; i < count; i++) {
    if (!isLeafAt(capture.entries, i)) continue
    const kind = kindAt(capture, i)
    if (kind === 'numa-hint') return i
    if (kind !== 'present') continue
    if (mapped < 0) mapped = i
    const flags = capture.vmas[vmaAt(capture, capture.entries.address[i]!)]?.flags ?? 0
    if ((lo[i]! & (PRESENT | RW)) === PRESENT && flags & VM_WRITE && isCopyOnWrite(flags)) return i
  }
  return Math.max(0, mapped)
}

/** The entry of the page that an address lies in; where that has none, the next one after it, or the last. */
export function entryNear({ entries }: Capture, address: number): number {
  let found = -1
  for (let i = 0; i < entries.count; i++) {
    if (!isLeafAt(entries, i)) continue
    found = i
    if (entries.address[i]! + COVERS[entries.level[i]!]! > address) return i
  }
  return Math.max(0, found)
}
