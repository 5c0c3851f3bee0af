import type { Mfn, Pfn } from '../arch/brand'
import { frameOf, has, PRESENT } from '../arch/pte'
import { FRAME } from '../kernel/frames'
import type { ImageFrame } from '../machine/image'
import type { Capture } from './capture'
import { frameInWord, LEVEL, type CapturedEntries } from './captured-entries'
import { FRAME_LIMIT, type CapturedPage, type PageContent } from './captured-page'
import type { MachineId } from '../machine/platforms'

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
export function planFrames(capture: Capture, pages: readonly CapturedPage[], platform: MachineId): FramePlan {
  const numbers = numbering(capture, pages, platform)
  const frames: ImageFrame[] = []
  const byPfn = new Map<number, number>()
  const add = (pfn: number, kind: number, mapcount: number): number => {
    const known = byPfn.get(pfn)
    if (known !== undefined) return known
    byPfn.set(pfn, frames.length)
    return frames.push({ pfn: pfn as Pfn, mfn: numbers.mfnOf(pfn), kind, mapcount }) - 1
  }
  const recorded = pages.map(({ pfn, mapcount, content }) =>
    pfn === null ? -1 : add(pfn, KIND[content], content === 'zero' ? 0 : Math.max(1, mapcount ?? 1)),
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
function numbering(capture: Capture, pages: readonly CapturedPage[], platform: MachineId) {
  const recorded = recordedNumbers(capture, pages)
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

function recordedNumbers(capture: Capture, pages: readonly CapturedPage[]) {
  const mfns = new Map<number, number>()
  for (const { raw, pfn } of pages) if (pfn !== null && has(raw, PRESENT)) mfns.set(pfn, frameOf(raw))
  return { mfns, ...largestNumbers(capture.entries) }
}

/** Numbers that no recorded entry names lie beyond these. Those beyond the model's memory are not counted. */
function largestNumbers({ count, level, lo, hi, frame }: CapturedEntries) {
  let largestPfn = 0
  let largestMfn = 0
  for (let i = 0; i < count; i++) {
    const present = (lo[i]! & PRESENT) !== 0
    const last = level[i] === LEVEL.PMD ? 511 : 0
    // The second root also names tables of Xen's own, which have no guest frame.
    if (level[i] !== LEVEL.UPGD && frame[i]! < FRAME_LIMIT) largestPfn = Math.max(largestPfn, frame[i]! + last)
    const mfn = present ? frameInWord(level[i]!, lo[i]!, hi[i]!) : 0
    if (mfn < FRAME_LIMIT) largestMfn = Math.max(largestMfn, mfn)
  }
  return { largestPfn, largestMfn }
}

function unknownMachineFrames(pages: readonly CapturedPage[]): number {
  const known = new Set(pages.filter(({ raw }) => has(raw, PRESENT)).map(({ pfn }) => pfn))
  const named = new Set(pages.flatMap(({ pfn }) => (pfn === null || known.has(pfn) ? [] : [pfn])))
  return named.size
}
