import { EMPTY, same } from '../arch/pte'
import { PAGE_SIZE } from '../arch/vaddr'
import { FRAME } from '../kernel/frames'
import { swapOffset } from '../kernel/linux-pte'
import { freshFlags, VM_SOFTDIRTY } from '../kernel/protection'
import type { Mapping } from '../kernel/context'
import { v6_1 } from '../kernel/variants'
import type { ImageFrame, ImagePage, ProcessImage } from '../machine/image'
import type { RecordedEntry, RecordedStep } from './recorded-step'
import { planStepFrames, type SeenPage, type StepFrames } from './step-frames'
import { areaOf, mappersOf, type StepArea } from './step-plan'
import type { MachineId } from '../machine/platforms'

/** The test program before its first step, and where its pages and frames are. */
export interface StepImage {
  readonly image: ProcessImage
  /** First address of each page, as hexadecimal digits. */
  readonly addresses: readonly string[]
  readonly frames: StepFrames
}

/** Swap offsets below this one are in use elsewhere: the first that was recorded is this one. */
const FIRST_SWAP_SLOT = 0x200
const FREE_SWAP_SLOTS = 8

/** The pages that some of these steps are about, mapped as the test program maps them, and nothing in them yet. */
export function stepImage(steps: readonly RecordedStep[], platform: MachineId): StepImage {
  const addresses = [...new Set(steps.map(({ address }) => pageAddress(address)))].toSorted(
    (a, b) => Number(`0x${a}`) - Number(`0x${b}`),
  )
  const seen = addresses.map((address) => seenPage(steps, address))
  const frames = planStepFrames(seen, platform)
  const areas = [...new Set(seen.flatMap(({ area }) => (area ? [area] : [])))]
  return {
    addresses,
    frames,
    image: {
      mappings: areas.map(({ name, backing }): Mapping => ({ name, backing })),
      pages: addresses.map((address, page) => {
        const { area } = seen[page]!
        const first = addresses.find((_, other) => seen[other]!.area === area)!
        const mapping = area ? areas.indexOf(area) : -1
        return {
          ...imagePage(address, first, area, mapping, frames.fileFrames[page]!),
          ...(seen[page]!.huge ? { huge: true } : {}),
        }
      }),
      frames: frames.frames,
      zeroFrame: frames.zeroFrame,
      ...(frames.hugeZeroFrame === undefined ? {} : { hugeZeroFrame: frames.hugeZeroFrame }),
      firstTableFrame: frames.firstTableFrame,
      tableOffset: frames.tableOffset,
      written: areas.map(() => false),
      threads: 1,
      swapSlots: Array.from({ length: FIRST_SWAP_SLOT + FREE_SWAP_SLOTS }, (_, slot) =>
        slot < FIRST_SWAP_SLOT ? 1 : 0,
      ),
    },
  }
}

/** The page of one step as the recording has it: with the entry that was read before the step. */
export const imageBefore = (step: RecordedStep, platform: MachineId): ProcessImage =>
  imageAmong([step], step, platform).image

/**
 * The pages of accesses that were recorded one by one, as they stood before one of them: each with the entry that was read
 * after the last access to it, or before its first.
 */
export function imageAmong(steps: readonly RecordedStep[], step: RecordedStep, platform: MachineId): StepImage {
  const start = stepImage(steps, platform)
  const { image, addresses, frames } = start
  const now = addresses.map((address) => seenBefore(steps, step, address))
  const swapped = now.map(({ entry }) => swapSlotOf(entry))
  const mappersBy = (pfn: number): number =>
    now.reduce((sum, { entry, mappers }) => sum + (entry.pfn === pfn ? mappers : 0), 0)
  const frameNow = (frame: ImageFrame, index: number): ImageFrame => {
    const mapcount = mappersBy(frame.pfn)
    if (!frames.pool.includes(index)) return frame.kind === FRAME.zero ? frame : { ...frame, mapcount }
    if (mapcount > 0) return { ...frame, kind: FRAME.anon, mapcount }
    return { ...frame, kind: frame.pfn === step.after.pfn ? FRAME.free : ELSEWHERE }
  }
  const framesNow = image.frames.map(frameNow)
  const isCopy = ({ pfn }: RecordedEntry): boolean =>
    framesNow.some((frame) => frame.pfn === pfn && frame.kind === FRAME.anon)
  return {
    ...start,
    image: {
      ...image,
      pages: image.pages.map((page, index) => ({ ...page, entry: now[index]!.entry.word })),
      frames: framesNow,
      written: image.mappings.map((_, mapping) =>
        image.pages.some((page, index) => page.mapping === mapping && isCopy(now[index]!.entry)),
      ),
      swapSlots: image.swapSlots.map((users, slot) => (swapped.includes(slot) ? 1 : users)),
    },
  }
}

/** What was last read of a page before a step began, and how many entries map its page. */
function seenBefore(steps: readonly RecordedStep[], step: RecordedStep, address: string) {
  const here = steps.filter((each) => pageAddress(each.address) === address)
  const earlier = steps.slice(0, steps.indexOf(step)).findLast((each) => here.includes(each))
  const next = here.find((each) => !earlier || steps.indexOf(each) > steps.indexOf(earlier)) ?? here[0]!
  return { entry: earlier?.after ?? next.before, mappers: mappersOf(next.label) }
}

/** What a frame holds that is neither free nor this program's: a page of somebody else's file. */
export const ELSEWHERE = FRAME.file

/** The swap slot that an entry names; -1 for an entry that names none. */
const swapSlotOf = ({ word, pfn }: RecordedEntry): number =>
  pfn !== null || same(word, EMPTY) ? -1 : swapOffset(v6_1, word)

/** The digits of an address with those of the place within its page cleared. */
export const pageAddress = (address: string): string => `${address.slice(0, -3)}000`

function seenPage(steps: readonly RecordedStep[], address: string): SeenPage {
  const here = steps.filter((step) => pageAddress(step.address) === address)
  const entries = here.flatMap(({ before, after }) => [before, after])
  const area = areaOf(here[0]!.label)
  return { area, entries, huge: area !== null && entries.some(({ level }) => level === 'PMD') }
}

function imagePage(
  address: string,
  first: string,
  area: StepArea | null,
  mapping: number,
  fileFrame: number,
): ImagePage {
  const start = Number(`0x${address}`)
  const place = { address: start, mapping, fileFrame }
  if (!area) return { ...place, name: 'not mapped', flags: 0 }
  const page = (start - Number(`0x${first}`)) / PAGE_SIZE
  // A new mapping has this flag: what is written in it is not tracked.
  return { ...place, name: `${area.name} ${page}`, flags: freshFlags(area.rights, area.shared) | VM_SOFTDIRTY }
}
