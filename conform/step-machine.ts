import { v4_0 } from '../src/kernel/variants'
import type { Mfn, Pfn } from '../src/arch/brand'
import { FRAME } from '../src/kernel/frames'
import { linuxFrame } from '../src/kernel/linux-pte'
import type { Backing } from '../src/kernel/protection'
import type { ImageFrame, ProcessImage } from '../src/machine/image'
import { Machine } from '../src/machine/machine'
import type { Place, StepRow } from './step-row'

/** Frames of the harness that computed the tables. */
export const ZERO_PFN = 0x10
export const FILE_PFN = 0x1000
export const FIRST_ANON_PFN = 0x2000
const ANON_FRAMES = 8
export const FIRST_TABLE_PFN = 0x8000

/** Index of each frame in the image. */
const ZERO = 0
const FILE = 1

/** Guest and machine count frames alike in the tables. */
const frame = (number: number, kind: number, mapcount = 0): ImageFrame => ({
  pfn: number as Pfn,
  mfn: number as Mfn,
  kind,
  mapcount,
})

/** What lies behind a kind of mapping; null where nothing is mapped. */
const backingOf = (vma: string): Backing | null => (vma === 'none' ? null : (vma.split('-')[0] as Backing))

/** A machine of one page that stands just where the row's step starts. */
export function machineOf(row: StepRow, place: Place): Machine {
  const image = imageOf(row)
  const machine = new Machine(image, place.kernel, place.platform)
  const held = heldFrame(row, image.frames)
  if (held >= 0 && row.dirty > 0) machine.world.put(machine.frames.dirtyCell(held), 1)
  machine.world.takeNotes()
  return machine
}

/** The frame whose struct page the row tells of; -1 for none. The zero page is not counted. */
function heldFrame({ page, entry }: StepRow, frames: readonly ImageFrame[]): number {
  return page === 'anon' || page === 'file' ? frames.findIndex(({ pfn }) => pfn === linuxFrame(v4_0, entry)) : -1
}

function imageOf(row: StepRow): ProcessImage {
  const backing = backingOf(row.vma)
  return {
    mappings: backing ? [{ name: row.vma, backing }] : [],
    pages: [
      {
        name: row.vma,
        address: 0x40_0000,
        mapping: backing ? 0 : -1,
        flags: row.flags,
        fileFrame: backing === 'file' || backing === 'shm' ? FILE : -1,
        entry: row.entry,
      },
    ],
    frames: framesOf(row),
    zeroFrame: ZERO,
    firstTableFrame: FIRST_TABLE_PFN,
    tableOffset: 0,
    // Only a write that took an anonymous page leaves a mapping written, and there is just one page to write to.
    written: backing ? [row.page === 'anon'] : [],
    threads: 1,
    swapSlots: [],
  }
}

/** Zero page, file page, and anonymous frames of which the entry's own is taken and the others are free. */
function framesOf({ json, page, entry, mapcount }: StepRow): readonly ImageFrame[] {
  const own = linuxFrame(v4_0, entry)
  const expected = { zero: own === ZERO_PFN, file: own === FILE_PFN, anon: own >= FIRST_ANON_PFN, '-': true }
  if (!expected[page]) json.refuse(`before: frame 0x${own.toString(16)} does not hold a ${page} page`)
  const others = Array.from({ length: ANON_FRAMES }, (_, index) => FIRST_ANON_PFN + index).filter((pfn) => pfn !== own)
  return [
    frame(ZERO_PFN, FRAME.zero),
    frame(FILE_PFN, FRAME.file, page === 'file' ? mapcount : 0),
    ...(page === 'anon' ? [frame(own, FRAME.anon, mapcount)] : []),
    ...others.map((pfn) => frame(pfn, FRAME.free)),
  ]
}
