import type { Mfn, Pfn } from '../arch/brand'
import { frameOf, has, PRESENT } from '../arch/pte'
import { FRAME } from '../kernel/frames'
import type { ImageFrame } from '../machine/image'
import type { Capture } from './capture'
import type { CapturedPage, PageContent } from './captured-page'

/** The frames of a machine that is built from a recording. */
export interface FramePlan {
  readonly frames: readonly ImageFrame[]
  /** Per page: index of the file's frame; -1 for anonymous memory. */
  readonly fileFrames: readonly number[]
  readonly zeroFrame: number
  readonly firstTableFrame: number
  readonly tableOffset: number
  /** Machine frame of a guest frame that the plan holds. */
  readonly mfnOf: (pfn: number) => Mfn
  /** Recorded guest frames whose machine frame the recording does not tell. */
  readonly madeUpMachineFrames: number
  /** Frames of file pages that no recorded entry maps. */
  readonly madeUpFilePages: number
}

/** Free frames more than there are pages, so that each page can be copied and something is left. */
const SPARE_FRAMES = 64
/** Machine frame minus guest frame where a bare-metal recording is put under Xen. */
const OFFSET = 0x50000

const KIND: Record<PageContent, number> = {
  empty: FRAME.free,
  swapped: FRAME.free,
  zero: FRAME.zero,
  anon: FRAME.anon,
  file: FRAME.file,
}

/**
 * Recorded frames with their recorded map counts, then frames with made-up numbers beyond them: file pages that nothing
 * maps yet, the zero page if it was never met, and free ones.
 */
export function planFrames(capture: Capture, pages: readonly CapturedPage[], platform: 'bare' | 'xen'): FramePlan {
  const numbers = numbering(capture, platform)
  const frames: ImageFrame[] = []
  const byPfn = new Map<number, number>()
  const add = (pfn: number, kind: number, mapcount: number): number => {
    const known = byPfn.get(pfn)
    if (known !== undefined) return known
    byPfn.set(pfn, frames.length)
    return frames.push({ pfn: pfn as Pfn, mfn: numbers.mfnOf(pfn), kind, mapcount }) - 1
  }
  const recorded = pages.map(({ leaf, content }) =>
    leaf.pfn === null ? -1 : add(leaf.pfn, KIND[content], content === 'zero' ? 0 : Math.max(1, leaf.mapcount ?? 1)),
  )
  const recordedFrames = frames.length
  const fileFrames = pages.map(({ backing, content }, index) => {
    if (backing === 'anon') return -1
    return content === 'file' ? recorded[index]! : add(numbers.newPfn(), FRAME.file, 0)
  })
  const madeUpFilePages = frames.length - recordedFrames
  const zeroPage = frames.findIndex(({ kind }) => kind === FRAME.zero)
  const zeroFrame = zeroPage < 0 ? add(numbers.newPfn(), FRAME.zero, 0) : zeroPage
  for (let index = 0; index < pages.length + SPARE_FRAMES; index++) add(numbers.newPfn(), FRAME.free, 0)
  const firstTableFrame = numbers.newPfn()
  return {
    frames,
    fileFrames,
    zeroFrame,
    firstTableFrame,
    tableOffset: numbers.mfnOf(firstTableFrame) - firstTableFrame,
    mfnOf: numbers.mfnOf,
    madeUpMachineFrames: platform === 'xen' && capture.platform === 'xen' ? unknownMachineFrames(pages) : 0,
    madeUpFilePages,
  }
}

/** Guest frames that the recording does not use, and the machine frame of each guest frame. */
function numbering(capture: Capture, platform: 'bare' | 'xen') {
  const recorded = recordedNumbers(capture)
  let nextPfn = recorded.largestPfn + 1
  let nextMfn = recorded.largestMfn + 1
  const mfnOf = (pfn: number): Mfn => {
    if (platform === 'bare') return pfn as Mfn
    if (capture.platform === 'bare') return (pfn + OFFSET) as Mfn
    const known = recorded.mfns.get(pfn) ?? nextMfn++
    recorded.mfns.set(pfn, known)
    return known as Mfn
  }
  return { mfnOf, newPfn: () => nextPfn++ }
}

function recordedNumbers({ leaves, tables }: Capture) {
  const mfns = new Map<number, number>()
  let largestPfn = 0
  let largestMfn = 0
  for (const { level, raw, pfn } of leaves) {
    if (pfn === null) continue
    largestPfn = Math.max(largestPfn, pfn + (level === 'PMD' ? 511 : 0))
    if (!has(raw, PRESENT)) continue
    largestMfn = Math.max(largestMfn, frameOf(raw))
    if (level === 'PTE') mfns.set(pfn, frameOf(raw))
  }
  for (const { level, raw, val } of tables) {
    largestMfn = Math.max(largestMfn, frameOf(raw))
    // The second root also names tables of Xen's own, which have no guest frame.
    if (level !== 'UPGD') largestPfn = Math.max(largestPfn, frameOf(val))
  }
  return { mfns, largestPfn, largestMfn }
}

function unknownMachineFrames(pages: readonly CapturedPage[]): number {
  const known = new Set(pages.filter(({ leaf }) => has(leaf.raw, PRESENT)).map(({ leaf }) => leaf.pfn))
  const named = new Set(pages.flatMap(({ leaf }) => (leaf.pfn === null || known.has(leaf.pfn) ? [] : [leaf.pfn])))
  return named.size
}
