import type { Pte } from '../arch/pte'
import type { Mapping } from '../kernel/context'
import type { FrameName } from '../kernel/frames'

/** One page a machine is built with. */
export interface ImagePage {
  /** Short name for the grid. */
  readonly name: string
  readonly address: number
  /** Index of its mapping; -1 where nothing is mapped. */
  readonly mapping: number
  /** vm_flags of the mapping, as this page sees them. */
  readonly flags: number
  /** Index into `frames` of the file's page; -1 for anonymous memory. */
  readonly fileFrame: number
  /** A page of 2 MB, where the machine has huge pages; else the first 4 KB of it. */
  readonly huge?: boolean
  /** Memory below the stack: see VirtualPage. */
  readonly belowStack?: { readonly distance: number; readonly flags: number }
  /** Word in memory when the machine starts; empty where nothing is said. */
  readonly entry?: Pte
}

/** A frame a machine is built with; `kind` and `mapcount` as struct page would tell. */
export interface ImageFrame extends FrameName {
  readonly kind: number
  readonly mapcount: number
  /** NUMA node, where Linux sees more than one; 0 where nothing is said. */
  readonly node?: number
  /** Marked as its process's alone; an anonymous page mapped once is, where nothing is said. */
  readonly exclusive?: boolean
}

/** What a machine is built from: one process, its memory, and what is in it at the start. */
export interface ProcessImage {
  readonly mappings: readonly Mapping[]
  readonly pages: readonly ImagePage[]
  /** Data frames, in the order in which free ones are given out. */
  readonly frames: readonly ImageFrame[]
  /** Index of the zero page in `frames`. */
  readonly zeroFrame: number
  /** Index of the huge zero page; left out where no page is huge. */
  readonly hugeZeroFrame?: number
  /** Page-table frames get numbers from here on, counted by the guest; `tableOffset` more by the machine. */
  readonly firstTableFrame: number
  readonly tableOffset: number
  /** False: under Xen, tables that Xen does not know yet. True where nothing is said. */
  readonly pinned?: boolean
  /** Per mapping: was something in it written before the machine starts? */
  readonly written: readonly boolean[]
  /** Threads of the process: since 6.1 the scanner leaves a single-threaded one alone on its own node. */
  readonly threads: number
  /** How many entries name each swap slot at the start. Slot 0 is never used. */
  readonly swapSlots: readonly number[]
}
