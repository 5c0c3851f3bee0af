import { kindAt, type Capture, type EntryKind } from './capture'

/** How many entries there are of one kind, and in how many of them each bit is set. */
export interface KindCount {
  readonly entries: number
  /** 64 numbers: element `b` counts the entries with bit `b` set. */
  readonly withBit: readonly number[]
}

export type CaptureCounts = Record<EntryKind, KindCount>

/** Count a recording's entries by kind and bit, in one pass. */
export function countEntries(capture: Capture): CaptureCounts {
  const counts = { table: fresh(), empty: fresh(), present: fresh() } as Record<EntryKind, ReturnType<typeof fresh>>
  for (const kind of ['numa-hint', 'prot_none-vma', 'swap-or-migration'] as const) counts[kind] = fresh()
  const { count, lo, hi } = capture.entries
  for (let i = 0; i < count; i++) {
    const tally = counts[kindAt(capture, i)]
    tally.entries++
    addBits(tally.withBit, lo[i]!, 0)
    addBits(tally.withBit, hi[i]!, 32)
  }
  return counts
}

const fresh = () => ({ entries: 0, withBit: Array.from({ length: 64 }, () => 0) })

function addBits(withBit: number[], half: number, first: number): void {
  for (let rest = half; rest !== 0; rest = (rest & (rest - 1)) >>> 0) {
    withBit[first + 31 - Math.clz32(rest & -rest)]!++
  }
}
