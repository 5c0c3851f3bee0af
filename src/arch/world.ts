import type { Cell, Slot } from './brand'
import { pte, type Pte } from './pte'

/**
 * Everything that can change, as one flat array of 32-bit words. Writing goes through `put`, which notes
 * what the word held before; a tape keeps the notes, an explorer takes them back.
 */
export class World {
  readonly words: Uint32Array
  /** Pairs (cell, word before), oldest first, since notes were last taken; `noted` words of them. */
  private notes = new Uint32Array(256)
  private noted = 0

  constructor(size: number) {
    this.words = new Uint32Array(size)
  }

  get(cell: Cell): number {
    return this.words[cell]!
  }

  put(cell: Cell, value: number): void {
    const at = this.noted
    if (at === this.notes.length) this.lengthen()
    this.notes[at] = cell
    this.notes[at + 1] = this.words[cell]!
    this.noted = at + 2
    this.words[cell] = value
  }

  add(cell: Cell, change: number): void {
    this.put(cell, this.words[cell]! + change)
  }

  /** Make a word 0. One that is 0 already is left alone, and nothing is noted. */
  clear(cell: Cell): void {
    if (this.words[cell] !== 0) this.put(cell, 0)
  }

  pte(slot: Slot): Pte {
    return pte(this.words[slot]!, this.words[slot + 1]!)
  }

  putPte(slot: Slot, entry: Pte): void {
    this.put(slot as number as Cell, entry.lo)
    this.put((slot + 1) as Cell, entry.hi)
  }

  /** How many notes there are: a place to come back to. */
  get mark(): number {
    return this.noted
  }

  /** The cell that the note at `at` is about; `at` is even and below `mark`. */
  notedCell(at: number): Cell {
    return this.notes[at]! as Cell
  }

  /** What that cell held before. */
  notedBefore(at: number): number {
    return this.notes[at + 1]!
  }

  /** Undo every write since `mark`, newest first. */
  takeBack(mark: number): void {
    for (let at = this.noted - 2; at >= mark; at -= 2) this.words[this.notes[at]!] = this.notes[at + 1]!
    this.noted = mark
  }

  /** Do the words before `limit` hold what they held at `mark`? Only what was written since is looked at. */
  holdsAsAt(mark: number, limit: number): boolean {
    const seen = new Set<number>()
    for (let at = mark; at < this.noted; at += 2) {
      const cell = this.notes[at]!
      if (cell >= limit || seen.has(cell)) continue
      seen.add(cell)
      if (this.words[cell] !== this.notes[at + 1]) return false
    }
    return true
  }

  /** Hand over the notes and start afresh: pairs (cell, word before). */
  takeNotes(): number[] {
    const taken = Array.from(this.notes.subarray(0, this.noted))
    this.noted = 0
    return taken
  }

  /** Start afresh, with nothing to take back. */
  forget(): void {
    this.noted = 0
  }

  private lengthen(): void {
    const longer = new Uint32Array(this.notes.length * 2)
    longer.set(this.notes)
    this.notes = longer
  }
}

/** Gives out cells one after the other while a machine is laid out. */
export class CellAllocator {
  next = 0

  cell(): Cell {
    return this.next++ as Cell
  }

  slot(): Slot {
    const slot = this.next as Slot
    this.next += 2
    return slot
  }

  block(words: number): number {
    const start = this.next
    this.next += words
    return start
  }
}
