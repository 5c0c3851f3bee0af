import { PAGE_SIZE } from '../arch/vaddr'
import type { Kernel } from '../kernel/variants'
import type { ImagePage, ProcessImage } from '../machine/image'
import type { Capture } from './capture'
import { captureNotes, type Note } from './capture-notes'
import { planFrames } from './captured-frames'
import { capturedBacking, type CapturedPage, type CapturedPages } from './captured-page'
import { wordFor, type Target } from './captured-word'
import type { MachineId } from '../machine/platforms'

/** A machine's beginning out of a recording, and what a reader has to know about it. */
export interface CapturedImage {
  readonly image: ProcessImage
  readonly notes: readonly Note[]
}

/** Swap slots that stay free, for pages that are reclaimed later. */
const SPARE_SLOTS = 8

/**
 * The recorded process on a machine and under a kernel. Present entries stand as recorded, or as the other machine would
 * have them; entries without PRESENT are written as `kernel` writes them, for Linux 6.1 stores their frames inverted.
 * `kernel` is used as it is: give it `withSoftDirty` where the recording has `softDirty`.
 */
export function captureImage(
  capture: Capture,
  part: CapturedPages,
  kernel: Kernel,
  platform: MachineId,
): CapturedImage {
  const { pages } = part
  const plan = planFrames(capture, pages, platform)
  const target: Target = { kernel, platform, recordedOn: capture.platform, mfnOf: plan.mfnOf }
  const { words, swapSlots } = wordsOf(pages, target)
  const { frames, zeroFrame, firstTableFrame, tableOffset } = plan
  const image: ProcessImage = {
    mappings: capture.vmas.map((vma) => ({ name: mappingName(vma.name), backing: capturedBacking(vma) })),
    pages: pages.map((page, index) => imagePage(page, plan.fileFrames[index]!, words[index])),
    frames,
    zeroFrame,
    firstTableFrame,
    tableOffset,
    pinned: capture.pinned,
    written: writtenIn(capture, pages),
    threads: 1,
    swapSlots,
  }
  return { image, notes: captureNotes(capture, part, words, plan, kernel, platform) }
}

/** Per mapping: was something in it written? */
function writtenIn(capture: Capture, pages: readonly CapturedPage[]): readonly boolean[] {
  const written = new Set(pages.filter(isWritten).map(({ vmaIndex }) => vmaIndex))
  return capture.vmas.map((_, index) => written.has(index))
}

/** An anonymous page is there because something was written, in memory or in swap. */
const isWritten = ({ content }: CapturedPage): boolean => content === 'anon' || content === 'swapped'

/** One word for each page; swap slots are given out in order, from 1. */
function wordsOf(pages: readonly CapturedPage[], target: Target) {
  const swapSlots = [0]
  const words = pages.map((page) => {
    const slot = page.content === 'swapped' ? swapSlots.push(1) - 1 : 0
    return wordFor(page, target, slot)
  })
  for (let spare = 0; spare < SPARE_SLOTS; spare++) swapSlots.push(0)
  return { words, swapSlots }
}

function imagePage(page: CapturedPage, fileFrame: number, word: ImagePage['entry']): ImagePage {
  const { address, vmaIndex, vma } = page
  const place = { name: pageName(page), address, mapping: vmaIndex, flags: vma.flags, fileFrame }
  return word ? { ...place, entry: word } : place
}

/** The recording tool wrote spaces as underscores. */
const mappingName = (name: string): string => name.replace(/_\(deleted\)$/, ' (deleted)')

/** Name of the test area or of the mapping, and the page's number in the mapping. */
function pageName({ label, address, vma }: CapturedPage): string {
  const base = mappingName(vma.name).split('/').at(-1)!
  const name = label || (vma.name === '[anon]' || base === '' ? 'anon' : base)
  return `${name} ${(address - vma.start) / PAGE_SIZE}`
}
