/**
 * A question about an entry's low flag bits, as data: its verdict, its line of notation, the wires of the
 * picture and "who reads this bit" all come from it.
 */
export type Predicate =
  /** Yes if any bit of `mask` is set. */
  | { readonly form: 'any'; readonly name: string; readonly mask: number }
  /** Yes if the bits of `mask` are exactly `value`. */
  | { readonly form: 'equals'; readonly name: string; readonly mask: number; readonly value: number }
  /** Yes if any bit of `mask` and any bit of `guard` is set. */
  | { readonly form: 'both'; readonly name: string; readonly mask: number; readonly guard: number }
  /** Painted over PRESENT × bit 8: bit q of `yes` answers for quadrant q (see `quadrant`). */
  | { readonly form: 'painted'; readonly name: string; readonly mask: 0x101; readonly yes: number }
  /** Always no: the feature is not built in. */
  | { readonly form: 'never'; readonly name: string; readonly mask: 0 }

/** Quadrant 0–3 of a word in the 2×2: PRESENT counts 2, bit 8 counts 1. */
export const quadrant = (lo: number): number => ((lo & 1) << 1) | ((lo >>> 8) & 1)

/** The verdict on an entry's low half. */
export function holds(predicate: Predicate, lo: number): boolean {
  switch (predicate.form) {
    case 'any':
      return (lo & predicate.mask) !== 0
    case 'equals':
      return (lo & predicate.mask) === predicate.value
    case 'both':
      return (lo & predicate.mask) !== 0 && (lo & predicate.guard) !== 0
    case 'painted':
      return ((predicate.yes >>> quadrant(lo)) & 1) === 1
    case 'never':
      return false
  }
}

/** The low flag bits on which the verdict can depend. */
export function asks(predicate: Predicate): number {
  switch (predicate.form) {
    case 'both':
      return predicate.mask | predicate.guard
    case 'painted':
      return paintedMask(predicate.yes)
    default:
      return predicate.mask
  }
}

/** Which of PRESENT and bit 8 a painted predicate really depends on. */
function paintedMask(yes: number): number {
  const present = (yes & 3) !== yes >>> 2 ? 0x1 : 0
  const bit8 = (yes & 5) !== ((yes >>> 1) & 5) ? 0x100 : 0
  return present | bit8
}

const NAMES: readonly (readonly [number, string])[] = [
  [0x200, 'bit9'],
  [0x100, 'PROTNONE'],
  [0x80, 'PSE'],
  [0x40, 'DIRTY'],
  [0x20, 'ACCESSED'],
  [0x2, 'RW'],
  [0x1, 'PRESENT'],
]

function maskText(mask: number): string {
  const names = NAMES.filter(([bit]) => mask & bit).map(([, name]) => name)
  return names.length > 1 ? `(${names.join(' | ')})` : (names[0] ?? '0')
}

const PAINTED: readonly string[] = [
  'never',
  '!(flags & (PROTNONE | PRESENT))',
  '(flags & (PROTNONE | PRESENT)) == PROTNONE',
  '!(flags & PRESENT)',
  '(flags & (PROTNONE | PRESENT)) == PRESENT',
  '!(flags & PROTNONE)',
  '!(flags & PROTNONE) != !(flags & PRESENT)',
  '(flags & (PROTNONE | PRESENT)) != (PROTNONE | PRESENT)',
  '(flags & (PROTNONE | PRESENT)) == (PROTNONE | PRESENT)',
  '!(flags & PROTNONE) == !(flags & PRESENT)',
  'flags & PROTNONE',
  '(flags & (PROTNONE | PRESENT)) != PRESENT',
  'flags & PRESENT',
  '(flags & (PROTNONE | PRESENT)) != PROTNONE',
  'flags & (PROTNONE | PRESENT)',
  'always',
]

/** The predicate as a line of this project's notation, e.g. `(flags & (PROTNONE | PRESENT)) == PROTNONE`. */
export function notation(predicate: Predicate): string {
  switch (predicate.form) {
    case 'any':
      return `flags & ${maskText(predicate.mask)}`
    case 'equals':
      return `(flags & ${maskText(predicate.mask)}) == ${maskText(predicate.value)}`
    case 'both':
      return `(flags & ${maskText(predicate.mask)}) && (flags & ${maskText(predicate.guard)})`
    case 'painted':
      return PAINTED[predicate.yes] ?? 'never'
    case 'never':
      return 'never: not built in'
  }
}

/** The predicate with the numbers of one word in it: `0x165 & 0x101 = 0x101, 0x101 == 0x100`; empty where it asks nothing. */
export function substituted(predicate: Predicate, lo: number): string {
  const flags = lo & 0xfff
  const masked = (mask: number): string => `${hex(flags)} & ${hex(mask)} = ${hex(flags & mask)}`
  switch (predicate.form) {
    case 'any':
      return masked(predicate.mask)
    case 'equals':
      return `${masked(predicate.mask)}, ${hex(flags & predicate.mask)} == ${hex(predicate.value)}`
    case 'both':
      return `${masked(predicate.mask)}, ${masked(predicate.guard)}`
    case 'painted':
      return `${masked(predicate.mask)}, painted ${holds(predicate, lo) ? 'yes' : 'no'}`
    case 'never':
      return ''
  }
}

const hex = (bits: number): string => `0x${bits.toString(16).padStart(3, '0')}`
