import { has, PWT, USER, type Pte } from '../arch/pte'
import { swapExclusive, swapOffset, swapSoftDirty, swapType } from '../kernel/linux-pte'
import { isMigrating, migratingFrame } from '../kernel/migration-entry'
import type { LinuxReader } from './readers'

/** What a Linux reads out of an entry that is neither none nor present to it: fields, and no flags. */
export interface NoteFields {
  readonly what: 'swap' | 'migration' | 'not known'
  /** Number of the swap device, or of what stands in its place. */
  readonly type: number | null
  /** Offset in the device; null where the layout is not known, or what moves is a page. */
  readonly offset: number | null
  /** A page on the move: its frame, and whether it may be written when it is back. */
  readonly frame: number | null
  readonly softDirty: boolean
  /** 6.1: the page was this process's alone. */
  readonly exclusive: boolean
  /** 6.1: userfaultfd write-protects it. */
  readonly uffdWriteProtected: boolean
  /** What has to be said beside it. Empty where nothing has. */
  readonly caveat: string
}

/** Types from here on are no swap devices, in some release or other: 2 to 9 of the 32 are kept for other notes. */
const FIRST_OTHER_TYPE = { 'from bit 9': 29, 'from bit 10': 29, inverted: 23 } as const

const UNKNOWN: NoteFields = {
  what: 'not known',
  type: null,
  offset: null,
  frame: null,
  softDirty: false,
  exclusive: false,
  uffdWriteProtected: false,
  caveat: 'A swap or migration entry. Where this release keeps its fields is not known here.',
}

/** [SW1] [MI1] The fields of a note, as one Linux keeps them. */
export function noteFields({ kernel, swapKnown, migrationKnown, title, note }: LinuxReader, entry: Pte): NoteFields {
  if (swapKnown === 'no') return UNKNOWN
  const newLayout = kernel.swap === 'inverted'
  const type = swapType(kernel, entry)
  const fields = {
    type,
    softDirty: swapSoftDirty(kernel, entry) && (newLayout || kernel.keepsSoftDirty),
    exclusive: newLayout && swapExclusive(kernel, entry) && has(entry, PWT),
    uffdWriteProtected: newLayout && has(entry, USER),
  }
  if (type < FIRST_OTHER_TYPE[kernel.swap])
    return {
      ...fields,
      what: 'swap',
      offset: swapOffset(kernel, entry),
      frame: null,
      caveat: swapKnown === 'partly' ? note : '',
    }
  if (migrationKnown && isMigrating(kernel, entry))
    return {
      ...fields,
      what: 'migration',
      offset: null,
      frame: migratingFrame(kernel, entry),
      caveat: 'The numbers of the types are recalled, not read.',
    }
  return {
    ...UNKNOWN,
    type,
    caveat: `Type ${type} is no swap device. What it stands for in ${title} is not known here.`,
  }
}
