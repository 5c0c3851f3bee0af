import { expect, it } from 'vitest'
import { fromHex } from '../src/arch/pte'
import { linuxFrameIn, linuxReading } from '../src/clinic/reading'
import type { Subject } from '../src/clinic/next-touch'
import { linuxReader } from '../src/clinic/readers'
import type { EntryLevel } from '../src/clinic/entry-kind'
import { parseCsv } from './csv'
import { readPacked } from './packed'

const table = parseCsv(readPacked('6.1/answers.csv'), 'answers.csv')
const cellOf = (cells: readonly string[], name: string): string => cells[table.columns.indexOf(name)]!
const reader = linuxReader('6.1')!

const subject = (word: string, level: string, machine: string, asVal: boolean): Subject => ({
  word: fromHex(word)!,
  level: (level === 'UPGD' ? 'PGD' : level) as EntryLevel,
  asVal,
  address: null,
  machine: machine as 'bare' | 'xen',
  vma: null,
})

it('every recorded entry is to the Clinic what it was to the kernel that used it [PT2] [PT6] [PT8] [PT9]', () => {
  const wrong: string[] = []
  const counts = { rows: 0, entries: 0, leaves: 0, present: 0, hintTest: 0, special: 0, frames: 0 }
  for (const { cells } of table.rows) {
    const [machine, level, raw, val] = ['machine', 'level', 'raw', 'val'].map((name) => cellOf(cells, name)) as [
      string,
      string,
      string,
      string,
    ]
    const times = Number(cellOf(cells, 'entries'))
    const inMemory = subject(raw, level, machine, false)
    const asLinux = subject(val, level, machine, true)
    const reading = linuxReading(inMemory, reader)
    const leaf = cellOf(cells, 'leaf') === '1'
    const answers = [
      ['k_present', reading.present ? '1' : '0'],
      ...(leaf
        ? [
            ['k_protnone', reading.looksHinted ? '1' : '0'],
            ['special', reading.special ? '1' : '0'],
            ['pfn', linuxFrameIn(asLinux, reader)?.number.toString(16) ?? ''],
          ]
        : []),
    ] as const
    for (const [name, answer] of answers) {
      const recorded = cellOf(cells, name!)
      if (recorded !== answer) wrong.push(`${machine} ${level} ${raw} ${name}: ${recorded}, not ${answer}`)
    }
    expect(reading.kind === 'table' || (reading.kind === 'empty' && !leaf)).toBe(!leaf)
    counts.rows++
    counts.entries += times
    if (!leaf) continue
    counts.leaves += times
    if (reading.present) counts.present += times
    if (reading.looksHinted) counts.hintTest += times
    if (reading.special) counts.special += times
    if (cellOf(cells, 'pfn')) counts.frames += times
  }
  console.log(
    `${counts.entries} recorded entries (${counts.rows} different), ${counts.leaves} of them leaves: ` +
      `${counts.present} present to Linux, ${counts.hintTest} PROTNONE, ${counts.special} special, ${counts.frames} frames; ${wrong.length} disagree`,
  )
  expect(wrong).toEqual([])
  expect(counts.hintTest).toBeGreaterThan(10_000)
  expect(counts.frames).toBeGreaterThan(20_000)
})

it('and under Xen a present entry holds the machine’s frame, not the guest’s', () => {
  const xen = table.rows.filter(
    ({ cells }) =>
      cellOf(cells, 'machine') === 'xen' && cellOf(cells, 'k_present') === '1' && cellOf(cells, 'leaf') === '1',
  )
  const other = xen.filter(({ cells }) => {
    const frame = linuxFrameIn(subject(cellOf(cells, 'raw'), 'PTE', 'xen', false), reader)
    return frame?.countedBy === 'MFN' && frame.number.toString(16) !== cellOf(cells, 'pfn')
  })
  expect(other.length).toBeGreaterThan(1000)
})
