import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toHex } from '../src/arch/pte'
import { readCapture } from '../src/decode/capture-reader'
import { CAPTURED_LEVELS, UNKNOWN, wordAt } from '../src/decode/captured-entries'
import { recordingText, type Entry } from '../tools/capture/recording-text.mjs'

/** Entries as a walk meets them: neighbours and gaps, frames that rise, fall and jump, words of all kinds. */
const entries = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 0, 0, 0, 3),
      step: fc.constantFrom(1n, 1n, 1n, -1n, 0n, 7919n),
      flags: fc.constantFrom(0x025n, 0x025n, 0x867n, 0x960n, 0n),
      count: fc.constantFrom(1, 1, 2, null),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((rows) => {
    let address = 0x40_0000n
    let frame = 0x5_0000n
    return rows.map(({ gap, step, flags, count }): Entry => {
      address += BigInt(gap) << 12n
      frame += step
      const inverted = ((~frame & 0xff_ffff_ffffn) << 12n) | flags
      const word = flags === 0n ? 0n : flags & 1n ? (frame << 12n) | flags : inverted
      const entry = { address, word, frame: flags === 0n ? null : frame, mapcount: count, references: null, node: 0 }
      address += 0x1000n
      return { level: 'PTE', ...entry }
    })
  })

it('every entry that is written is read again, whatever runs it was written in', () => {
  fc.assert(
    fc.property(entries, (written) => {
      const result = readCapture(recordingText(['platform bare'], written))
      if (!result.ok) throw new Error(result.message)
      const read = result.captures[0]!.entries
      const known = (value: number) => (value === UNKNOWN ? null : value)
      const back = written.map((_, i) => ({
        level: CAPTURED_LEVELS[read.level[i]!],
        address: BigInt(read.address[i]!),
        word: BigInt(`0x${toHex(wordAt(read, i))}`),
        frame: read.frame[i] === UNKNOWN ? null : BigInt(read.frame[i]!),
        mapcount: known(read.mapcount[i]!),
        references: known(read.references[i]!),
        node: known(read.node[i]!),
      }))
      expect(back).toEqual(written)
      expect(read.count).toBe(written.length)
    }),
    { numRuns: 300 },
  )
})

it('neighbours alike but for an even step are one line', () => {
  const run = Array.from({ length: 100 }, (_, i): Entry => {
    const frame = 0x500n + BigInt(i)
    const word = (frame << 12n) | 0x25n
    return { level: 'PTE', address: 0x40_0000n + BigInt(i * 4096), word, frame, mapcount: 1, references: 2, node: 0 }
  })
  expect(recordingText([], run).split('\n')).toContain('PTE 400000 500025 500 1 2 0 x100+1')
})
