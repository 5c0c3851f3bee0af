import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MOST_WORDS, Packing } from './packing'

const CELLS = 12
const LIMIT = 10
const EXTRA = LIMIT - 1

/** A walk: writes to cells, some beyond the limit; few values, some large. */
const writes = fc.array(fc.tuple(fc.nat(CELLS - 1), fc.oneof(fc.nat(40), fc.constantFrom(0xffff_ffff, 0x8000_0001))), {
  minLength: 1,
  maxLength: 150,
})

/** Walk over the states that the writes lead to, and pack each. `EXTRA` is a cell that the world has not. */
function walk(start: Uint32Array, steps: readonly (readonly [number, number])[]) {
  const packing = new Packing(start, LIMIT)
  const packed = new Uint32Array(MOST_WORDS)
  const words = start.slice()
  const met = [{ packed: packed.slice(), words: words.slice() }]
  for (const [cell, value] of steps) {
    words[cell] = value
    packing.set(packed, cell, value)
    met.push({ packed: packed.slice(), words: words.slice() })
  }
  return { packing, met }
}

function expectRead(packing: Packing, start: Uint32Array, met: ReturnType<typeof walk>['met']): void {
  const now = new Uint32Array(MOST_WORDS)
  const world = start.slice()
  let extra = start[EXTRA]!
  // Backwards, so that each is read where another stands.
  for (const { packed, words } of met.toReversed()) {
    extra = packing.unpack(packed, now, world, EXTRA, extra)
    now.set(packed)
    expect([...world.subarray(0, EXTRA), extra]).toEqual([...words.subarray(0, LIMIT)])
    world.set(words.subarray(LIMIT), LIMIT)
  }
}

const start = fc.array(fc.nat(3), { minLength: CELLS, maxLength: CELLS }).map((words) => Uint32Array.from(words))

test('packing and unpacking give every word back, however the layout has grown since', () => {
  fc.assert(
    fc.property(start, writes, (first, steps) => {
      const { packing, met } = walk(first, steps)
      expectRead(packing, first, met)
    }),
  )
})

test('equal states are packed equally, others differently', () => {
  fc.assert(
    fc.property(start, writes, (first, steps) => {
      const { met } = walk(first, steps)
      const byWords = new Map<string, string>()
      for (const { packed, words } of met) {
        const key = words.subarray(0, LIMIT).join()
        expect(byWords.get(key) ?? packed.join()).toBe(packed.join())
        byWords.set(key, packed.join())
      }
      expect(new Set(byWords.values()).size).toBe(byWords.size)
    }),
  )
})

test('a compact layout holds the same words, in no more room, and goes on to grow', () => {
  fc.assert(
    fc.property(start, writes, writes, (first, steps, more) => {
      const { packing, met } = walk(first, steps)
      const compact = packing.compact()
      const again = met.map(({ packed, words }) => {
        const other = packed.slice()
        packing.repack(other, compact)
        return { packed: other, words }
      })
      expect(compact.words).toBeLessThanOrEqual(packing.words)
      expect(compact.columns).toBe(packing.columns)
      const last = { packed: again.at(-1)!.packed.slice(), words: again.at(-1)!.words.slice() }
      for (const [cell, value] of more) {
        last.words[cell] = value
        compact.set(last.packed, cell, value)
        again.push({ packed: last.packed.slice(), words: last.words.slice() })
      }
      expectRead(compact, first, again)
    }),
  )
})
