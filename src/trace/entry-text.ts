import { ENTRY_FIELDS, nameOfBit8 } from '../arch/entry-fields'
import { bitOf, GLOBAL, has, PRESENT, type Pte } from '../arch/pte'
import { addressText, LEVELS } from '../arch/vaddr'
import { addressAt, KIND, kindAtPlace, LAST, wordAt, type EntryPlace, type TableSet } from './table-set'

/** The name of a table's level; the second root has one of its own. */
export const levelName = (set: TableSet, table: number): string =>
  set.tables[table]!.second ? 'second PGD' : LEVELS[set.tables[table]!.level]

/** First address of an entry, as a number of the kernel's half too. */
export function entryAddress(set: TableSet, place: EntryPlace): string {
  const address = addressAt(set, place)
  // From bit 47 on the upper bits repeat it (Intel SDM vol. 1, 3.3.7.1).
  return address < 2 ** 47 ? addressText(address) : `0xffff${address.toString(16)}`
}

/** Names of the flags that are set, as the manual and Linux call them; bit 8 by the name that PRESENT gives it. */
export function flagNames(entry: Pte): readonly string[] {
  const present = has(entry, PRESENT)
  const named = ENTRY_FIELDS.toReversed().filter(({ bit }) => bitOf(entry, bit) === 1)
  return named.map(({ bit, name }) => (bit === 8 ? nameOfBit8(present) : name))
}

/** What an entry means, in one short sentence. `byXen`: Xen put bit 8 there. */
export function entryMeaning(set: TableSet, place: EntryPlace, byXen: boolean): string {
  const entry = wordAt(set, place)
  switch (kindAtPlace(set, place)) {
    case KIND.empty:
      return 'Empty.'
    case KIND.swap:
      return 'A place in swap: its bits are no flags.'
    case KIND.table:
      return tableMeaning(set, has(entry, GLOBAL))
    case KIND.open:
      return openMeaning(set, place, has(entry, GLOBAL), byXen)
    case KIND.shut:
      return has(entry, GLOBAL)
        ? 'PRESENT is 0, so bit 8 is PROTNONE: Linux set it to shut the page.'
        : 'PRESENT is 0: Linux shut the page with another bit.'
  }
}

function tableMeaning({ platform }: TableSet, bit8: boolean): string {
  if (bit8) return 'Leads to a table. Bit 8 is 1 here, which no processor reads.'
  return `Leads to a table. Bit 8 is 0${platform === 'xen' ? ': Xen adds it to entries of pages alone.' : '.'}`
}

function openMeaning(set: TableSet, { table }: EntryPlace, bit8: boolean, byXen: boolean): string {
  const huge = set.tables[table]!.level < LAST ? 'A huge page. ' : ''
  if (!bit8) return `${huge}PRESENT is 1, bit 8 is 0.`
  return `${huge}PRESENT is 1, so bit 8 is GLOBAL${byXen ? ': Xen set it.' : '.'}`
}

/** All there is to say about an entry, for a reader who hears it. */
export function entrySpoken(set: TableSet, place: EntryPlace, byXen: boolean): string {
  const area = set.areaAt(addressAt(set, place))
  const flags = kindAtPlace(set, place) === KIND.swap ? [] : flagNames(wordAt(set, place))
  return [
    `${levelName(set, place.table)} ${place.index}, ${entryAddress(set, place)}${area && `, ${area}`}`,
    entryMeaning(set, place, byXen),
    flags.length > 0 ? `Flags: ${flags.join(', ')}.` : '',
  ]
    .filter(Boolean)
    .join('. ')
    .replaceAll('..', '.')
}
