import { ENTRY_FIELDS, nameOfBit8 } from '../../arch/entry-fields'
import type { EntryField } from '../../arch/entry-fields'

const FIELDS: ReadonlyMap<number, EntryField> = new Map(ENTRY_FIELDS.map((field) => [field.bit, field]))

/** The colour family of a bit: PRESENT is sky, bit 8 is yellow and double, every other bit is grey. */
export type BitTone = 'present' | 'alias' | 'plain'

/** The tone that a bit of an entry has wherever it is drawn. */
export const toneOf = (bit: number): BitTone => (bit === 0 ? 'present' : bit === 8 ? 'alias' : 'plain')

/** What a bit button is called by its reader. */
export interface BitReading {
  readonly bit: number
  readonly value: 0 | 1
  /** PRESENT of the same entry: it alone decides what bit 8 is called. */
  readonly present: boolean
  readonly byXen: boolean
  /** A swap slot or an empty row: its bits are no flags. */
  readonly noFlag: boolean
}

/** The accessible name of one bit. It changes when the meaning changes: that is the bug, spoken aloud. */
export function bitName({ bit, value, present, byXen, noFlag }: BitReading): string {
  const setBy = byXen ? ', set by Xen' : ''
  if (noFlag) return `bit ${bit}, no flag here: ${value}${setBy}`
  if (bit === 8) return `bit 8, ${nameOfBit8(present)} because PRESENT is ${present ? 1 : 0}${setBy}`
  return `bit ${bit}, ${meaning(bit, present)}: ${value}${setBy}`
}

function meaning(bit: number, present: boolean): string {
  const field = FIELDS.get(bit)
  if (field) return `${field.name}, ${present ? field.present : field.absent}`
  if (isFrameBit(bit)) return `frame number, bit ${bit - 12} of it`
  return 'no meaning in this kernel'
}

/** Is this one of bits 12 to 51, which hold the frame number? */
export const isFrameBit = (bit: number): boolean => bit >= 12 && bit <= 51
