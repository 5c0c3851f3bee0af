/** One named bit of a leaf entry: what grid heads, tooltips, accessible names and tests read. */
export interface EntryField {
  readonly bit: number
  /** Short name for a column head. */
  readonly short: string
  /** Name in the manual or in Linux, spelled out. */
  readonly name: string
  /** What it means while PRESENT is 1. */
  readonly present: string
  /** What it means in an entry with PRESENT 0 that Linux still calls present (PROTNONE). */
  readonly absent: string
}

/** The bits the grid shows, from the left: NX, then 11 down to 0. Frame bits are shown as a number. */
export const ENTRY_FIELDS: readonly EntryField[] = [
  { bit: 63, short: 'NX', name: 'NX', present: 'no instruction fetch', absent: 'ignored by the CPU' },
  { bit: 11, short: 'sw3', name: 'SOFT_DIRTY', present: 'written since the last check', absent: 'kept as it was' },
  { bit: 10, short: 'sw2', name: 'SOFTW2', present: 'free for software', absent: 'free for software' },
  { bit: 9, short: 'sw1', name: 'SPECIAL', present: 'no struct page counts it', absent: 'Linux 3.19: a NUMA hint' },
  {
    bit: 8,
    short: 'G|PN',
    name: 'GLOBAL',
    present: 'GLOBAL: the TLB keeps it across address spaces',
    absent: 'PROTNONE: a page is here, access forbidden',
  },
  { bit: 7, short: 'PAT', name: 'PAT', present: 'cache type', absent: 'ignored by the CPU' },
  { bit: 6, short: 'D', name: 'DIRTY', present: 'written to', absent: 'kept as it was' },
  { bit: 5, short: 'A', name: 'ACCESSED', present: 'used', absent: 'kept as it was' },
  { bit: 4, short: 'PCD', name: 'PCD', present: 'cache disabled', absent: 'kept as it was' },
  { bit: 3, short: 'PWT', name: 'PWT', present: 'write-through', absent: 'kept as it was' },
  { bit: 2, short: 'US', name: 'USER', present: 'user mode may use it', absent: 'ignored by the CPU' },
  { bit: 1, short: 'RW', name: 'RW', present: 'writes allowed', absent: 'a hint may remember it here' },
  { bit: 0, short: 'P', name: 'PRESENT', present: 'the CPU uses this entry', absent: 'the CPU reads nothing else' },
]

/** The name bit 8 goes by: PRESENT alone decides. */
export const nameOfBit8 = (present: boolean): 'GLOBAL' | 'PROTNONE' => (present ? 'GLOBAL' : 'PROTNONE')
