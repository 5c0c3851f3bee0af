/** One square of the 2×2. */
export interface Quadrant {
  /** PRESENT counts 2, bit 8 counts 1, as in predicate.ts. */
  readonly quadrant: number
  readonly column: number
  readonly row: number
  readonly says: boolean
}

/** The four squares of a test, in the order of reading: PRESENT 1 above 0, bit 8 0 left of 1. */
export const quadrantsOf = (yes: number): readonly Quadrant[] =>
  [2, 3, 0, 1].map((quadrant) => ({
    quadrant,
    column: quadrant & 1,
    row: 1 - (quadrant >> 1),
    says: ((yes >> quadrant) & 1) === 1,
  }))

/** What the entries of a quadrant are, by its number. */
export const QUADRANT_NOTES: readonly string[] = [
  'empty, or in swap',
  'marked by Linux: hidden, or shut',
  'a page on bare metal',
  'a page under Xen PV',
]
