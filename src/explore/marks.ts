import { frameOf, has, PRESENT, pte, type Pte } from '../arch/pte'
import type { Step } from '../arch/step'
import { VM_RIGHTS } from '../kernel/protection'
import { copyEntry } from '../kernel/fork'
import type { KernelCx } from '../kernel/context'
import { isNone, linuxFrame } from '../kernel/linux-pte'
import { protectionDone } from '../kernel/mprotect'
import { reclaimed } from '../kernel/swap'
import { scanEntry } from '../kernel/scanner'
import type { Machine } from '../machine/machine'

/**
 * Which entries Linux has marked, as a set of bits: the history that no entry's own bits can be trusted to tell, for whether
 * they tell it is the question. An entry is marked from the store that took its PRESENT bit away to shut the page off, for a
 * hint or for PROT_NONE, until a store that gives it protection again, empties it or puts something else there.
 */
export class Marks {
  private readonly machine: Machine
  /** Leaf of a cell: number of the entry plus one; 0 for other cells. */
  private readonly leafOfCell: Uint8Array
  private readonly slots: readonly number[]
  /** Is a page shut off by mprotect written like a hint? Where hints have a bit of their own it is not. */
  private readonly countsShut: boolean

  constructor(machine: Machine) {
    this.machine = machine
    this.countsShut = machine.kernel.marking !== 'bit 9'
    this.slots = machine.processes.flatMap(({ slots }) => slots)
    this.leafOfCell = new Uint8Array(machine.world.words.length)
    for (const [leaf, slot] of this.slots.entries()) this.leafOfCell[slot] = this.leafOfCell[slot + 1] = leaf + 1
  }

  /** How many entries there are. */
  get leaves(): number {
    return this.slots.length
  }

  entry(leaf: number): Pte {
    return pte(this.machine.world.words[this.slots[leaf]!]!, this.machine.world.words[this.slots[leaf]! + 1]!)
  }

  /** Number of the entry that a cell is part of; -1 for a cell of something else. */
  leafAt(cell: number): number {
    return this.leafOfCell[cell]! - 1
  }

  /** The marks after a step that left notes from `mark` on. */
  after(marks: number, taken: Step<KernelCx>, actor: number, mark: number): number {
    const { world } = this.machine
    let seen = 0
    let next = marks
    for (let at = mark; at < world.mark; at += 2) {
      const leaf = this.leafOfCell[world.notedCell(at)]! - 1
      if (leaf < 0 || seen & (1 << leaf)) continue
      seen |= 1 << leaf
      const marked = this.isMarked(leaf, (marks & (1 << leaf)) !== 0, marks, taken, actor, this.before(leaf, mark))
      next = marked ? next | (1 << leaf) : next & ~(1 << leaf)
    }
    return next
  }

  /** The entry as it was before the notes from `mark` on. */
  private before(leaf: number, mark: number): Pte {
    const { world } = this.machine
    const slot = this.slots[leaf]!
    let lo = world.words[slot]!
    let hi = world.words[slot + 1]!
    for (let at = world.mark - 2; at >= mark; at -= 2) {
      const cell = world.notedCell(at)
      if (cell === slot) lo = world.notedBefore(at)
      else if (cell === slot + 1) hi = world.notedBefore(at)
    }
    return pte(lo, hi)
  }

  private isMarked(
    leaf: number,
    was: boolean,
    marks: number,
    taken: Step<KernelCx>,
    actor: number,
    before: Pte,
  ): boolean {
    const { machine } = this
    const now = this.entry(leaf)
    if (has(now, PRESENT) || isNone(now)) return false
    const pages = machine.pages.length
    // fork copies entries, marks and all.
    if (taken === copyEntry) return (marks & (1 << (leaf - pages))) !== 0
    const after = machine.world.get(machine.cpus[actor]!.after)
    if (after === scanEntry.id) return true
    if (after === reclaimed.id) return false
    // Nothing but ACCESSED and its like changed.
    if (after !== protectionDone.id && !has(before, PRESENT) && frameOf(now) === frameOf(before)) return was
    const flags = machine.world.get(machine.processes[leaf < pages ? 0 : 1]!.flags[leaf % pages]!)
    return this.countsShut && !(flags & VM_RIGHTS)
  }
}

/** Number of the entry that an actor's fault is about. */
export const faultLeaf = ({ world, cpus, pages }: Machine, actor: number): number =>
  world.get(cpus[actor]!.process) * pages.length + world.get(cpus[actor]!.page)

/** The frame that an entry which is there or marked stands for, by what Linux means; -1 for none. */
export const markedFrame = (machine: Machine, entry: Pte): number =>
  machine.frames.indexOfPfn(linuxFrame(machine.kernel, machine.platform.pteVal(machine, entry)))
