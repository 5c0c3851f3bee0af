import { addressAt, deepestAt, LAST, placeAt, type EntryPlace, type TableSet } from './table-set'
import type { EntryAddress } from './tables-input'

/** The entry that the reader asked for, or the one on its way that is there; else the page's. */
export function placeAsked(set: TableSet, asked: EntryAddress | null, page: number): EntryPlace {
  const found = asked && (placeAt(set, asked.address, asked.level, asked.second) ?? deepestAt(set, asked.address))
  return found ?? deepestAt(set, page) ?? { table: 0, index: 0 }
}

/** An entry by what it covers, so that it is found again where the tables are others. */
export function entryAddressOf(set: TableSet, place: EntryPlace): EntryAddress {
  const { level, second } = set.tables[place.table]!
  return { address: addressAt(set, place), level, second }
}

/** The page whose own entry this is; -1 for an upper entry, and where the model has no page. */
export function pageOfEntry(set: TableSet, place: EntryPlace, addresses: readonly number[]): number {
  return set.tables[place.table]!.level === LAST ? addresses.indexOf(addressAt(set, place)) : -1
}
