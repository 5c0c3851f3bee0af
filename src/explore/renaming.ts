import type { Slot } from '../arch/brand'
import { has, mfnOf, PRESENT, withFrame, type Pte } from '../arch/pte'
import { FRAME } from '../kernel/frames'
import { invertFrame, isInverted, isNone, swapOffset } from '../kernel/linux-pte'
import { linuxPresent } from '../kernel/page'
import type { Machine } from '../machine/machine'
import { markedFrame } from './marks'

/**
 * Frames that differ in nothing but their names may trade them: no rule asks more of such a name than whether it is another's, and
 * which of the free ones is given out is the same to whoever gets it. Of all states that are equal but for the names of
 * such frames one stands for the others (docs/decisions/008-renamed-frames.md).
 */
export class Renaming {
  private readonly machine: Machine
  /** Frames of one node that may hold an anonymous page, in the order in which they are given out; one list for each node. */
  private readonly groups: readonly (readonly number[])[]
  /** Where each page's entry lies, and where each TLB remembers one. */
  private readonly leaves: readonly Slot[]
  private readonly cached: readonly Slot[]

  /** `machine` stands at the first state. */
  constructor(machine: Machine) {
    const { frames } = machine
    this.machine = machine
    const kept = Array.from({ length: frames.count }, (_, frame) => frame).filter((frame) => {
      const kind = frames.kind(frame)
      return (kind === FRAME.free || kind === FRAME.anon) && !frames.isHuge(frame) && !frames.isForeign(frame)
    })
    const nodes = [...new Set(kept.map((frame) => frames.node(frame)))]
    this.groups = nodes.map((node) => kept.filter((frame) => frames.node(frame) === node))
    this.leaves = machine.processes.flatMap(({ slots }) => slots)
    this.cached = machine.cpus.flatMap(({ tlb }) => machine.pages.map((_, page) => (tlb + 2 * page) as Slot))
  }

  /**
   * Write the state down as the one that stands for it: frames are named anew in the order in which entries name them. To be asked
   * while nobody does anything, for then frames are named by entries and TLBs alone. Left as it is where an entry names
   * what is no frame.
   */
  apply(): void {
    const named = this.framesNamed()
    if (!named) return
    const names = this.newNames(named)
    if (names.size > 0) this.rename(names)
  }

  /** Every frame that an entry or a TLB names, in that order; null where an entry names none. */
  private framesNamed(): ReadonlySet<number> | null {
    const { machine } = this
    const named = new Set<number>()
    for (const slot of this.leaves) {
      const entry = machine.world.pte(slot)
      if (isNone(entry)) continue
      if (linuxPresent(machine, entry)) named.add(markedFrame(machine, entry))
      else if (machine.swapSlots[swapOffset(machine.kernel, entry)] === undefined) return null
    }
    for (const slot of this.cached) {
      const entry = machine.world.pte(slot)
      if (has(entry, PRESENT)) named.add(machine.frames.indexOfMfn(mfnOf(entry)))
    }
    return named.has(-1) ? null : named
  }

  /** By frame, the frame whose name it gets, if that is another's. */
  private newNames(named: ReadonlySet<number>): ReadonlyMap<number, number> {
    const names = new Map<number, number>()
    for (const group of this.groups) {
      const first = [...named].filter((frame) => group.includes(frame))
      const order = [...first, ...group.filter((frame) => !named.has(frame))]
      for (const [place, frame] of order.entries()) if (frame !== group[place]) names.set(frame, group[place]!)
    }
    return names
  }

  private rename(names: ReadonlyMap<number, number>): void {
    const { machine } = this
    const { world, frames } = machine
    for (const slot of this.leaves) {
      const entry = world.pte(slot)
      const name = linuxPresent(machine, entry) ? names.get(markedFrame(machine, entry)) : undefined
      if (name !== undefined) world.putPte(slot, this.withName(entry, name))
    }
    for (const slot of this.cached) {
      const entry = world.pte(slot)
      const name = has(entry, PRESENT) ? names.get(frames.indexOfMfn(mfnOf(entry))) : undefined
      if (name !== undefined) world.putPte(slot, withFrame(entry, frames.mfn(name)))
    }
    const told = [...names].map(
      ([frame, name]) => [name, frames.structPage(frame).map((cell) => world.get(cell))] as const,
    )
    for (const [name, words] of told)
      for (const [index, cell] of frames.structPage(name).entries()) world.put(cell, words[index]!)
  }

  /** An entry that Linux takes for present, naming another frame in the way in which it named the one before. */
  private withName(entry: Pte, name: number): Pte {
    const { machine } = this
    const { kernel, frames, platform } = machine
    const value = platform.pteVal(machine, entry)
    const pfn = frames.pfn(name)
    const renamed = isInverted(kernel, value)
      ? invertFrame(withFrame(invertFrame(value), pfn, kernel.frameBits))
      : withFrame(value, pfn, kernel.frameBits)
    return platform.makePte(machine, renamed)
  }
}
