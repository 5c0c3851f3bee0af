import { pte, type Pte } from '../arch/pte'
import { PAGE_SIZE } from '../arch/vaddr'

/** A number that a text spells. */
export interface HexWord {
  readonly word: Pte
  readonly digits: number
  /** Was it written with 0x before it or h behind it? */
  readonly marked: boolean
}

/** Why a piece of text that looks like a number is none of 64 bits. */
export type NotHex = 'too long' | 'not hexadecimal' | 'cut off'

/** Longer pieces are no numbers in any spelling. */
const LONGEST = 48

/** C's and Rust's marks of a type behind a number, and assembler's h. */
const SUFFIX = /(?:[uU]?[lL]{1,2}[uU]?|[uU]64|[uU]|[hH])$/

/** Digits that an ellipsis ends. */
const CUT_OFF = /^(?:0x)?[0-9a-f]{2,16}(?:\.\.\.?|…)$/i

/** Why a piece of text is no entry, in a sentence. */
export function notHexText(text: string, why: NotHex): string {
  const shown = `“${text.length > 24 ? `${text.slice(0, 24)}…` : text}”`
  switch (why) {
    case 'too long':
      return `${shown} has more than sixteen digits, so it is no entry of 64 bits.`
    case 'not hexadecimal':
      return `${shown} is no hexadecimal number.`
    case 'cut off':
      return `${shown} has been cut off: an entry has up to sixteen hexadecimal digits.`
  }
}

/** A hexadecimal number in any usual spelling: 0x8000000062345165, 8000_0000_6234_5165, 0x80000000`62345165, 62345165h, 0x165ULL. */
export function hexWord(text: string): HexWord | NotHex | null {
  if (text.length > LONGEST) return null
  if (CUT_OFF.test(text)) return 'cut off'
  const plain = text.startsWith('$') ? text.slice(1) : text
  const prefixed = /^0[xX]/.test(plain)
  const body = (prefixed ? plain.slice(2) : plain).replace(SUFFIX, (suffix) =>
    // Without a prefix only h is no digit of another word: “1234567L” is decimal.
    prefixed || /^[hH]$/.test(suffix) ? '' : suffix,
  )
  const digits = body.replaceAll(/[_'`]/g, '')
  if (digits === '') return null
  if (!/^[0-9a-fA-F]+$/.test(digits)) return prefixed || looksCut(digits) ? 'not hexadecimal' : null
  if (digits.length > 16) return 'too long'
  const padded = digits.padStart(16, '0')
  const marked = prefixed || body.length < (prefixed ? plain.length - 2 : plain.length)
  const word = pte(Number.parseInt(padded.slice(8), 16), Number.parseInt(padded.slice(0, 8), 16))
  return { word, digits: digits.length, marked }
}

/** Mostly digits, as of a number with a slip in it. */
const looksCut = (text: string): boolean =>
  text.length >= 8 && text.length <= 20 && text.replaceAll(/[0-9a-f]/gi, '').length <= 2 && /\d{3}/.test(text)

/** A decimal number of 64 bits, as gdb and drgn print them; null for any other text. */
export function decimalWord(text: string): Pte | null {
  if (!/^\d{1,20}$/.test(text)) return null
  let lo = 0
  let hi = 0
  for (const digit of text) {
    lo = lo * 10 + Number(digit)
    hi = hi * 10 + Math.floor(lo / 2 ** 32)
    lo %= 2 ** 32
  }
  return hi >= 2 ** 32 ? null : pte(lo, hi)
}

/** The first address of the page that an address lies in: exact, in the kernel's half too. */
export const pageOf = ({ lo, hi }: Pte): number => hi * 2 ** 32 + (lo - (lo % PAGE_SIZE))
