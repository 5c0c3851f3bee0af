import { MOST_WORDS } from './packing'

/** The first table has this many places; a power of two. */
const FIRST_PLACES = 1 << 10
/** At most this share of the table's places is taken. */
const FULLEST = 0.8
/** A place holds the number of a state plus one, and above it a few bits of the state's hash, which spare most comparisons. */
const NUMBER_BITS = 26
const NUMBER_MASK = (1 << NUMBER_BITS) - 1
/** More states than this cannot be numbered. */
export const MOST_STATES = NUMBER_MASK - 1

/** States in blocks of this many: a growing set moves none of them. */
const BLOCK_BITS = 12
const BLOCK = 1 << BLOCK_BITS

/** Every state met, packed, in the order in which it was met, with the move by which it was. */
export class Visited {
  private blocks: Uint32Array[] = []
  private table = new Uint32Array(FIRST_PLACES)
  /** Words of a packed state. */
  width: number
  private count = 0
  private parents = new Uint32Array(FIRST_PLACES)
  private moves = new Uint16Array(FIRST_PLACES)

  /** `width`: words of a packed state. */
  constructor(width: number) {
    this.width = width
  }

  get size(): number {
    return this.count
  }

  /** Bytes that are held now. */
  get bytes(): number {
    return (
      this.blocks.length * BLOCK * this.width * 4 +
      this.table.byteLength +
      this.parents.byteLength +
      this.moves.byteLength
    )
  }

  /** The state from which this one was first reached. */
  parentOf(state: number): number {
    return this.parents[state]!
  }

  /** The move by which it was reached. */
  moveTo(state: number): number {
    return this.moves[state]!
  }

  /** Copy a state out. */
  read(state: number, into: Uint32Array): void {
    const block = this.blocks[state >>> BLOCK_BITS]!
    let at = (state & (BLOCK - 1)) * this.width
    for (let word = 0; word < this.width; word++) into[word] = block[at++]!
  }

  /** Add a state. Its number if it is new; -1 if it is known. */
  add(packed: Uint32Array, parent: number, move: number): number {
    if (this.count + 1 > this.table.length * FULLEST) this.enlarge()
    const hash = hashOf(packed, this.width)
    const tag = hash & ~NUMBER_MASK
    const mask = this.table.length - 1
    let place = hash & mask
    for (;;) {
      const found = this.table[place]!
      if (found === 0) break
      if ((found & ~NUMBER_MASK) === tag && this.equals((found & NUMBER_MASK) - 1, packed)) return -1
      place = (place + 1) & mask
    }
    const state = this.count++
    this.table[place] = tag | (state + 1)
    this.write(state, packed)
    if (state >= this.parents.length) this.lengthen()
    this.parents[state] = parent
    this.moves[state] = move
    return state
  }

  /** The number of a state; -1 for one that was not met. */
  find(packed: Uint32Array): number {
    const hash = hashOf(packed, this.width)
    const mask = this.table.length - 1
    for (let place = hash & mask; this.table[place] !== 0; place = (place + 1) & mask) {
      const state = (this.table[place]! & NUMBER_MASK) - 1
      if (this.equals(state, packed)) return state
    }
    return -1
  }

  /** Give every state another width, and let `change` write each one anew. */
  rewrite(width: number, change: (packed: Uint32Array) => void): void {
    const { blocks, width: before } = this
    const packed = new Uint32Array(MOST_WORDS)
    this.blocks = []
    this.width = width
    for (let state = 0; state < this.count; state++) {
      packed.fill(0)
      const block = blocks[state >>> BLOCK_BITS]!
      const at = (state & (BLOCK - 1)) * before
      for (let word = 0; word < before; word++) packed[word] = block[at + word]!
      change(packed)
      this.write(state, packed)
    }
    this.fillTable(this.table.length)
  }

  private equals(state: number, packed: Uint32Array): boolean {
    const block = this.blocks[state >>> BLOCK_BITS]!
    let at = (state & (BLOCK - 1)) * this.width
    for (let word = 0; word < this.width; word++) if (block[at++] !== packed[word]) return false
    return true
  }

  private write(state: number, packed: Uint32Array): void {
    const index = state >>> BLOCK_BITS
    const block = (this.blocks[index] ??= new Uint32Array(BLOCK * this.width))
    let at = (state & (BLOCK - 1)) * this.width
    for (let word = 0; word < this.width; word++) block[at++] = packed[word]!
  }

  private lengthen(): void {
    // By a half: what is not used yet is memory too.
    const length = this.parents.length + (this.parents.length >>> 1)
    const parents = new Uint32Array(length)
    parents.set(this.parents)
    this.parents = parents
    const moves = new Uint16Array(length)
    moves.set(this.moves)
    this.moves = moves
  }

  private enlarge(): void {
    this.fillTable(this.table.length * 2)
  }

  private fillTable(places: number): void {
    this.table = new Uint32Array(places)
    const mask = places - 1
    const packed = new Uint32Array(this.width)
    for (let state = 0; state < this.count; state++) {
      this.read(state, packed)
      const hash = hashOf(packed, this.width)
      let place = hash & mask
      while (this.table[place] !== 0) place = (place + 1) & mask
      this.table[place] = (hash & ~NUMBER_MASK) | (state + 1)
    }
  }
}

/** Mixes all words; the upper bits tell as much as the lower. */
function hashOf(packed: Uint32Array, width: number): number {
  let hash = 0
  for (let word = 0; word < width; word++) {
    hash = Math.imul(hash ^ packed[word]!, 0x85ebca6b)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
