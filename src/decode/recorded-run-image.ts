import type { Mfn, Pfn } from '../arch/brand'

import { PAGE_SIZE } from '../arch/vaddr'
import type { Mapping, Platform } from '../kernel/context'
import { FRAME } from '../kernel/frames'
import type { Kernel } from '../kernel/variants'
import type { ImageFrame, ProcessImage } from '../machine/image'
import { backingOf } from './recorded-page'
import type { FramePair, ProgramPage, RecordedProgram, Recording } from './recorded-runs'

/** Frames that no recorded machine has had: for pages that the chosen recording says nothing of. */
const MADE_UP = 0xa_0000
const FIRST_TABLE = 0xb_0000
const SPARE_FRAMES = 32

/** How far the machine's count is from the guest's where a run of bare metal is placed under Xen. */
const OFFSET = 0x5_0000

/** The recording of just this kernel and machine; null where none was made. */
export const recordingOf = (program: RecordedProgram, kernel: string, machine: Platform['id']): Recording | null =>
  program.recordings.find((each) => each.kernel === kernel && each.machine === machine) ?? null

/**
 * The recording whose addresses and frames are used: that of the setting, else the one of this machine that got farthest,
 * else the first.
 */
export const nearestRecording = (program: RecordedProgram, kernel: string, machine: Platform['id']): Recording =>
  recordingOf(program, kernel, machine) ??
  program.recordings
    .filter((each) => each.machine === machine)
    .toSorted((a, b) => b.anonymousFrames.length - a.anonymousFrames.length)[0] ??
  program.recordings[0]!

/**
 * The recorded program before its first fault: its mappings and pages at their recorded addresses, and not one entry. Frames
 * are given out in the recorded order, so a run that goes as recorded has the recorded words.
 */
export function recordedRunImage(program: RecordedProgram, kernel: Kernel, platform: Platform['id']): ProcessImage {
  const recording = nearestRecording(program, kernel.id, platform)
  const mappings = mappingsOf(program)
  const frames = framesOf(program, recording)
  return {
    mappings,
    pages: program.pages.map((page, index) => ({
      name: page.name,
      address: addressOf(program, recording, index),
      mapping: mappings.findIndex(({ name }) => name === page.mapping),
      flags: page.flags,
      fileFrame: isOfFile(page) ? frames.ofFile.get(page.name)! : -1,
    })),
    frames: frames.all,
    zeroFrame: 0,
    firstTableFrame: FIRST_TABLE,
    tableOffset: OFFSET,
    written: mappings.map(() => false),
    threads: 1,
    swapSlots: Array.from({ length: 8 }, () => 0),
  }
}

const isOfFile = (page: ProgramPage): boolean => backingOf(page) !== 'anon'

function mappingsOf({ pages }: RecordedProgram): readonly Mapping[] {
  const mappings = new Map<string, Mapping>()
  for (const page of pages) mappings.set(page.mapping, { name: page.mapping, backing: backingOf(page) })
  return [...mappings.values()]
}

/** Where a page lies in the recording; one that did not fault there keeps its distance to a neighbour that did. */
function addressOf({ pages, recordings }: RecordedProgram, { addresses }: Recording, page: number): number {
  const known = addresses[page]!
  if (known !== null) return known
  const beside = recordings.find((each) => each.addresses[page] !== null)!.addresses
  const neighbour = pages.findIndex(
    ({ mapping }, index) => mapping === pages[page]!.mapping && addresses[index] !== null && beside[index] !== null,
  )
  const moved = neighbour < 0 ? 0 : addresses[neighbour]! - beside[neighbour]!
  return Math.floor((beside[page]! + moved) / PAGE_SIZE) * PAGE_SIZE
}

/** Zero page, pages of files, then private pages in the order in which they are given out. */
function framesOf({ pages }: RecordedProgram, { machine, zeroFrame, fileFrames, anonymousFrames }: Recording) {
  let madeUp = 0
  const invented = (): FramePair => {
    const pfn = MADE_UP + madeUp++
    return { pfn, mfn: pfn + OFFSET }
  }
  const frame = (pair: FramePair, kind: number): ImageFrame => {
    const elsewhere = machine === 'bare' && pair.pfn === pair.mfn
    return { pfn: pair.pfn as Pfn, mfn: (pair.mfn + (elsewhere ? OFFSET : 0)) as Mfn, kind, mapcount: 0 }
  }
  const all = [frame(zeroFrame ?? invented(), FRAME.zero)]
  const ofFile = new Map<string, number>()
  for (const page of pages.filter(isOfFile)) {
    ofFile.set(page.name, all.push(frame(fileFrames.get(page.name) ?? invented(), FRAME.file)) - 1)
  }
  const spare = Array.from({ length: SPARE_FRAMES }, invented)
  all.push(...[...anonymousFrames, ...spare].map((pair) => frame(pair, FRAME.free)))
  return { all, ofFile }
}
