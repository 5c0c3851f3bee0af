import { ENTRY_FIELDS } from '../arch/entry-fields'
import type { Level } from './table-set'

/** How numbers of entries are shown: each as it is, or as a share of the entries in use. */
export const UNITS = ['count', 'share'] as const
export type Unit = (typeof UNITS)[number]

/** Which words a recorded process shows: those of the recording, or those of the run that began with them. */
export const WORD_SOURCES = ['recorded', 'run'] as const
export type WordSource = (typeof WORD_SOURCES)[number]

/** Names the same run on the other machine, where a recording could be named. */
export const OTHER_MACHINE = 'other'

/** The entry looked at, by what it covers. */
export interface EntryAddress {
  readonly address: number
  readonly level: Level
  readonly second: boolean
}

/** What the reader asks of the tables from afar: inputs, all of them. */
export interface TablesInput {
  /** The flag that colours the squares, by its bit. */
  readonly flag: number
  /** The process compared with: OTHER_MACHINE, or a recording's id. Null: what fits. */
  readonly beside: string | null
  /** Null: as recorded, until the run has begun. */
  readonly words: WordSource | null
  /** The area counted in; null for the whole process. */
  readonly area: string | null
  /** Null: shares where the two processes differ in size. */
  readonly unit: Unit | null
  /** Null: the entry of the selected page. */
  readonly at: EntryAddress | null
}

export const TABLES_DEFAULTS: TablesInput = {
  flag: 8,
  beside: null,
  words: null,
  area: null,
  unit: null,
  at: null,
}

/** The flags that can colour the squares. */
export const FLAG_BITS = ENTRY_FIELDS.map(({ bit }) => bit)
