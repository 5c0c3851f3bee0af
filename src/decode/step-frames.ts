import type { Mfn, Pfn } from '../arch/brand'
import { DIRTY, frameOf, has, PRESENT, RW, SOFT_DIRTY, SPECIAL } from '../arch/pte'
import { FRAME } from '../kernel/frames'
import type { ImageFrame } from '../machine/image'
import type { RecordedEntry } from './recorded-step'
import type { StepArea } from './step-plan'
import type { MachineId } from '../machine/platforms'

/** All that was recorded of one page, in order. */
export interface SeenPage {
  readonly area: StepArea | null
  /** Mapped by its PMD. */
  readonly huge: boolean
  readonly entries: readonly RecordedEntry[]
}

/** The frames of a machine on which recorded steps are carried out. */
export interface StepFrames {
  readonly frames: readonly ImageFrame[]
  readonly zeroFrame: number
  /** Left out where no page was huge. */
  readonly hugeZeroFrame?: number
  /** Per page: index of the file's frame; -1 for anonymous memory. */
  readonly fileFrames: readonly number[]
  /** Recorded frames that the allocator gave at some time: all but the zero page and the pages of files. */
  readonly pool: readonly number[]
  readonly firstTableFrame: number
  readonly tableOffset: number
}

/** Frames that no entry was recorded with: for what a wrong rule would take, and for what readers do next. */
const SPARE_FRAMES = 24
/** Far from all that was recorded, and on a border of 2 MB. */
const HUGE_ZERO_PFN = 0xf_0000
/** Machine frame minus guest frame, for frames that no present entry was recorded with under Xen. */
const OFFSET = 0x10_0000

/**
 * The frames that were recorded, under their recorded numbers: the zero page, pages of files, and all others, of which none is
 * in use yet; then spare ones.
 */
export function planStepFrames(pages: readonly SeenPage[], platform: MachineId): StepFrames {
  const mfns = machineFrames(pages)
  const mfnOf = (pfn: number): Mfn => (platform === 'bare' ? pfn : (mfns.get(pfn) ?? pfn + OFFSET)) as Mfn
  const byPfn = new Map<number, number>()
  const frames: ImageFrame[] = []
  const add = (pfn: number, kind: number, huge = false): number => {
    const known = byPfn.get(pfn)
    if (known !== undefined) return known
    byPfn.set(pfn, frames.length)
    return frames.push({ pfn: pfn as Pfn, mfn: mfnOf(pfn), kind, mapcount: 0, ...(huge ? { huge } : {}) }) - 1
  }
  let unused = 1 + Math.max(0, ...pages.flatMap(({ entries }) => entries.map(({ pfn }) => pfn ?? 0)))
  const zeroFrame = add(zeroPfn(pages) ?? unused++, FRAME.zero)
  const fileFrames = pages.map((page) =>
    page.area && page.area.backing !== 'anon' ? add(filePfn(page) ?? unused++, FRAME.file) : -1,
  )
  const given = frames.length
  for (const { entries, huge } of pages) for (const { pfn } of entries) if (pfn !== null) add(pfn, FRAME.free, huge)
  const pool = Array.from({ length: frames.length - given }, (_, index) => given + index)
  // No recorded entry names the huge zero page.
  const hugeZero = pages.some(({ huge }) => huge) ? { hugeZeroFrame: add(HUGE_ZERO_PFN, FRAME.zero, true) } : {}
  for (let spare = 0; spare < SPARE_FRAMES; spare++) add(unused++, FRAME.free)
  return { frames, zeroFrame, ...hugeZero, fileFrames, pool, firstTableFrame: unused, tableOffset: OFFSET }
}

/** Xen's frame map, as far as present entries tell it. */
function machineFrames(pages: readonly SeenPage[]): ReadonlyMap<number, number> {
  const mfns = new Map<number, number>()
  for (const { entries } of pages) {
    for (const { word, pfn } of entries) if (pfn !== null && has(word, PRESENT)) mfns.set(pfn, frameOf(word))
  }
  return mfns
}

/** The zero page is the one that anonymous memory maps with SPECIAL. */
const zeroPfn = (pages: readonly SeenPage[]): number | undefined =>
  pages
    .filter(({ area }) => area?.backing === 'anon')
    .flatMap(({ entries }) => entries)
    .find(({ word, pfn }) => pfn !== null && has(word, PRESENT) && has(word, SPECIAL))?.pfn ?? undefined

/** The page of the file itself: of a private mapping the one that is mapped while nothing was written. */
const filePfn = ({ area, entries }: SeenPage): number | undefined =>
  entries.find(({ word, pfn }) => pfn !== null && (area!.shared || !has(word, DIRTY | SOFT_DIRTY | RW)))?.pfn ??
  undefined
