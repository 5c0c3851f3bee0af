import { FRAME } from '../src/kernel/frames'
import { linuxFrame } from '../src/kernel/linux-pte'
import { v4_0 } from '../src/kernel/variants'
import type { ImageFrame } from '../src/machine/image'
import { Machine } from '../src/machine/machine'
import type { Place } from './kernels'
import { ANON_FRAMES, FILE_PFN, FIRST_ANON_PFN, frame, framesOf, onePage, vmaKind, ZERO_PFN } from './one-page'
import type { StepRow } from './step-row'

/** A machine of one page that stands just where the row's step starts. */
export function machineOf(row: StepRow, place: Place): Machine {
  const { vma, flags, entry, page } = row
  const kind = vmaKind(vma) ?? null
  const frames = framesOf(page === 'file' ? row.mapcount : 0, anonymousFrames(row))
  // Only a write that took an anonymous page leaves a mapping written, and there is just one page to write to.
  const image = onePage({ vma, kind, flags, entry, frames, written: page === 'anon' })
  const machine = new Machine(image, place.kernel, place.platform)
  const held = heldFrame(row, frames)
  if (held >= 0 && row.dirty > 0) machine.world.put(machine.frames.dirtyCell(held), 1)
  machine.world.takeNotes()
  return machine
}

/** The frame whose struct page the row tells of; -1 for none. The zero page is not counted. */
function heldFrame({ page, entry }: StepRow, frames: readonly ImageFrame[]): number {
  return page === 'anon' || page === 'file' ? frames.findIndex(({ pfn }) => pfn === linuxFrame(v4_0, entry)) : -1
}

/** Anonymous frames, of which the entry's own is taken and the others are free. */
function anonymousFrames({ json, page, entry, mapcount }: StepRow): readonly ImageFrame[] {
  const own = linuxFrame(v4_0, entry)
  const expected = { zero: own === ZERO_PFN, file: own === FILE_PFN, anon: own >= FIRST_ANON_PFN, '-': true }
  if (!expected[page]) json.refuse(`before: frame 0x${own.toString(16)} does not hold a ${page} page`)
  const others = Array.from({ length: ANON_FRAMES }, (_, index) => FIRST_ANON_PFN + index).filter((pfn) => pfn !== own)
  return [
    ...(page === 'anon' ? [frame(own, FRAME.anon, mapcount)] : []),
    ...others.map((pfn) => frame(pfn, FRAME.free)),
  ]
}
