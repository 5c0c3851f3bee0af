import { Codebook } from './codebook'

/** More words than any model here needs for one state; buffers of single states have this length. */
export const MOST_WORDS = 64

/** Bits that a part of a column has at least when it is new. */
const NEW_PART = 2

/** More bits of a column's code, at another place of the packed state. */
interface Part {
  readonly word: number
  readonly shift: number
  readonly mask: number
  /** Place of these bits in the code. */
  readonly from: number
}

/**
 * How a state is packed into 32-bit words, exactly. Only cells that ever changed have a column; what a column holds is the
 * number of its value in its codebook. The layout only grows, by parts whose bits are 0 for every state packed before, so
 * a state once packed stays valid; it may have to be read as followed by zeros. Most columns have one part, and what is
 * known of it lies in flat lists: packing and unpacking are most of a search's work.
 */
export class Packing {
  /** Words of a packed state. */
  words = 1
  private readonly columnOf: Int16Array
  private readonly cells: number[] = []
  private readonly codebooks: Codebook[] = []
  /** First part of each column: its word, its place in it, and its bits as a mask from bit 0. */
  private readonly wordOf: number[] = []
  private readonly shiftOf: number[] = []
  private readonly maskOf: number[] = []
  /** Further parts of each column; null for most. */
  private readonly moreOf: (Part[] | null)[] = []
  /** Of each bit of a packed state: its column, and all bits of the part that it lies in. */
  private readonly columnAt = new Uint16Array(MOST_WORDS * 32)
  private readonly partAt = new Uint32Array(MOST_WORDS * 32)
  /** A state as codes, while it is laid out anew; there are no more columns than bits. */
  private readonly codes = new Uint8Array(MOST_WORDS * 32)
  /** Bits used in the last word. */
  private usedBits = 0
  private readonly start: Uint32Array

  /** `start`: the words of the first state, whose every code is 0. Cells from `limit` on are statistics and are left out. */
  constructor(start: Uint32Array, limit: number) {
    this.start = start.slice(0, limit)
    this.columnOf = new Int16Array(limit).fill(-1)
  }

  /** How many words of the world ever changed. */
  get columns(): number {
    return this.cells.length
  }

  /** Note in `packed` that `cell` now holds `value`. May lengthen the layout: then `packed` must have room for it. */
  set(packed: Uint32Array, cell: number, value: number): void {
    if (cell >= this.columnOf.length) return
    let column = this.columnOf[cell]!
    if (column < 0) {
      if (value === this.start[cell]) return
      column = this.addColumn(cell)
    }
    this.write(packed, column, this.codebooks[column]!.codeOf(value))
  }

  /**
   * Write a packed state into the world's words, where it differs from the one packed in `now`, which becomes equal to it. Cell
   * `extra` is none of the world's: what it holds is returned, `extraNow` where it does not differ. Neighbours differ in few
   * columns, and no other is looked at.
   */
  unpack(packed: Uint32Array, now: Uint32Array, world: Uint32Array, extra: number, extraNow: number): number {
    const { cells, codebooks, columnAt, partAt } = this
    let held = extraNow
    for (let word = 0; word < this.words; word++) {
      let differs = packed[word]! ^ now[word]!
      now[word] = packed[word]!
      while (differs !== 0) {
        const bit = word * 32 + 31 - Math.clz32(differs)
        const column = columnAt[bit]!
        differs &= ~partAt[bit]!
        const value = codebooks[column]!.valueOf(this.codeIn(packed, column))
        if (cells[column] === extra) held = value
        else world[cells[column]!] = value
      }
    }
    return held
  }

  /**
   * The same columns laid out anew, each in one part that just holds its values: fewer bits, and nothing to put together.
   * States packed before must be packed again.
   */
  compact(): Packing {
    const compact = new Packing(this.start, this.start.length)
    for (const [column, cell] of this.cells.entries()) {
      const codebook = this.codebooks[column]!
      compact.appendColumn(cell, codebook, Math.max(1, 32 - Math.clz32(codebook.size - 1)))
    }
    return compact
  }

  /** Lay out one state, packed by this, as `other` does, which has the same columns. */
  repack(packed: Uint32Array, other: Packing): void {
    const { codes } = this
    for (let column = 0; column < this.columns; column++) codes[column] = this.codeIn(packed, column)
    packed.fill(0)
    for (let column = 0; column < this.columns; column++) other.write(packed, column, codes[column]!)
  }

  private codeIn(packed: Uint32Array, column: number): number {
    let code = (packed[this.wordOf[column]!]! >>> this.shiftOf[column]!) & this.maskOf[column]!
    const more = this.moreOf[column]!
    if (more !== null)
      for (const { word, shift, mask, from } of more) code |= ((packed[word]! >>> shift) & mask) << from
    return code
  }

  private write(packed: Uint32Array, column: number, code: number): void {
    const word = this.wordOf[column]!
    const shift = this.shiftOf[column]!
    const mask = this.maskOf[column]!
    packed[word] = (packed[word]! & ~(mask << shift)) | ((code & mask) << shift)
    if (code > mask || this.moreOf[column] !== null) this.writeMore(packed, column, code)
  }

  private writeMore(packed: Uint32Array, column: number, code: number): void {
    const more = (this.moreOf[column] ??= [])
    let reach = more.length === 0 ? bitsOf(this.maskOf[column]!) : more.at(-1)!.from + bitsOf(more.at(-1)!.mask)
    for (; code >>> reach; reach += NEW_PART) more.push({ ...this.place(column, NEW_PART), from: reach })
    for (const { word, shift, mask, from } of more)
      packed[word] = (packed[word]! & ~(mask << shift)) | (((code >>> from) & mask) << shift)
  }

  private addColumn(cell: number): number {
    return this.appendColumn(cell, new Codebook(this.start[cell]!), NEW_PART)
  }

  private appendColumn(cell: number, codebook: Codebook, bits: number): number {
    const column = this.cells.push(cell) - 1
    const { word, shift, mask } = this.place(column, bits)
    this.columnOf[cell] = column
    this.codebooks.push(codebook)
    this.wordOf.push(word)
    this.shiftOf.push(shift)
    this.maskOf.push(mask)
    this.moreOf.push(null)
    return column
  }

  /** Room for some bits of a column, in one word. */
  private place(column: number, bits: number): Omit<Part, 'from'> {
    if (this.usedBits + bits > 32) {
      this.words++
      this.usedBits = 0
    }
    const place = { word: this.words - 1, shift: this.usedBits, mask: (1 << bits) - 1 }
    this.usedBits += bits
    for (let bit = place.word * 32 + place.shift, left = bits; left > 0; bit++, left--) {
      this.columnAt[bit] = column
      this.partAt[bit] = place.mask << place.shift
    }
    return place
  }
}

/** How many bits a mask of the lowest bits has. */
const bitsOf = (mask: number): number => 32 - Math.clz32(mask)
