import { describe, expect, it } from 'vitest'
import { v3_20_rc0, v4_0 } from '../src/kernel/variants'
import { parseCsv, type CsvTable } from './csv'
import { PREDICATE_TABLES } from './kernels'
import { readPacked } from './packed'
import { judgePredicates } from './predicates'
import { verdictText } from './verdict'

/** Rows of each table; the one of 6.13 has bit 58 as well. */
const rowsOf = (file: string): number => (file === 'predicates-D.csv' ? 6096 : 3048)
const tableOf = (file: string): CsvTable => parseCsv(readPacked(file), file)

describe('every predicate and modifier, on every word that was computed', () => {
  for (const [file, kernels] of PREDICATE_TABLES) {
    const table = tableOf(file)
    const rows = rowsOf(file)
    for (const kernel of kernels) {
      it(`${file}: ${rows} words × ${table.columns.length - 1} columns agree with ${kernel.name} [PT1] [PT2] [PT3] [PM3]${kernel.savesDirty ? ' [PT6] [PT7]' : ''}`, () => {
        const verdict = judgePredicates(table, kernel)
        console.log(verdictText(verdict))
        expect(verdict.disagreements.length, verdictText(verdict)).toBe(0)
        expect(verdict.notCovered).toEqual([])
        expect(verdict.rows).toBe(rows)
        expect(verdict.agreeing).toBe(rows)
        expect(verdict.comparisons).toBe(rows * (table.columns.length - 1))
      })
    }
  }

  it('tells the fix from the bug: just the two hint columns disagree, just where PRESENT and bit 8 are both set', () => {
    const { disagreements } = judgePredicates(tableOf('predicates-C.csv'), v3_20_rc0)
    expect(disagreements.length).toBeGreaterThan(0)
    for (const { place } of disagreements) {
      const [, name, value] = / (p[tm][ed]_protnone) of ([0-9a-f]+)$/.exec(place) ?? []
      expect(name, place).toBeDefined()
      expect(BigInt(`0x${value}`) & 0x101n).toBe(0x101n)
    }
  })

  it('tells 3.19 from 4.0', () => {
    expect(judgePredicates(tableOf('predicates-A.csv'), v4_0).disagreements.length).toBeGreaterThan(0)
  })
})

describe('a malformed table', () => {
  const read = (text: string) => () => judgePredicates(parseCsv(text, 'x.csv'), v4_0)

  it('is refused with file and line', () => {
    expect(read('')).toThrow('x.csv:1: a head of at least two columns')
    expect(read('value,pte_none,pte_none\n')).toThrow('x.csv:1: column pte_none is there twice')
    expect(read('word,pte_none\n')).toThrow('x.csv:1: the first column must be value')
    expect(read('value,pte_none\n0,1\n1\n')).toThrow('x.csv:3: 2 cells are needed, 1 are there')
    expect(read('value,pte_none\n0,1\nxyz,1\n')).toThrow('x.csv:3: value: xyz is no lower-case hex word')
    expect(read('value,pte_none\n0,yes\n')).toThrow('x.csv:2: pte_none: yes is no lower-case hex word')
  })

  it('asks no kernel for a test that it has under another name', () => {
    const verdict = read('value,pte_numa,pte_protnone\n0,0,0\n')()
    expect(verdict.notCovered).toEqual([{ what: 'pte_numa', why: 'the core has no such rule for 4.0' }])
  })

  it('names a column that the core cannot fill in, and reads on', () => {
    const verdict = read('value,pte_none,pud_large\n0,1,0\n')()
    expect(verdict.notCovered.map(({ what }) => what)).toEqual(['pud_large'])
    expect(verdict.comparisons).toBe(1)
  })
})
