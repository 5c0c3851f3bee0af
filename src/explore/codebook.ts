/**
 * The values that one word was ever seen to hold, each with a small number: 0 for the first, and so on. Values are kept
 * whole, so nothing is lost. Open addressing over typed arrays; a `Map` with numbers above 2^31 is several times slower.
 */
export class Codebook {
  private values = new Uint32Array(4)
  /** Code plus one of what lies here; 0 where nothing does. */
  private slots = new Uint8Array(8)
  private used = 0

  constructor(first: number) {
    this.codeOf(first)
  }

  /** How many different values there are. */
  get size(): number {
    return this.used
  }

  valueOf(code: number): number {
    return this.values[code]!
  }

  /** The number of a value; a new one for a value never seen. At most 255 values. */
  codeOf(value: number): number {
    const mask = this.slots.length - 1
    let at = (Math.imul(value, 0x9e3779b1) >>> 24) & mask
    for (;;) {
      const found = this.slots[at]!
      if (found === 0) break
      if (this.values[found - 1] === value) return found - 1
      at = (at + 1) & mask
    }
    return this.add(value)
  }

  private add(value: number): number {
    if (this.used === 255) throw new TooManyValues()
    if (this.used === this.values.length) {
      const longer = new Uint32Array(this.values.length * 2)
      longer.set(this.values)
      this.values = longer
    }
    this.values[this.used++] = value
    if (this.used * 2 > this.slots.length) this.slots = new Uint8Array(this.slots.length * 2)
    this.slots.fill(0)
    for (let code = 0; code < this.used; code++) this.place(code)
    return this.used - 1
  }

  private place(code: number): void {
    const mask = this.slots.length - 1
    let at = (Math.imul(this.values[code]!, 0x9e3779b1) >>> 24) & mask
    while (this.slots[at] !== 0) at = (at + 1) & mask
    this.slots[at] = code + 1
  }
}

/** A word of this model takes more values than a small number can tell apart. */
export class TooManyValues extends Error {
  constructor() {
    super('One word of this model takes more than 255 values. Make the model smaller.')
  }
}
