import type { Cell, Slot } from './brand'
import { pte, type Pte } from './pte'

/**
 * Everything that can change, as one flat array of 32-bit words. Writing goes through `put`, which notes
 * what the word held before; a tape keeps the notes, an explorer takes them back.
 */
export class World {
  readonly words: Uint32Array
  /** Pairs (cell, word before), oldest first, since the last `forget`. */
  private readonly notes: number[] = []

  constructor(size: number) {
    this.words = new Uint32Array(size)
  }

  get(cell: Cell): number {
    return this.words[cell]!
  }

  put(cell: Cell, value: number): void {
    this.notes.push(cell, this.words[cell]!)
    this.words[cell] = value
  }

  add(cell: Cell, change: number): void {
    this.put(cell, this.words[cell]! + change)
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
    return this.notes.length
  }

  /** Undo every write since `mark`, newest first. */
  takeBack(mark: number): void {
    while (this.notes.length > mark) {
      const before = this.notes.pop()!
      this.words[this.notes.pop()!] = before
    }
  }

  /** Do the words before `limit` hold what they held at `mark`? Only what was written since is looked at. */
  holdsAsAt(mark: number, limit: number): boolean {
    const seen = new Set<number>()
    for (let at = mark; at < this.notes.length; at += 2) {
      const cell = this.notes[at]!
      if (cell >= limit || seen.has(cell)) continue
      seen.add(cell)
      if (this.words[cell] !== this.notes[at + 1]) return false
    }
    return true
  }

  /** Hand over the notes and start afresh: pairs (cell, word before). */
  takeNotes(): number[] {
    return this.notes.splice(0)
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
