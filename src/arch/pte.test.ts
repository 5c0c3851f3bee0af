import fc from 'fast-check'
import { expect, test } from 'vitest'
import { entryText, parseEntry } from './entry-notation'
import { ENTRY_FIELDS, nameOfBit8 } from './entry-fields'
import {
  bitOf,
  EMPTY,
  flipBit,
  frameOf,
  fromHex,
  groupedHex,
  has,
  mfnOf,
  pfnOf,
  pte,
  same,
  toHex,
  withFlags,
  withFrame,
  withoutFlags,
} from './pte'
import { addressText, indices, TASK_SIZE_MAX } from './vaddr'

const half = fc.nat(0xffff_ffff)
const word = fc.tuple(half, half).map(([lo, hi]) => pte(lo, hi))
const bits = fc.constantFrom(34, 40)
const big = ({ lo, hi }: { lo: number; hi: number }): bigint => (BigInt(hi) << 32n) | BigInt(lo)

test('a frame put into an entry comes out again, and no other bit moves: 34 and 40 bits of frame', () => {
  fc.assert(
    fc.property(word, fc.nat(2 ** 34 - 1), bits, (entry, frame, frameBits) => {
      const placed = withFrame(entry, frame, frameBits)
      expect(frameOf(placed, frameBits)).toBe(frame)
      const mask = ((1n << BigInt(frameBits)) - 1n) << 12n
      expect(big(placed)).toBe((big(entry) & ~mask) | (BigInt(frame) << 12n))
    }),
  )
  expect(frameOf(pte(0xffff_ffff, 0xffff_ffff), 34)).toBe(2 ** 34 - 1)
  expect(frameOf(pte(0xffff_ffff, 0xffff_ffff))).toBe(2 ** 40 - 1)
  expect([pfnOf(pte(0x6234_5165, 0x8000_0001)), mfnOf(pte(0x6234_5165, 0x8000_0001))]).toEqual([0x16_2345, 0x16_2345])
})

test('hex: sixteen digits and back; one to sixteen are read, with 0x, spaces and marks between', () => {
  fc.assert(fc.property(word, (entry) => void expect(fromHex(toHex(entry))).toEqual(entry)))
  fc.assert(fc.property(word, (entry) => void expect(fromHex(groupedHex(entry))).toEqual(entry)))
  expect(groupedHex(pte(0x165, 0x8000_0000))).toBe('8000 0000 0000 0165')
  expect(toHex(pte(0x165, 0x8000_0000))).toBe('8000000000000165')
  expect(fromHex('0x8000_0000 6234`5165')).toEqual(pte(0x6234_5165, 0x8000_0000))
  expect(fromHex('F')).toEqual(pte(0xf, 0))
  for (const text of ['', '0x', 'xyz', '12345678901234567', '8000000062345165z', 'z1']) expect(fromHex(text)).toBeNull()
})

test('bits: read one by one they are the word, and a flip changes one', () => {
  fc.assert(
    fc.property(word, (entry) => {
      for (let bit = 0; bit < 64; bit++) {
        expect(bitOf(entry, bit)).toBe(Number((big(entry) >> BigInt(bit)) & 1n))
        expect(big(flipBit(entry, bit))).toBe(big(entry) ^ (1n << BigInt(bit)))
      }
    }),
  )
})

test('flags are set and cleared in the low half alone; halves are unsigned; equality is of all 64 bits', () => {
  fc.assert(
    fc.property(word, fc.nat(0xfff), (entry, flags) => {
      expect(big(withFlags(entry, flags))).toBe(big(entry) | BigInt(flags))
      expect(big(withoutFlags(entry, flags))).toBe(big(entry) & ~BigInt(flags))
      expect(has(entry, flags)).toBe((big(entry) & BigInt(flags)) !== 0n)
    }),
  )
  expect(pte(-1, -1)).toEqual({ lo: 0xffff_ffff, hi: 0xffff_ffff })
  expect([same(pte(1, 2), pte(1, 2)), same(pte(1, 2), pte(1, 3)), same(pte(1, 2), pte(3, 2))]).toEqual([
    true,
    false,
    false,
  ])
})

test('the notation of an entry is read back as the same entry; an unknown word is refused', () => {
  fc.assert(fc.property(word, (entry) => void expect(parseEntry(entryText(entry))).toEqual(entry)))
  expect(entryText(pte(0x6234_5165, 0x8000_0000))).toBe('P US A D G NX frame=0x62345')
  expect(entryText(pte(0x1234_5160, 0))).toBe('A D PN frame=0x12345')
  expect(entryText(pte(1, 0x10_0000))).toBe('P b52 frame=0x0')
  expect(entryText(EMPTY)).toBe('0')
  expect(entryText(pte(0, 1))).toBe('frame=0x100000')
  for (let bit = 0; bit < 64; bit++) expect(big(parseEntry(`b${bit}`)!)).toBe(1n << BigInt(bit))
  expect(parseEntry(' 0 ')).toEqual(EMPTY)
  expect(parseEntry('  P   frame=18 ')).toEqual(pte(0x1_2001, 0))
  expect(parseEntry('G')).toEqual(parseEntry('PN'))
  for (const text of ['P XY', 'frame=', 'P frame=0xzz', 'b', 'xb52', 'b5x', 'xframe=1'])
    expect(parseEntry(text), text).toBeNull()
})

test('every field of the grid is a bit of its own; bit 8 goes by PRESENT', () => {
  expect(ENTRY_FIELDS.map(({ bit }) => bit)).toEqual([63, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0])
  expect(new Set(ENTRY_FIELDS.map(({ short }) => short)).size).toBe(ENTRY_FIELDS.length)
  expect([nameOfBit8(true), nameOfBit8(false)]).toEqual(['GLOBAL', 'PROTNONE'])
})

test('the four indices of an address are its bits 47–39, 38–30, 29–21 and 20–12', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 47 - 1), (address) => {
      const of = (shift: bigint) => Number((BigInt(address) >> shift) & 511n)
      expect(indices(address)).toEqual([of(39n), of(30n), of(21n), of(12n)])
    }),
  )
  expect(indices(TASK_SIZE_MAX - 1)).toEqual([255, 511, 511, 510])
  expect([addressText(0x400000), addressText(0x7ffd_3c1f_2000)]).toEqual(['0x00400000', '0x7ffd3c1f2000'])
})
