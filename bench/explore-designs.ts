// Ways to hold the states met, beside the app's: each says how many of a list of packed states are new.

/** A list of packed states as a search met them, new and known, end to end. */
export interface Met {
  readonly words: Uint32Array
  /** Words of one state. */
  readonly width: number
  readonly count: number
}

/** Open addressing over typed arrays, with so many bits of the hash kept in the table beside each state's number. */
export function openTable(met: Met, tagBits: number): number {
  const { words, width, count } = met
  const numberMask = 2 ** (32 - tagBits) - 1
  let table = new Uint32Array(1 << 10)
  let states = new Uint32Array(width << 10)
  let size = 0
  for (let index = 0; index < count; index++) {
    const at = index * width
    if (size + 1 > table.length * 0.8) {
      table = new Uint32Array(table.length * 2)
      for (let state = 0; state < size; state++) {
        const hash = hashOf(states, state * width, width)
        table[free(table, hash)] = ((hash & ~numberMask) | (state + 1)) >>> 0
      }
    }
    const hash = hashOf(words, at, width)
    const tag = (hash & ~numberMask) >>> 0
    const mask = table.length - 1
    let place = hash & mask
    let known = false
    for (let found = table[place]!; found !== 0 && !known; found = table[place]!) {
      const state = (found & numberMask) - 1
      known = (found & ~numberMask) >>> 0 === tag && isSame(states, state * width, words, at, width)
      if (!known) place = (place + 1) & mask
    }
    if (known) continue
    if ((size + 1) * width > states.length) {
      const longer = new Uint32Array(states.length * 2)
      longer.set(states)
      states = longer
    }
    states.set(words.subarray(at, at + width), size * width)
    table[place] = (tag | ++size) >>> 0
  }
  return size
}

function free(table: Uint32Array, hash: number): number {
  const mask = table.length - 1
  let place = hash & mask
  while (table[place] !== 0) place = (place + 1) & mask
  return place
}

function isSame(a: Uint32Array, at: number, b: Uint32Array, from: number, width: number): boolean {
  for (let word = 0; word < width; word++) if (a[at + word] !== b[from + word]) return false
  return true
}

function hashOf(words: Uint32Array, at: number, width: number): number {
  let hash = 0
  for (let word = 0; word < width; word++) {
    hash = Math.imul(hash ^ words[at + word]!, 0x85ebca6b)
    hash ^= hash >>> 15
  }
  hash = Math.imul(hash, 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

/** A set of strings, one character for each half of a word. */
export function setOfStrings({ words, width, count }: Met): number {
  const known = new Set<string>()
  const halves = new Uint16Array(words.buffer, words.byteOffset, words.length * 2)
  for (let index = 0; index < count; index++)
    known.add(String.fromCharCode(...halves.subarray(index * width * 2, (index + 1) * width * 2)))
  return known.size
}

/** A set of strings of digits, which is what comes to mind first. */
export function setOfDigits({ words, width, count }: Met): number {
  const known = new Set<string>()
  for (let index = 0; index < count; index++) known.add(words.subarray(index * width, (index + 1) * width).join())
  return known.size
}
