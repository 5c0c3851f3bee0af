import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_WORDS } from './packing'
import { Visited } from './visited'

const padded = (words: readonly number[]): Uint32Array => {
  const packed = new Uint32Array(MOST_WORDS)
  packed.set(words)
  return packed
}
/** Few values, so that many states are met twice; some use all bits. */
const state = (width: number) =>
  fc.array(fc.oneof(fc.nat(3), fc.constantFrom(0xffff_ffff, 0x8000_0000)), { minLength: width, maxLength: width })

/** The slow, obvious set: a Map of strings. */
class Plain {
  readonly numbers = new Map<string, number>()
  add(words: readonly number[]): number {
    const key = words.join()
    if (this.numbers.has(key)) return -1
    this.numbers.set(key, this.numbers.size)
    return this.numbers.size - 1
  }
}

test('what is new, what is known, and under which number: as a Map of strings says', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }).chain((width) => fc.array(state(width), { minLength: 1 })),
      (states) => {
        const visited = new Visited(states[0]!.length)
        const plain = new Plain()
        const read = new Uint32Array(MOST_WORDS)
        for (const [index, words] of states.entries()) {
          const number = visited.add(padded(words), index, index % 7)
          expect(number).toBe(plain.add(words))
          if (number < 0) continue
          expect([visited.parentOf(number), visited.moveTo(number)]).toEqual([index, index % 7])
        }
        expect(visited.size).toBe(plain.numbers.size)
        for (const [key, number] of plain.numbers) {
          visited.read(number, read)
          expect([...read.subarray(0, visited.width)].join()).toBe(key)
          expect(visited.find(padded(key.split(',').map(Number)))).toBe(number)
        }
      },
    ),
  )
})

test('states that were given another width are found under the number they had', () => {
  fc.assert(
    fc.property(fc.array(state(2), { minLength: 1 }), fc.array(state(3)), (before, after) => {
      const visited = new Visited(2)
      const plain = new Plain()
      for (const words of before) {
        visited.add(padded(words), 0, 0)
        plain.add([...words, 0])
      }
      visited.rewrite(3, () => undefined)
      for (const words of after) expect(visited.add(padded(words), 0, 0)).toBe(plain.add(words))
      for (const [key, number] of plain.numbers) expect(visited.find(padded(key.split(',').map(Number)))).toBe(number)
    }),
  )
})

test('a set that has outgrown its first table and its first blocks still holds every state once', () => {
  const many = 20_000
  const visited = new Visited(2)
  let wrong = 0
  for (let round = 0; round < 2; round++) {
    for (let index = 0; index < many; index++) {
      // Neighbours differ in few bits, as states do.
      const number = visited.add(padded([index & 0xff, index >>> 8]), index >>> 1, index & 0xffff)
      if (number !== (round === 0 ? index : -1)) wrong++
    }
  }
  expect(wrong).toBe(0)
  expect(visited.size).toBe(many)
  expect([visited.parentOf(many - 1), visited.moveTo(many - 1)]).toEqual([(many - 1) >>> 1, many - 1])
  expect(visited.bytes).toBeGreaterThan(many * 2 * 4)
})
