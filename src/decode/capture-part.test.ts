import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Capture } from './capture'
import { entryNear, firstEntry, PART_ENTRIES, partAround } from './capture-part'
import { captureScenario, isPart, pageNear } from './capture-scenario'
import { readCapture } from './capture-reader'

const NAMED = { id: 'own', title: 'own', look: '' }

/** Pages of private, writable memory in stretches: first address and length of each. */
function captureOf(stretches: readonly (readonly [address: number, pages: number])[], flags = '825'): Capture {
  const lines = stretches.map(([address, pages], i) => `PTE ${address.toString(16)} ${i + 5}${flags} x${pages}+1`)
  const sum = stretches.reduce((total, [, pages]) => total + pages, 0)
  const result = readCapture(['one-bit-two-names capture 2', ...lines, `end ${sum}`, ''].join('\n'))
  if (!result.ok) throw new Error(result.message)
  return result.captures[0]!
}

describe('the part of a recording that a machine is built from', () => {
  it('is all of it while that is not too much', () => {
    const small = captureOf([[0x400000, 3000]])
    expect(partAround(small, 1500)).toEqual({ first: 0, end: 3000 })
    expect(isPart(captureScenario(small, NAMED, partAround(small, 7)))).toBe(false)
  })

  it('lies around the entry asked for, and is no smaller at the ends', () => {
    const large = captureOf([[0x400000, 100_000]])
    expect(partAround(large, 50_000)).toEqual({ first: 47_953, end: 52_049 })
    expect(partAround(large, 10)).toEqual({ first: 0, end: PART_ENTRIES })
    expect(partAround(large, 99_999)).toEqual({ first: 100_000 - PART_ENTRIES, end: 100_000 })
  })

  it('is smaller where pages lie far apart, for each table takes room for 512 entries', () => {
    const sparse = captureOf(Array.from({ length: 1000 }, (_, i) => [0x400000 * (i + 1), 1] as const))
    expect(partAround(sparse, 500)).toEqual({ first: 469, end: 533 })
  })

  it('holds the entry asked for, whatever the recording', () => {
    const shape = fc.array(fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 3000 })), { minLength: 1, maxLength: 80 })
    fc.assert(
      fc.property(shape, fc.nat(), (stretches, at) => {
        let next = 0x400000
        const placed = stretches.map(([gap, pages]) => {
          const address = next + gap * 0x300000
          next = address + pages * 0x1000
          return [address, pages] as const
        })
        const capture = captureOf(placed)
        const entry = at % capture.entries.count
        const { first, end } = partAround(capture, entry)
        expect(first <= entry && entry < end && end - first <= PART_ENTRIES).toBe(true)
      }),
      { numRuns: 100 },
    )
  })

  it('opens where a write would fault, else where a page is', () => {
    const lines = ['PTE 400000 0', 'PTE 401000 5867', 'PTE 402000 6825', 'PTE 403000 7825', 'end 4', '']
    const result = readCapture(['one-bit-two-names capture 2', ...lines].join('\n'))
    expect(result.ok && firstEntry(result.captures[0]!)).toBe(2)
    expect(firstEntry(captureOf([[0x400000, 3]], '867'))).toBe(0)
  })
})

describe('an address', () => {
  const capture = captureOf([
    [0x400000, 2],
    [0x500000, 2],
  ])

  it.each([
    [0, 0],
    [0x401fff, 1],
    [0x402000, 2],
    [0x501000, 3],
    [0x7fff_ffff_f000, 3],
  ])('%i leads to its entry, or the next one, or the last', (address, entry) => {
    expect(entryNear(capture, address)).toBe(entry)
  })

  it('leads to its page of the machine', () => {
    const scenario = captureScenario(capture, NAMED)
    expect(pageNear(scenario, 0x500000)).toBe(2)
    expect(pageNear(scenario, 0x600000)).toBe(3)
  })
})
