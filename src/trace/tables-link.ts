import { TASK_SIZE_MAX } from '../arch/vaddr'
import type { Pick } from './link-keys'
import { LAST, type Level } from './table-set'
import {
  FLAG_BITS,
  OTHER_MACHINE,
  TABLES_DEFAULTS,
  UNITS,
  WORD_SOURCES,
  type EntryAddress,
  type TablesInput,
  type Unit,
  type WordSource,
} from './tables-input'

/** The keys of a link that say what is asked of the tables. */
export const TABLES_KEYS = ['zf', 'zb', 'zw', 'zi', 'zu', 'zx'] as const

/** What is asked of the tables as keys of a link; null where it is the default. */
export function tablesKeys(input: TablesInput): readonly (readonly [string, string | number | null])[] {
  return [
    ['zf', input.flag === TABLES_DEFAULTS.flag ? null : input.flag],
    ['zb', input.beside],
    ['zw', input.words],
    ['zi', input.area],
    ['zu', input.unit],
    ['zx', input.at && entryAddressText(input.at)],
  ]
}

/** The inverse of `tablesKeys`. `recordings`: the ids that can be compared with. */
export function tablesFrom(keys: ReadonlyMap<string, string>, pick: Pick, recordings: readonly string[]): TablesInput {
  const asked = <T extends string>(key: string, what: string, fits: (value: string) => boolean): T | null => {
    const value = keys.has(key) ? pick(key, what, fits, 'the usual') : 'the usual'
    return value === 'the usual' ? null : (value as T)
  }
  const flags = FLAG_BITS.map(String)
  const place = asked<string>('zx', 'an entry', (value) => parseEntryAddress(value) !== null)
  return {
    flag: Number(pick('zf', 'a flag', (value) => flags.includes(value), String(TABLES_DEFAULTS.flag))),
    beside: asked('zb', 'a process', (value) => value === OTHER_MACHINE || recordings.includes(value)),
    words: asked<WordSource>('zw', 'a kind of words', (value) => WORD_SOURCES.some((each) => each === value)),
    area: keys.get('zi')?.slice(0, 60) ?? null,
    unit: asked<Unit>('zu', 'a unit', (value) => UNITS.some((each) => each === value)),
    at: place === null ? null : parseEntryAddress(place),
  }
}

/** An entry's place as a link says it: its address in hex; behind a dot its level, 4 for the second root. */
export function entryAddressText({ address, level, second }: EntryAddress): string {
  const digits = address.toString(16)
  return level === LAST ? digits : `${digits}.${second ? SECOND : level}`
}

const SECOND = 4

/** The inverse of `entryAddressText`; null where the text names no entry. */
export function parseEntryAddress(text: string): EntryAddress | null {
  const [, digits, level = '3'] = /^([0-9a-f]{1,12})(?:\.([0-4]))?$/.exec(text) ?? []
  if (digits === undefined) return null
  const address = Number.parseInt(digits, 16)
  const second = Number(level) === SECOND
  if (!second && address > TASK_SIZE_MAX) return null
  return { address, level: second ? 0 : (Number(level) as Level), second }
}
