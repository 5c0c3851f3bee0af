import { ENTRY_FIELDS } from '../arch/entry-fields'
import { PAT } from '../arch/pte'
import { addressAt, KIND, kindOf, LAST, type TableSet } from './table-set'

/** How many entries there are, and in how many of them each bit is set. */
export interface Tally {
  entries: number
  /** By bit, 0 to 63. */
  readonly withBit: number[]
}

/** The entries of a process, counted by what they are. */
export interface FlagCounts {
  /** PRESENT is set, and a page is behind it. */
  readonly open: Tally
  /** PRESENT is not set, and Linux knows a page behind it. */
  readonly shut: Tally
  readonly swap: Tally
  /** Entries that lead to tables. */
  readonly table: Tally
  /** Nothing is in them. */
  readonly empty: number
}

/** Count the entries of a process, or of one area of it; entries that lead to tables lie in no area. */
export function countFlags(set: TableSet, area: string | null = null): FlagCounts {
  const counts = { open: fresh(), shut: fresh(), swap: fresh(), table: fresh() }
  const tallies = { [KIND.open]: counts.open, [KIND.shut]: counts.shut, [KIND.swap]: counts.swap }
  let empty = 0
  for (const [table, { level, words }] of set.tables.entries()) {
    for (let index = 0; index < words.length / 2; index++) {
      const lo = words[2 * index]!
      const hi = words[2 * index + 1]!
      const kind = kindOf(level, lo, hi, set.linuxPresent)
      if (kind === KIND.empty) empty++
      else if (area !== null && set.areaAt(addressAt(set, { table, index })) !== area) continue
      else if (kind !== KIND.table) addTo(tallies[kind], level === LAST ? lo : lo & ~PAT, hi)
      else if (area === null) addTo(counts.table, lo, hi)
    }
  }
  return { ...counts, empty }
}

const fresh = (): Tally => ({ entries: 0, withBit: Array.from({ length: 64 }, () => 0) })

// In a huge entry the place of PAT says that it is huge, and does not count as PAT.
function addTo(tally: Tally, lo: number, hi: number): void {
  tally.entries++
  addBits(tally.withBit, lo, 0)
  addBits(tally.withBit, hi, 32)
}

function addBits(withBit: number[], half: number, first: number): void {
  for (let rest = half; rest !== 0; rest &= rest - 1) withBit[first + 31 - Math.clz32(rest & -rest)]!++
}

/** Entries with a page behind them: all whose flags mean something. */
export const inUse = ({ open, shut }: FlagCounts): number => open.entries + shut.entries
export const withFlag = ({ open, shut }: FlagCounts, bit: number): number => open.withBit[bit]! + shut.withBit[bit]!

/** The share of entries in use in which a bit is set, 0 to 1; 0 where none is in use. */
export const shareWith = (counts: FlagCounts, bit: number): number =>
  inUse(counts) === 0 ? 0 : withFlag(counts, bit) / inUse(counts)

/** One flag in two processes. */
export interface FlagPair {
  readonly bit: number
  readonly counts: readonly [number, number]
  readonly shares: readonly [number, number]
}

/** Every named flag in two processes; bit 8 and PRESENT first, then from the low bits up. */
export function pairFlags(a: FlagCounts, b: FlagCounts): readonly FlagPair[] {
  const rest = ENTRY_FIELDS.map(({ bit }) => bit).filter((bit) => bit !== 8 && bit !== 0)
  return [8, 0, ...rest.toSorted((x, y) => x - y)].map((bit) => ({
    bit,
    counts: [withFlag(a, bit), withFlag(b, bit)],
    shares: [shareWith(a, bit), shareWith(b, bit)],
  }))
}

/** The flags in which two processes differ: in number where both have the same many entries in use, else in share. */
export function differingFlags(a: FlagCounts, b: FlagCounts): readonly FlagPair[] {
  const sameSize = inUse(a) === inUse(b)
  return pairFlags(a, b).filter(({ counts, shares }) => (sameSize ? counts[0] !== counts[1] : shares[0] !== shares[1]))
}

/** The areas in which entries are in use or in swap, in order of address, each once. */
export function areasOf(set: TableSet): readonly string[] {
  const names = new Set<string>()
  for (const [table, { level, words }] of set.tables.entries()) {
    for (let index = 0; index < words.length / 2; index++) {
      const kind = kindOf(level, words[2 * index]!, words[2 * index + 1]!, set.linuxPresent)
      if (kind !== KIND.empty && kind !== KIND.table) names.add(set.areaAt(addressAt(set, { table, index })))
    }
  }
  names.delete('')
  return [...names]
}
