import { ENTRY_FIELDS } from './entry-fields'
import { bitOf, EMPTY, frameOf, pte, withFrame, type Pte } from './pte'

/** Names of the set bits, low bit first: 'P RW US A D G'. Bit 8 is G while P is set, else PN. */
const nameOf = (bit: number, present: boolean): string =>
  bit === 8 ? (present ? 'G' : 'PN') : (ENTRY_FIELDS.find((field) => field.bit === bit)?.short ?? `b${bit}`)

/** An entry as the one notation of tests, tooltips and docs: 'P RW US A D frame=0x12345'; '0' for an empty entry. */
export function entryText(entry: Pte): string {
  if (entry.lo === 0 && entry.hi === 0) return '0'
  const present = bitOf(entry, 0) === 1
  const names: string[] = []
  for (let bit = 0; bit < 64; bit++) {
    if (bit >= 12 && bit < 52) continue
    if (bitOf(entry, bit)) names.push(nameOf(bit, present))
  }
  names.push(`frame=0x${frameOf(entry).toString(16)}`)
  return names.join(' ')
}

/** The inverse of `entryText`; null where a word is not known. */
export function parseEntry(text: string): Pte | null {
  if (text.trim() === '0') return EMPTY
  let entry = EMPTY
  for (const word of text.trim().split(/\s+/)) {
    const frame = /^frame=(0x[0-9a-f]+|\d+)$/i.exec(word)?.[1]
    if (frame !== undefined) {
      entry = withFrame(entry, Number(frame))
      continue
    }
    const bit = word === 'G' || word === 'PN' ? 8 : bitNamed(word)
    if (bit === undefined) return null
    entry = bit < 32 ? pte(entry.lo | (1 << bit), entry.hi) : pte(entry.lo, entry.hi | (1 << (bit & 31)))
  }
  return entry
}

function bitNamed(word: string): number | undefined {
  const numbered = /^b(\d+)$/.exec(word)?.[1]
  return numbered === undefined ? ENTRY_FIELDS.find((field) => field.short === word)?.bit : Number(numbered)
}
