import { ENTRIES } from '../arch/vaddr'
import { KIND, kindAtPlace, type EntryPlace, type TableSet } from './table-set'

/** A table is drawn as 16 rows of 32 entries. */
export const ACROSS = 32

/**
 * Where a key leads from an entry; null for a key that leads nowhere. Arrows go on into the next table, up and down into
 * the one drawn above or below; PageUp and PageDown keep the place within the table; with Ctrl, left and right leave out
 * empty entries, and Home and End mean the whole process.
 */
export function moveInTables(
  key: string,
  ctrl: boolean,
  from: EntryPlace,
  set: TableSet,
  columns: number,
): EntryPlace | null {
  const last = set.tables.length - 1
  switch (key) {
    case 'ArrowLeft':
      return ctrl ? nextInUse(set, from, -1) : along(from, -1, last)
    case 'ArrowRight':
      return ctrl ? nextInUse(set, from, 1) : along(from, 1, last)
    case 'ArrowUp':
      return down(from, -1, columns, last)
    case 'ArrowDown':
      return down(from, 1, columns, last)
    case 'PageUp':
      return { ...from, table: Math.max(0, from.table - 1) }
    case 'PageDown':
      return { ...from, table: Math.min(last, from.table + 1) }
    case 'Home':
      return ctrl ? { table: 0, index: 0 } : { ...from, index: from.index - (from.index % ACROSS) }
    case 'End':
      return ctrl
        ? { table: last, index: ENTRIES - 1 }
        : { ...from, index: from.index - (from.index % ACROSS) + ACROSS - 1 }
    default:
      return null
  }
}

/** The entry so many places on, through one table after another; the first or last entry where there is no more. */
function along({ table, index }: EntryPlace, by: number, last: number): EntryPlace {
  const at = Math.max(0, Math.min(table * ENTRIES + index + by, (last + 1) * ENTRIES - 1))
  return { table: Math.floor(at / ENTRIES), index: at % ENTRIES }
}

function down({ table, index }: EntryPlace, by: 1 | -1, columns: number, last: number): EntryPlace {
  const next = index + by * ACROSS
  if (next >= 0 && next < ENTRIES) return { table, index: next }
  const below = table + by * columns
  if (below < 0 || below > last) return { table, index }
  return { table: below, index: (next + ENTRIES) % ENTRIES }
}

/** The next entry that is not empty; the entry itself where there is none. */
export function nextInUse(set: TableSet, from: EntryPlace, by: 1 | -1): EntryPlace {
  const last = set.tables.length - 1
  let at = from
  for (;;) {
    const next = along(at, by, last)
    if (next.table === at.table && next.index === at.index) return from
    if (kindAtPlace(set, next) !== KIND.empty) return next
    at = next
  }
}

/** The entry in use that lies nearest in the same table, at most so many squares away; the entry itself where none does. */
export function nearestInUse(set: TableSet, from: EntryPlace, reach: number): EntryPlace {
  let best = from
  let least = Infinity
  for (let index = 0; index < ENTRIES; index++) {
    const across = (index % ACROSS) - (from.index % ACROSS)
    const below = Math.floor(index / ACROSS) - Math.floor(from.index / ACROSS)
    const distance = across ** 2 + below ** 2
    if (distance >= least || distance > reach ** 2) continue
    const place = { table: from.table, index }
    if (kindAtPlace(set, place) === KIND.empty) continue
    best = place
    least = distance
  }
  return best
}
