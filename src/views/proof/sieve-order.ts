/** Reflected Gray code of two bits, from `10`: neighbours differ in one of them. */
const WALK = [0b10, 0b00, 0b01, 0b11]

/**
 * The sixteen tests in the order of the sieve: first by what they say of the two kinds of entries that bare metal has, plain
 * present pages and marked ones, then by the other two squares. Neighbours differ in one square, so the eye
 * can follow a change, and tests that agree on the first two stand together.
 */
export const SIEVE_ORDER: readonly number[] = WALK.flatMap((first, place) => {
  const within = [0b11, 0b10, 0b00, 0b01]
  return (place % 2 === 0 ? within : within.toReversed()).map((other) => testOf(first, other))
})

/** `first`: quadrants 2 and 1. `other`: quadrants 3 and 0. */
function testOf(first: number, other: number): number {
  return ((first >> 1) << 2) | ((first & 1) << 1) | ((other >> 1) << 3) | (other & 1)
}
