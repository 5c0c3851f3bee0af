import { bitOf, pte, type Pte } from '../arch/pte'
import { flagInSentence } from './difference-text'

/** The bits in which two words differ, as a word. */
export const xor = (a: Pte, b: Pte): Pte => pte(a.lo ^ b.lo, a.hi ^ b.hi)

/** Bits 12 to 51, which hold the frame number. */
const FRAME: readonly [number, number] = [12, 51]

/** How two entries differ. */
export interface EntryDifference {
  /** Bits outside the frame number that differ, from the top. */
  readonly bits: readonly number[]
  /** Does the frame number differ? */
  readonly frame: boolean
}

/** Which flags of two entries differ, and whether their frames do. */
export function differenceOf(a: Pte, b: Pte): EntryDifference {
  const unequal = xor(a, b)
  const bits = Array.from({ length: 64 }, (_, place) => 63 - place).filter((bit) => bitOf(unequal, bit) === 1)
  const inFrame = (bit: number) => bit >= FRAME[0] && bit <= FRAME[1]
  return { bits: bits.filter((bit) => !inFrame(bit)), frame: bits.some(inFrame) }
}

/** 'RW and the frame', 'bit 8'; empty where nothing differs. */
export function differenceWords({ bits, frame }: EntryDifference): string {
  const names = bits.map(flagInSentence)
  const parts = frame ? [...names, 'the frame'] : names
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
