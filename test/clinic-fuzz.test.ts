import { describe, expect, test } from 'vitest'
import { chanceFrom, randomPaste, wrongIn } from '../scripts/clinic-pastes'
import { readPaste } from '../src/clinic/read-paste'
import { samplesIn } from '../src/clinic/samples'
import samples from '../src/clinic/samples.txt?raw'

const SEEDS = samplesIn(samples).map(({ text }) => text)

/** Seeds of pastes that failed once. 284952: a line that is nothing but what a log puts before one. */
const FAILED: readonly number[] = [284952]

describe('random and mutated pastes', () => {
  test('a slice of what `npm run fuzz:clinic` reads: nothing thrown, marks in order, words whole', () => {
    for (let seed = 1; seed <= 4000; seed++) {
      const text = randomPaste(chanceFrom(seed), SEEDS)
      expect(wrongIn(text, seed % 100 === 0), `seed ${seed}`).toBeNull()
    }
  })

  test('those that failed once', () => {
    for (const seed of FAILED) expect(wrongIn(randomPaste(chanceFrom(seed), SEEDS), true), `seed ${seed}`).toBeNull()
  })

  test.each([
    ['one line without an end', 'a'.repeat(1_000_000)],
    ['one line of digits', '8'.repeat(1_000_000)],
    ['one line of marks', '=>'.repeat(500_000)],
    ['words apart by blanks', '8000000062345165 '.repeat(60_000)],
    ['the beginnings of entries', 'PTE: 1 => '.repeat(100_000)],
    ['heads without rows', '  PTE     PHYSICAL  FLAGS\n'.repeat(40_000)],
    ['addresses without entries', 'CR2: 00007f5eb0b28000\n'.repeat(45_000)],
    ['entries and mappings by turns', 'PTE: 1 => 165\naddr:0000000001c3c000 vm_flags:08100073\n'.repeat(17_000)],
    ['commas', ','.repeat(1_000_000)],
    ['blanks', ' '.repeat(1_000_000)],
    ['line ends', '\n'.repeat(1_000_000)],
    ['ranges that never end', '0x0000000000400000-0x0000000000401000 4K USR '.repeat(20_000)],
  ])('time grows with length alone: %s', (_, text) => {
    // Warm, as a page is that has been read in before.
    readPaste(text.slice(0, 20_000))
    const timed = (length: number): number => {
      const from = performance.now()
      readPaste(text.slice(0, length))
      return performance.now() - from
    }
    const [quarter, whole] = [timed(text.length / 4), timed(text.length)]
    // Four times as long, and not sixteen; the bound of 50 ms a kilobyte is far away.
    expect(whole).toBeLessThan(10 * quarter + 500)
    expect(whole).toBeLessThan((50 * text.length) / 1024)
  })
})
