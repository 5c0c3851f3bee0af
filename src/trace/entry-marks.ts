import type { Predicate } from '../arch/predicate'
import { PROTNONE } from '../arch/pte'
import { ENTRIES } from '../arch/vaddr'
import { KIND, kindOf, type Table } from './table-set'

/** How an entry is drawn while one flag is looked at. `shut`: bit 8 without PRESENT, so Linux set it: PROTNONE. */
export const MARK = { empty: 0, swap: 1, clear: 2, set: 3, shut: 4 } as const

/** The marks of a table's entries, written into 512 bytes. */
export function markTable(table: Table, linuxPresent: Predicate, bit: number, into: Uint8Array): void {
  const half = bit < 32 ? 0 : 1
  const mask = 1 << (bit & 31)
  for (let index = 0; index < ENTRIES; index++) {
    const lo = table.words[2 * index]!
    const hi = table.words[2 * index + 1]!
    const isSet = ((half ? hi : lo) & mask) !== 0
    into[index] = markOf(kindOf(table.level, lo, hi, linuxPresent), isSet, mask === PROTNONE && half === 0)
  }
}

function markOf(kind: number, isSet: boolean, alias: boolean): number {
  if (kind === KIND.empty) return MARK.empty
  if (kind === KIND.swap) return MARK.swap
  if (!isSet) return MARK.clear
  return alias && kind === KIND.shut ? MARK.shut : MARK.set
}
