import { describe, expect, it } from 'vitest'
import { fromHex } from '../src/arch/pte'
import type { EntryLevel } from '../src/clinic/entry-kind'
import type { Subject } from '../src/clinic/next-touch'
import { linuxFrameIn, linuxReading } from '../src/clinic/reading'
import { linuxReader } from '../src/clinic/readers'
import { parseCsv } from './csv'
import { readPacked } from './packed'

const TABLES = [
  ['predicates-A.csv', '3.19'],
  ['predicates-C.csv', '4.0'],
  ['predicates-D.csv', '6.13'],
] as const

/** What the Clinic says where a table has a column. Undefined: it says nothing there. */
const SAYS: Readonly<Record<string, (word: Subject, pmd: Subject, id: string) => string | undefined>> = {
  pte_present: (word, _, id) => bit(linuxReading(word, linuxReader(id)!).present),
  pmd_present: (_, pmd, id) => bit(linuxReading(pmd, linuxReader(id)!).present),
  pte_numa: (word, _, id) => hint(word, id),
  pte_protnone: (word, _, id) => hint(word, id),
  pte_none: (word, _, id) => bit(linuxReading(word, linuxReader(id)!).kind === 'empty'),
  pte_special: (word, _, id) => bit(linuxReading(word, linuxReader(id)!).special),
  pte_pfn: (word, _, id) => linuxFrameIn(word, linuxReader(id)!)?.number.toString(16),
}

const bit = (yes: boolean): string => (yes ? '1' : '0')
const hint = (word: Subject, id: string): string => bit(linuxReading(word, linuxReader(id)!).looksHinted)

const subject = (word: string, level: EntryLevel): Subject => ({
  word: fromHex(word)!,
  level,
  asVal: false,
  address: null,
  machine: 'bare',
  vma: null,
})

describe('the Clinic reads every computed word as real kernel code does', () => {
  for (const [file, id] of TABLES) {
    it(`${file}: ${linuxReader(id)!.title} [PT1] [PT2] [PT8] [PT9] [PM1]`, () => {
      const { columns, rows } = parseCsv(readPacked(file), file)
      let compared = 0
      const wrong: string[] = []
      for (const { cells } of rows) {
        const word = subject(cells[0]!, 'PTE')
        const pmd = subject(cells[0]!, 'PMD')
        for (const [at, column] of columns.entries()) {
          const said = SAYS[column]?.(word, pmd, id)
          if (said === undefined) continue
          compared++
          if (said !== cells[at]) wrong.push(`${column} of ${cells[0]}: ${cells[at]}, not ${said}`)
        }
      }
      console.log(
        `${file}: ${rows.length} words, ${compared} answers of ${linuxReader(id)!.title}, ${wrong.length} disagree`,
      )
      expect(wrong.slice(0, 20)).toEqual([])
      expect(compared).toBeGreaterThan(5 * rows.length)
    })
  }
})
