import { describe, expect, it } from 'vitest'
import { bitName, isFrameBit, toneOf } from './bit-name'

const reading = { bit: 8, value: 1, present: true, byXen: false, noFlag: false } as const

describe('the name of a bit button', () => {
  it('of bit 8 follows PRESENT, not the value', () => {
    expect(bitName(reading)).toBe('bit 8, GLOBAL because PRESENT is 1')
    expect(bitName({ ...reading, value: 0 })).toBe('bit 8, GLOBAL because PRESENT is 1')
    expect(bitName({ ...reading, present: false })).toBe('bit 8, PROTNONE because PRESENT is 0')
  })

  it('says who set it', () => {
    expect(bitName({ ...reading, byXen: true })).toBe('bit 8, GLOBAL because PRESENT is 1, set by Xen')
    expect(bitName({ ...reading, bit: 1, byXen: true })).toMatch(/: 1, set by Xen$/)
  })

  it('of another flag carries its meaning and value', () => {
    expect(bitName({ ...reading, bit: 1 })).toBe('bit 1, RW, writes allowed: 1')
    expect(bitName({ ...reading, bit: 1, present: false })).not.toContain('writes allowed')
  })

  it('claims no flag in a row that has none', () => {
    expect(bitName({ ...reading, noFlag: true, value: 0 })).toBe('bit 8, no flag here: 0')
  })

  it('counts frame bits within the frame number', () => {
    expect(bitName({ ...reading, bit: 12 })).toBe('bit 12, frame number, bit 0 of it: 1')
    expect([11, 12, 51, 52].map(isFrameBit)).toEqual([false, true, true, false])
  })
})

it('gives a hue to PRESENT and to bit 8 only', () => {
  expect(Array.from({ length: 64 }, (_, bit) => toneOf(bit)).filter((tone) => tone !== 'plain')).toEqual([
    'present',
    'alias',
  ])
})
