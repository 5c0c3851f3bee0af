/** Squares in a row of one quadrant. */
export const QUADRANT = 32
/** Room between the quadrants, in squares. */
export const GAP = 2
/** All words, in a row and in a column. */
export const WALL = 2 * QUADRANT

/** Bits that place a word in its quadrant, the one that weighs most first: those that pages of a process vary stand first. */
const ROW_BITS = [6, 1, 2, 4, 3]
const COLUMN_BITS = [5, 9, 10, 11, 7]

/** A place among 64 × 64. */
export interface WallPlace {
  readonly row: number
  readonly col: number
}

const gather = (word: number, bits: readonly number[]): number =>
  bits.reduce((index, bit) => (index << 1) | ((word >>> bit) & 1), 0)

const scatter = (index: number, bits: readonly number[]): number =>
  bits.reduce((word, bit, place) => word | (((index >>> (bits.length - 1 - place)) & 1) << bit), 0)

/** Where a word of twelve bits lies: PRESENT 1 above 0, bit 8 0 left of 1, as everywhere. */
export const placeOfWord = (word: number): WallPlace => ({
  row: (word & 1 ? 0 : QUADRANT) + gather(word, ROW_BITS),
  col: (word & 0x100 ? QUADRANT : 0) + gather(word, COLUMN_BITS),
})

/** The word at a place: the inverse of `placeOfWord`. */
export const wordAtPlace = ({ row, col }: WallPlace): number =>
  (row < QUADRANT ? 1 : 0) |
  (col < QUADRANT ? 0 : 0x100) |
  scatter(row % QUADRANT, ROW_BITS) |
  scatter(col % QUADRANT, COLUMN_BITS)

/** Where a row or column begins in the picture, in squares. */
export const offsetOf = (index: number): number => index + (index < QUADRANT ? 0 : GAP)
