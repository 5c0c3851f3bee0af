// Writes recordings as text (docs/capture-format.md). Entries that follow one another alike become one line.

/**
 * One entry of a page table. `frame`: the guest's, where the word names one.
 * @typedef {object} Entry
 * @property {'PGD' | 'PUD' | 'PMD' | 'PTE' | 'UPGD'} level
 * @property {bigint} address
 * @property {bigint} word
 * @property {bigint | null} frame
 * @property {number | null} mapcount
 * @property {number | null} references
 * @property {number | null} node
 */

const FRAME_MASK = 0x000f_ffff_ffff_f000n
const HIGHEST_FRAME_BIT = 1n << 51n
const COVERS = { PGD: 1n << 39n, PUD: 1n << 30n, PMD: 1n << 21n, PTE: 1n << 12n, UPGD: 1n << 39n }
/** Frames further apart than the pages of a huge one are no run, only two entries. */
const LARGEST_STEP = 512n

/**
 * The text of one recording: its head lines, its entries, and its end.
 * @param {readonly string[]} head
 * @param {readonly Entry[]} entries
 */
export function recordingText(head, entries) {
  const lines = ['one-bit-two-names capture 2', 'arch x86-64', ...head, ...entryLines(entries), `end ${entries.length}`]
  return `${lines.join('\n')}\n`
}

/**
 * Entry lines, each of which stands for as many entries as it can.
 * @param {readonly Entry[]} entries
 */
export function entryLines(entries) {
  const lines = []
  for (let at = 0; at < entries.length;) {
    const { count, step } = runAt(entries, at)
    lines.push(lineOf(/** @type {Entry} */ (entries[at]), count, step))
    at += count
  }
  return lines
}

/**
 * How many entries from `at` on are alike but for a frame that steps evenly.
 * @param {readonly Entry[]} entries
 * @param {number} at
 */
function runAt(entries, at) {
  const first = /** @type {Entry} */ (entries[at])
  const second = entries[at + 1]
  const step = second && first.frame !== null && second.frame !== null ? second.frame - first.frame : 0n
  let count = 1
  if (step > LARGEST_STEP || step < -LARGEST_STEP) return { count, step: 0n }
  while (at + count < entries.length && same(/** @type {Entry} */ (entries[at + count]), stepped(first, count, step)))
    count++
  return count === 1 ? { count, step: 0n } : { count, step }
}

/**
 * The entry `count` places after `entry`, as a line with this step says it.
 * @param {Entry} entry
 * @param {number} count
 * @param {bigint} step
 * @returns {Entry}
 */
function stepped(entry, count, step) {
  const { level, address, word, frame } = entry
  const moved = BigInt(count) * step
  const inverted = (word & 1n) === 0n && (word & HIGHEST_FRAME_BIT) !== 0n
  const field = (((word & FRAME_MASK) >> 12n) + (inverted ? -moved : moved)) << 12n
  const next = frame === null ? word : (word & ~FRAME_MASK) | (field & FRAME_MASK)
  return {
    ...entry,
    address: address + BigInt(count) * COVERS[level],
    word: next,
    frame: frame === null ? null : frame + moved,
  }
}

/**
 * @param {Entry} a
 * @param {Entry} b
 */
const same = (a, b) =>
  a.level === b.level &&
  a.address === b.address &&
  a.word === b.word &&
  a.frame === b.frame &&
  a.mapcount === b.mapcount &&
  a.references === b.references &&
  a.node === b.node

/**
 * One line, its unknown fields at the end left out.
 * @param {Entry} entry
 * @param {number} count
 * @param {bigint} step
 */
function lineOf({ level, address, word, frame, mapcount, references, node }, count, step) {
  const fields = [level, address.toString(16), word.toString(16)]
  const known = [frame === null ? null : frame.toString(16), mapcount, references, node]
  while (known.at(-1) === null) known.pop()
  fields.push(...known.map((value) => String(value ?? '-')))
  if (count > 1) fields.push(`x${count}${step === 0n ? '' : step > 0n ? `+${step}` : step}`)
  return fields.join(' ')
}
