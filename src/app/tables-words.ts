import { entryText } from '../arch/entry-notation'
import { ENTRY_FIELDS } from '../arch/entry-fields'
import { LEVELS } from '../arch/vaddr'
import { BIT8_NAMES, flagInSentence, flagText, numberText, shareText } from '../trace/difference-text'
import { levelName } from '../trace/entry-text'
import { areasOf, inUse, pairFlags, type FlagCounts } from '../trace/flag-counts'
import { KIND, kindAtPlace, LAST, pathTo, wordAt, type EntryPlace, type TableSet } from '../trace/table-set'
import type { Unit } from '../trace/tables-input'
import type { Fact } from '../views/tables/fact-list'
import type { FlagRow } from '../views/tables/flag-list'
import type { LevelStop } from '../views/tables/level-strip'
import type { LegendItem } from '../views/tables/squares-legend'

/** The names of two processes, that of the one compared with first. */
export type Names = readonly [string, string]

const PLATFORM = { bare: 'bare metal', xen: 'Xen PV' } as const

/** What tells two processes apart: the machine where it does, else which is which. */
export function sideNames(beside: TableSet | null, shown: TableSet): Names {
  if (beside && beside.platform === shown.platform) return ['the other', 'this one']
  return [PLATFORM[shown.platform === 'xen' ? 'bare' : 'xen'], PLATFORM[shown.platform]]
}

/** Their names in a sentence. */
export const inSentence = (names: Names): Names =>
  names[0] === 'the other' ? ['in the other', 'in this one'] : [`on ${names[0]}`, `on ${names[1]}`]

/** The list of flags as it is drawn. Without a process to compare with, the left side is nothing. */
export function flagRows(beside: FlagCounts | null, shown: FlagCounts, unit: Unit): readonly FlagRow[] {
  const pairs = pairFlags(beside ?? shown, shown)
  const most = Math.max(1, ...pairs.flatMap(({ counts }) => counts))
  return pairs.map(({ bit, counts, shares }) => ({
    bit,
    name: bit === 8 ? BIT8_NAMES.replace('PROTNONE', 'PN') : flagText(bit),
    spoken: bit === 8 ? `Bit 8, ${BIT8_NAMES.replace(' | ', ' or ')}` : flagText(bit),
    bars: unit === 'share' ? shares : [counts[0] / most, counts[1] / most],
    texts:
      unit === 'share' ? [shareText(shares[0]), shareText(shares[1])] : [numberText(counts[0]), numberText(counts[1])],
    differs: beside !== null && (unit === 'share' ? shares[0] !== shares[1] : counts[0] !== counts[1]),
  }))
}

const outOf = (part: number, whole: number): string => `${numberText(part)} of ${numberText(whole)}`

/** What the story is about, in numbers: who has bit 8, and who never has. */
export function factsOf(beside: FlagCounts | null, shown: FlagCounts): readonly Fact[] {
  const fact = (name: string, value: (counts: FlagCounts) => string): Fact => ({
    name,
    values: [beside && value(beside), value(shown)],
  })
  return [
    fact('Present, bit 8 set', ({ open }) => outOf(open.withBit[8]!, open.entries)),
    fact('Shut by Linux, bit 8 set', ({ shut }) => outOf(shut.withBit[8]!, shut.entries)),
    fact('In swap, bit 8 set', ({ swap }) => outOf(swap.withBit[8]!, swap.entries)),
    fact('Table entries, bit 8 set', ({ table }) => outOf(table.withBit[8]!, table.entries)),
  ]
}

/** How many tables and entries there are, in a sentence. */
export function summaryOf(set: TableSet, counts: FlagCounts): string {
  const last = set.tables.filter(({ level }) => level === LAST).length
  return `${last} leaf tables, ${numberText(last * 512)} entries, ${numberText(inUse(counts))} in use.`
}

/** The same, and what the squares show, for a reader who hears the picture. */
export const spokenSummary = (summary: string, flag: number): string =>
  `${summary} Each square is one entry, coloured by ${flagInSentence(flag)}.`

/** Names of the tables: what lies in them; of an upper one its level. */
export function tableTitles(set: TableSet): readonly string[] {
  return set.tables.map((table, index) => {
    if (table.level !== LAST) return levelName(set, index)
    return areasOf({ ...set, tables: [table] }).join(', ') || 'empty'
  })
}

/** The way from the root to an entry, one stop for each level. */
export function levelStops(
  set: TableSet,
  place: EntryPlace,
): readonly (LevelStop & { readonly place: EntryPlace | null })[] {
  const path = pathTo(set, place)
  const reached = path.map((at): LevelStop & { readonly place: EntryPlace } => {
    const kind = kindAtPlace(set, at)
    const entry = wordAt(set, at)
    return {
      key: String(set.tables[at.table]!.level),
      name: `${levelName(set, at.table)} ${at.index}`,
      entry,
      flags: kind !== KIND.swap && kind !== KIND.empty,
      text: kind === KIND.swap ? 'swap slot' : kind === KIND.empty ? 'empty' : flagsText(entryText(entry)),
      selected: at === place,
      place: at,
    }
  })
  const below = LEVELS.slice(1 + (set.tables[place.table]?.level ?? 0))
  return [
    ...reached,
    ...below.map((name) => ({ key: name, name, entry: null, flags: false, text: '', selected: false, place: null })),
  ]
}

/** The notation of an entry without its frame. */
const flagsText = (text: string): string => text.replace(/ ?frame=\S+$/, '')

/** What each kind of square means while this flag is looked at. */
export function legendOf(flag: number, platform: TableSet['platform']): readonly LegendItem[] {
  const empty: LegendItem = { state: 'empty', text: 'empty' }
  const swap: LegendItem = { state: 'swap', text: 'in swap' }
  if (flag === 8) {
    const set = platform === 'xen' ? 'set by Xen: GLOBAL' : 'with PRESENT: GLOBAL'
    return [
      { state: 'set', text: set },
      { state: 'shut', text: 'set by Linux: PROTNONE' },
      { state: 'clear', text: 'bit 8 is 0' },
      swap,
      empty,
    ]
  }
  const name = ENTRY_FIELDS.find(({ bit }) => bit === flag)?.name ?? `bit ${flag}`
  return [{ state: 'set', text: `${name} is 1` }, { state: 'clear', text: `${name} is 0` }, swap, empty]
}
