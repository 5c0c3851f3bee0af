/** What stands beside what in two lists: the places of both, or the place in one that has no counterpart. */
export interface Beside {
  readonly a: number | null
  readonly b: number | null
}

/** More comparisons than any operation of the model needs; beyond them the unequal middle is left without counterparts. */
const LIMIT = 4_000_000

/**
 * Lay two lists side by side so that equal keys meet, in order and as many as can. Each place of either list appears once;
 * where places of both have no counterpart, those of `a` come first. What begins and what ends the lists alike is met
 * first, so that lists that part late cost no more than their length.
 */
export function align(a: readonly string[], b: readonly string[]): readonly Beside[] {
  const shorter = Math.min(a.length, b.length)
  let head = 0
  while (head < shorter && a[head] === b[head]) head++
  let tail = 0
  while (tail < shorter - head && a.at(-1 - tail) === b.at(-1 - tail)) tail++
  const [endA, endB] = [a.length - tail, b.length - tail]
  const pairs: Beside[] = []
  for (let at = 0; at < head; at++) pairs.push({ a: at, b: at })
  let [i, j] = [head, head]
  for (const [metA, metB] of [...meetings(a, b, head, endA, endB), [endA, endB] as const]) {
    while (i < metA) pairs.push({ a: i++, b: null })
    while (j < metB) pairs.push({ a: null, b: j++ })
    if (metA < endA) pairs.push({ a: i++, b: j++ })
  }
  for (let at = 0; at < tail; at++) pairs.push({ a: endA + at, b: endB + at })
  return pairs
}

/** Places between `from` and the ends where equal keys meet: a longest common subsequence, the earliest one in `a`. */
function meetings(
  a: readonly string[],
  b: readonly string[],
  from: number,
  endA: number,
  endB: number,
): readonly (readonly [number, number])[] {
  const [rows, columns] = [endA - from, endB - from]
  if (rows * columns > LIMIT) return []
  // longest[i][j]: how many keys can meet from i and j on.
  const longest = Array.from({ length: rows + 1 }, () => new Uint32Array(columns + 1))
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const met = a[from + i] === b[from + j]
      longest[i]![j] = met ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!)
    }
  }
  const met: [number, number][] = []
  for (let i = 0, j = 0; i < rows && j < columns;) {
    if (a[from + i] === b[from + j]) met.push([from + i++, from + j++])
    else if (longest[i + 1]![j]! >= longest[i]![j + 1]!) i++
    else j++
  }
  return met
}
