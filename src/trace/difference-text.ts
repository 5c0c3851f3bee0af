import { ENTRY_FIELDS, nameOfBit8 } from '../arch/entry-fields'
import { differingFlags, inUse, type FlagCounts, type FlagPair } from './flag-counts'

/** A number as people read it: 4,128. */
export const numberText = (value: number): string => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')

/** A share as a whole per cent, with a space that does not break; less than one and more than 99 where rounding would say none or all. */
export function shareText(share: number): string {
  const whole = Math.round(share * 100)
  if (whole === 0 && share > 0) return '<1\u00a0%'
  if (whole === 100 && share < 1) return '>99\u00a0%'
  return `${whole}\u00a0%`
}

/** The name of a flag in running text; bit 8 has two, so it is called by its number. */
export const flagText = (bit: number): string =>
  bit === 8 ? 'Bit 8' : (ENTRY_FIELDS.find((field) => field.bit === bit)?.name ?? `Bit ${bit}`)

export const flagInSentence = (bit: number): string => flagText(bit).replace('Bit', 'bit')

/** Both names of bit 8. */
export const BIT8_NAMES = `${nameOfBit8(true)} | ${nameOfBit8(false)}`

/** In which flags two processes differ, in a sentence or two. */
export function differenceText(names: readonly [string, string], a: FlagCounts, b: FlagCounts): string {
  const differing = differingFlags(a, b)
  const [first] = differing
  if (!first) return 'No flag differs.'
  const sameSize = inUse(a) === inUse(b)
  if (differing.length === 1) {
    return `${flagText(first.bit)} is the only flag that differs: ${pairText(names, first, sameSize)}.`
  }
  const farthest = differing.reduce((far, pair) => (gap(pair) > gap(far) ? pair : far), first)
  const text = `${flagInSentence(farthest.bit)} most: ${pairText(names, farthest, sameSize)}`
  return `${differing.length} of ${ENTRY_FIELDS.length} flags differ, ${text}.`
}

const gap = ({ shares }: FlagPair): number => Math.abs(shares[0] - shares[1])

function pairText(names: readonly [string, string], { counts, shares }: FlagPair, asCounts: boolean): string {
  const text = (side: 0 | 1) => (asCounts ? numberText(counts[side]) : shareText(shares[side]))
  return asCounts
    ? `${text(0)} ${counts[0] === 1 ? 'entry' : 'entries'} ${names[0]}, ${text(1)} ${names[1]}`
    : `${text(0)} ${names[0]}, ${text(1)} ${names[1]}`
}
