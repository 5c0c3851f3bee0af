import type { Cell, Slot } from '../arch/brand'
import { GLOBAL, has, mfnOf, PRESENT, pte, same, USER, withFrame, withoutFlags, type Pte } from '../arch/pte'
import type { Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import type { Machine } from '../machine/machine'
import { settle, tryBegin } from './move'
import type { Model } from './model'
import type { Moment, Watch } from './search'

/** Where two machines part: after this move from this state of the one that is searched. */
export interface Parting {
  readonly state: number
  readonly move: number
}

/** The entry that stands in the other machine for one of the searched machine's. */
export type Image = (searched: Machine, entry: Pte) => Pte

/**
 * Lets a second machine make every move that the searched one makes, from the state that corresponds, and asks whether they
 * end in states that correspond. If they always do, each does whatever the other does: a bisimulation, for a move has one
 * outcome only. Steps of what lies below Linux (Xen's, or the bare store) belong to the step before them.
 */
export class Joint implements Watch {
  parting: Parting | null = null
  private readonly model: Model
  private readonly other: Machine
  private readonly image: Image
  /** Every place that holds an entry: tables, TLBs, and what a fault has read or is about to write. */
  private readonly slots: readonly Slot[]
  /** The entry that a word is part of; -1 for other words. */
  private readonly slotOf: Int32Array
  /** The state of the searched machine that the other stands in the image of; -1 before the first. */
  private standsIn = -1
  /** All words of the searched machine before its tables, which are empty but for the slots, and stay so. */
  private head: Uint32Array = new Uint32Array()
  /** Of each entry the words that its image was made of last, and that image. */
  private readonly imaged: Uint32Array
  private readonly images: Uint32Array

  /** `other` stands at the model's first state. */
  constructor(model: Model, other: Machine, image: Image = (_, entry) => entry) {
    const { length } = other.world.words
    this.model = model
    this.other = other
    this.image = image
    this.slots = entriesOf(other)
    this.slotOf = new Int32Array(length).fill(-1)
    for (const slot of this.slots) this.slotOf[slot] = this.slotOf[slot + 1] = slot
    this.imaged = new Uint32Array(length)
    this.images = new Uint32Array(length)
  }

  get isSettled(): boolean {
    return this.parting !== null
  }

  atStart({ machine }: Moment): void {
    const { other, slots } = this
    const plain = cellsBefore(other.firstTableWord).filter((cell) => this.slotOf[cell]! < 0)
    this.head = machine.world.words.subarray(0, machine.firstTableWord)
    for (const actor of other.cpus.keys()) settle(other, actor)
    other.world.forget()
    if (![...plain, ...slots].every((cell) => this.agree(machine, cell as Cell))) this.parting = { state: 0, move: -1 }
  }

  onMove(moment: Moment): void {
    const { machine, actor, taken, mark } = moment
    if (this.parting || isBelow(taken)) return
    this.standWhereItCameFrom(moment)
    this.moveOther(moment)
    const here = machine.world.mark
    carryOn(machine, actor)
    // What neither has written corresponds as it did before.
    if (!this.agreeOnNoted(machine, machine, mark) || !this.agreeOnNoted(machine, this.other, 0))
      this.parting = { state: moment.parent, move: moment.move }
    machine.world.takeBack(here)
    this.other.world.takeBack(0)
  }

  /** Let the other machine stand in the state that corresponds to the one from which the searched machine came. */
  private standWhereItCameFrom({ machine, parent, mark }: Moment): void {
    // Moves from one state follow each other, and the other machine took each of them back.
    if (parent === this.standsIn) return
    this.standsIn = parent
    const { imaged, images } = this
    const { world } = machine
    const { words } = this.other.world
    // All in one piece, which costs least, and then the entries among it are put right.
    words.set(this.head)
    for (const slot of this.slots) {
      words[slot] = world.words[slot]!
      words[slot + 1] = world.words[slot + 1]!
    }
    for (let at = world.mark - 2; at >= mark; at -= 2) words[world.notedCell(at)] = world.notedBefore(at)
    for (const slot of this.slots) {
      if (imaged[slot] !== words[slot] || imaged[slot + 1] !== words[slot + 1]) {
        imaged[slot] = words[slot]!
        imaged[slot + 1] = words[slot + 1]!
        const { lo, hi } = this.image(machine, pte(words[slot]!, words[slot + 1]!))
        images[slot] = lo
        images[slot + 1] = hi
      }
      words[slot] = images[slot]!
      words[slot + 1] = images[slot + 1]!
    }
  }

  /** Let the other machine make the same move. */
  private moveOther({ actor, taken, move }: Moment): void {
    const { other } = this
    if (taken === null) tryBegin(other, this.model.menu[move]!)
    else {
      other.tick(actor)
      carryOn(other, actor)
    }
    if (other.isIdle(actor)) settle(other, actor)
  }

  /** Do the machines agree on every word that one of them has noted since `mark`? Statistics are left out. */
  private agreeOnNoted(machine: Machine, { world, decidingWords }: Machine, mark: number): boolean {
    for (let at = mark; at < world.mark; at += 2) {
      const cell = world.notedCell(at)
      if (cell < decidingWords && !this.agree(machine, cell)) return false
    }
    return true
  }

  private agree(machine: Machine, cell: Cell): boolean {
    const slot = this.slotOf[cell]!
    const here = machine.world
    const there = this.other.world
    if (slot < 0) return here.get(cell) === there.get(cell)
    return same(this.image(machine, here.pte(slot as Slot)), there.pte(slot as Slot))
  }
}

const cellsBefore = (end: number): readonly Cell[] => Array.from({ length: end }, (_, cell) => cell as Cell)

/** A step of what lies below Linux: Xen's, or bare metal's way to store an entry. */
const isBelow = (step: Step<KernelCx> | null): boolean =>
  step !== null && (step.lane === 'xen' || (step.rule?.startsWith('BM') ?? false))

/** Take the steps below Linux that follow. */
function carryOn(machine: Machine, actor: number): void {
  while (isBelow(machine.nextStep(actor))) machine.tick(actor)
  if (machine.isIdle(actor)) settle(machine, actor)
}

/**
 * What stands on bare metal for an entry of Xen PV: one that is there loses bit 8 if it is a user's, and names the frame by the
 * number that Linux counts; any other is the same word.
 */
export function onBareMetal({ frames }: Machine, entry: Pte): Pte {
  if (!has(entry, PRESENT)) return entry
  const index = frames.indexOfMfn(mfnOf(entry))
  const named = index < 0 ? entry : withFrame(entry, frames.pfn(index))
  return has(named, USER) ? withoutFlags(named, GLOBAL) : named
}

function entriesOf(machine: Machine): readonly Slot[] {
  const perCpu = machine.cpus.flatMap(({ entry, next, tlb }) => [
    entry,
    next,
    ...machine.pages.map((_, page) => (tlb + 2 * page) as Slot),
  ])
  return [...machine.entrySlots(), ...perCpu]
}
