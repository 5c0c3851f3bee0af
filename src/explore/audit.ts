import type { Slot } from '../arch/brand'
import { has, mfnOf, PRESENT, pte, RW, type Pte } from '../arch/pte'
import { isNone, swapOffset } from '../kernel/linux-pte'
import { FRAME } from '../kernel/frames'
import { linuxPresent } from '../kernel/page'
import { VM_SHARED } from '../kernel/protection'
import type { Machine } from '../machine/machine'
import { markedFrame } from './marks'
import type { Failure } from './properties'

/** Entries by frame, reused from one audit to the next. */
const counted = new Uint8Array(256)

/**
 * Does every entry name a frame that holds a page of a process, and does every struct page count the entries that name it?
 * Null if so. To be asked while nobody is in the middle of a change.
 */
export function wrongFrame(machine: Machine): Failure | null {
  const { world, frames } = machine
  counted.fill(0, 0, frames.count)
  for (const process of machine.processes) {
    if (!world.get(process.alive)) continue
    for (const slot of process.slots) {
      const entry = world.pte(slot)
      if (isNone(entry)) continue
      if (!linuxPresent(machine, entry)) {
        if (machine.swapSlots[swapOffset(machine.kernel, entry)] === undefined) return 'no such frame'
        continue
      }
      const frame = markedFrame(machine, entry)
      if (frame < 0 || frames.kind(frame) === FRAME.table || frames.kind(frame) === FRAME.free) return 'no such frame'
      if (frame !== machine.zeroFrame) counted[frame]!++
    }
  }
  for (let frame = 0; frame < frames.count; frame++) {
    const kind = frames.kind(frame)
    if (kind === FRAME.anon && frames.mapcount(frame) !== counted[frame]) return 'wrong count'
  }
  return null
}

/** Does some TLB hold a page of which this is true? `leaf`: number of its entry, as in marks.ts; `cached`: what the TLB holds. */
export function remembered({ world, cpus, pages }: Machine, isTrue: (leaf: number, cached: Pte) => boolean): boolean {
  for (const { tlb, process } of cpus) {
    for (let page = 0; page < pages.length; page++) {
      const cached = world.pte((tlb + 2 * page) as Slot)
      if (has(cached, PRESENT) && isTrue(world.get(process) * pages.length + page, cached)) return true
    }
  }
  return false
}

/** Does a TLB lead to a frame that the page's entry, as Linux means it, does not name? */
export const isStale = (machine: Machine): boolean =>
  remembered(machine, (leaf, cached) => {
    const { length } = machine.pages
    const entry = machine.world.pte(machine.processes[Math.floor(leaf / length)]!.slots[leaf % length]!)
    return !linuxPresent(machine, entry) || markedFrame(machine, entry) !== machine.frames.indexOfMfn(mfnOf(cached))
  })

/** Did a write of `process` to `page` go into a frame that a private page of the other process names, or into the zero page? */
export function isSharedByOther(machine: Machine, process: number, page: number, actor: number): boolean {
  const { world } = machine
  const written = writtenFrame(machine, process, page, actor)
  if (written < 0) return false
  if (written === machine.zeroFrame) return true
  const other = 1 - process
  const { alive, slots, flags } = machine.processes[other]!
  if (!world.get(alive)) return false
  return slots.some((slot, index) => {
    const entry = world.pte(slot)
    const named = !isNone(entry) && markedFrame(machine, entry) === written
    return named && !(world.get(flags[index]!) & VM_SHARED)
  })
}

/** The frame that the CPU used: by its TLB if it remembers the page, else by the entry. */
function writtenFrame(machine: Machine, process: number, page: number, actor: number): number {
  const { words } = machine.world
  const cached = machine.cpus[actor]!.tlb + 2 * page
  const entry = pte(words[cached]!, words[cached + 1]!)
  const used =
    has(entry, PRESENT) && has(entry, RW) ? entry : machine.world.pte(machine.processes[process]!.slots[page]!)
  return has(used, PRESENT) ? machine.frames.indexOfMfn(mfnOf(used)) : -1
}
