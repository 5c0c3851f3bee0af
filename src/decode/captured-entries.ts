import { PAT, PRESENT, PROTNONE, pte, type Pte } from '../arch/pte'
import { PAGE_SIZE } from '../arch/vaddr'

/** Levels of recorded entries. `UPGD`: the second root, in use while a program runs (Xen PV, or a kernel with PTI). */
export const CAPTURED_LEVELS = ['PGD', 'PUD', 'PMD', 'PTE', 'UPGD'] as const
export type CapturedLevel = (typeof CAPTURED_LEVELS)[number]

/** The level's place in CAPTURED_LEVELS, as the `level` column holds it. */
export const LEVEL = { PGD: 0, PUD: 1, PMD: 2, PTE: 3, UPGD: 4 } as const satisfies Record<CapturedLevel, number>

/** Bytes that one entry of each level covers. */
export const COVERS = [2 ** 39, 2 ** 30, 2 ** 21, PAGE_SIZE, 2 ** 39] as const

/** The recording does not tell; in the columns `frame`, `mapcount`, `references` and `node`. */
export const UNKNOWN = -2

/**
 * Every entry of a recorded page table, tables and pages alike, column by column: entry `i` is the `i`th element of each.
 * In rising order of address within a level.
 */
export interface CapturedEntries {
  readonly count: number
  readonly level: Uint8Array
  /** First address covered. Addresses of pages are exact in a double, those of the kernel's half too. */
  readonly address: Float64Array
  /** The word in memory, in two halves. */
  readonly lo: Uint32Array
  readonly hi: Uint32Array
  /** The guest's frame, with the inversion of entries without PRESENT undone; UNKNOWN where the word names none. */
  readonly frame: Float64Array
  /** How many entries map the page, all processes counted; -1 for part of a huge page. */
  readonly mapcount: Int32Array
  readonly references: Int32Array
  readonly node: Int8Array
}

/** PSE of an upper entry: it maps a huge page. The place of PAT in a last-level one. */
const PSE = PAT

/** The word of entry `i`. */
export const wordAt = (entries: CapturedEntries, i: number): Pte => pte(entries.lo[i]!, entries.hi[i]!)

/** Does entry `i` map memory, or could it? Else it leads to another table. */
export const isLeafAt = ({ level, lo }: CapturedEntries, i: number): boolean => isLeaf(level[i]!, lo[i]!)

/** A PUD or PMD without PRESENT leads nowhere, so it is an entry of a huge page, or the place of one. */
function isLeaf(level: number, lo: number): boolean {
  if (level === LEVEL.PTE) return true
  return (level === LEVEL.PMD || level === LEVEL.PUD) && (lo & (PRESENT | PSE)) !== PRESENT
}

/** Does a word name a frame: is it PRESENT or PROTNONE? A swap entry names a place on a disk. */
export const namesFrame = (lo: number): boolean => (lo & (PRESENT | PROTNONE)) !== 0

/** The frame that a word names, with the inversion of an entry without PRESENT undone (Linux 4.18 and later). */
export function frameInWord(level: number, lo: number, hi: number): number {
  const inverted = isInverted(lo, hi)
  const frame = ((inverted ? ~hi : hi) & 0xf_ffff) * 0x10_0000 + ((inverted ? ~lo : lo) >>> 12)
  // Below the frame of a huge page there are flags.
  return isLeaf(level, lo) ? frame - (frame % (COVERS[level]! / PAGE_SIZE)) : frame
}

/** A frame without PRESENT is stored inverted if its highest bit is set, for no memory reaches that far. */
export const isInverted = (lo: number, hi: number): boolean => (lo & PRESENT) === 0 && (hi & 0x8_0000) !== 0

/** One entry, on its way into the columns. */
export interface EntryDraft {
  level: number
  address: number
  lo: number
  hi: number
  frame: number
  mapcount: number
  references: number
  node: number
}

/** Columns that grow. */
export class EntryColumns {
  count = 0
  private room = 0
  private columns = columnsFor(0)

  add(entry: EntryDraft): void {
    if (this.count === this.room) this.grow()
    const { columns, count: i } = this
    columns.level[i] = entry.level
    columns.address[i] = entry.address
    columns.lo[i] = entry.lo
    columns.hi[i] = entry.hi
    columns.frame[i] = entry.frame
    columns.mapcount[i] = entry.mapcount
    columns.references[i] = entry.references
    columns.node[i] = entry.node
    this.count++
  }

  /** The entries so far, in columns of exactly their length. */
  finish(): CapturedEntries {
    return { ...this.resized(this.count), count: this.count }
  }

  private grow(): void {
    this.room = Math.max(1024, this.room * 2)
    this.columns = this.resized(this.room)
  }

  private resized(room: number): ReturnType<typeof columnsFor> {
    const larger = columnsFor(room)
    for (const name of Object.keys(larger) as (keyof typeof larger)[]) {
      larger[name].set(this.columns[name].subarray(0, this.count))
    }
    return larger
  }
}

const columnsFor = (room: number) => ({
  level: new Uint8Array(room),
  address: new Float64Array(room),
  lo: new Uint32Array(room),
  hi: new Uint32Array(room),
  frame: new Float64Array(room),
  mapcount: new Int32Array(room),
  references: new Int32Array(room),
  node: new Int8Array(room),
})
