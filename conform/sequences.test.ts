import { describe, expect, it } from 'vitest'
import { judgeCases } from './cases'
import { parseCsv } from './csv'
import { judgeInitStates } from './init-states'
import { parseJsonLines } from './json-lines'
import { readPacked } from './packed'
import { failing, verdictText, type Verdict } from './verdict'
import { judgeVerdicts } from './verdicts'

const initStates = readPacked('init-states.csv')
const verdicts = readPacked('verdicts.csv')
const cases = readPacked('cases.jsonl')

const judgeInit = (text: string): Verdict => judgeInitStates(parseCsv(text, 'x.csv'))
const judgeSeq = (text: string): Verdict => judgeVerdicts(parseCsv(text, 'x.csv'))
const judgeTrace = (...rows: readonly object[]): Verdict =>
  judgeCases(parseJsonLines(rows.map((row) => JSON.stringify(row)).join('\n'), 'x.jsonl'), 'x.jsonl')

/** The head of a table and one of its rows, changed. */
function rowOf(text: string, part: string, change: (row: string) => string): string {
  const [head, ...rows] = text.split('\n')
  const row = rows.find((each) => each.includes(part))
  if (!row) throw new Error(`no row has ${part}`)
  return `${head}\n${change(row)}\n`
}

const agreesWholly = (verdict: Verdict, rows: number): void => {
  expect(verdict.disagreements, verdictText(verdict)).toEqual([])
  expect([verdict.rows, verdict.agreeing, failing(verdict)]).toEqual([rows, rows, 0])
  expect([verdict.notRun, verdict.notCovered]).toEqual([[], []])
}

describe('sequences of operations from starting points that rules have made', () => {
  it('init-states.csv: every starting point is what the same operations make', () => {
    const verdict = judgeInit(initStates)
    agreesWholly(verdict, 904)
    expect(verdict.comparisons).toBe(904 * 5)
  })

  it('verdicts.csv, one row of 40: every sequence ends as it did', () => {
    const verdict = judgeSeq(verdicts)
    agreesWholly(verdict, 505)
    expect(verdict.comparisons).toBe(505 * 8)
  })

  it('cases.jsonl, one row of 40: every trace agrees fault by fault', () => {
    const verdict = judgeCases(parseJsonLines(cases, 'cases.jsonl'), 'cases.jsonl')
    agreesWholly(verdict, 129)
    expect(verdict.comparisons).toBeGreaterThan(5000)
  })
})

describe('a starting point that is not so', () => {
  const forked = 'A,bare,anon-rw,fork,anon1,'

  it.each([
    ['0x8000000002000065,', '0x8000000002000067,', 'pte'],
    ['0x8000000002000045', '0x8000000002000065', 'child_pte'],
    ['0x8000000002000045', '0x8000000002001045', 'child_pte'],
    ['0x100073', '0x73', 'vm_flags'],
    ['0x8000000000000025', '0x25', 'vm_page_prot'],
    [/2$/, '1', 'mapcount'],
  ])('disagrees in one cell: %s is not %s', (was, is, column) => {
    const { disagreements, agreeing } = judgeInit(rowOf(initStates, forked, (row) => row.replace(was, is)))
    expect(disagreements.map(({ line, place }) => [line, place])).toEqual([[2, `A/bare anon-rw fork anon1 ${column}`]])
    expect(agreeing).toBe(0)
  })

  it('takes another number for the frame, in parent and child alike', () => {
    const renamed = rowOf(initStates, forked, (row) => row.replaceAll('02000', '02abc'))
    expect(judgeInit(renamed).agreeing).toBe(1)
  })

  it.each([
    ['A,bare', 'E,bare', 'E/bare is no kernel and platform known here'],
    ['anon-rw', 'hugetlb-rw', 'vma: hugetlb-rw is no kind of mapping known here'],
    ['fork', 'fork+swap', 'init: swap is no beginning known here'],
    ['anon1', 'ksm', 'page: ksm is none of zero file anon1 filed'],
    ['anon-rw', 'none', 'init: nothing is mapped, so nothing can be fork'],
  ])('that cannot be made is named with its reason: %s as %s', (was, is, why) => {
    const verdict = judgeInit(rowOf(initStates, forked, (row) => row.replace(was, is)))
    expect(verdict.notRun).toEqual([{ line: 2, why }])
    expect([verdict.agreeing, failing(verdict)]).toEqual([0, 0])
    expect(verdictText(verdict)).toContain(`x.csv: 1 rows, 0 agree, 1 not covered\n  not covered, line 2: ${why}`)
  })
})

describe('an outcome that is not so', () => {
  const loop = 'anon-rw,none,-,read>write,'
  const table = (seq: string, letters: string): string =>
    `${verdicts.split('\n')[0]}\nanon-rw,none,-,${seq},${[...letters].join(',')}\n`

  it('disagrees on the one kernel and platform', () => {
    expect(judgeSeq(table('read>write', 'CCCLCLCC')).agreeing).toBe(1)
    const { disagreements } = judgeSeq(table('read>write', 'CCCLCLCL'))
    expect(disagreements).toEqual([
      { line: 2, place: `C_xen64pv ${loop.slice(0, -1).replaceAll(',', ' ')}`, expected: 'L', got: 'C' },
    ])
  })

  it('tells an end at the last operation from an earlier one', () => {
    expect(judgeSeq(table('read>write>read', 'CCClClCC')).agreeing).toBe(1)
    expect(judgeSeq(table('read>write>read', 'CCCLClCC')).agreeing).toBe(0)
  })

  it('has a row for each column that is a place, and names the others', () => {
    const verdict = judgeSeq(table('read', 'CCCCCCCC').replace('C_xen64pv', 'D_xen64pv'))
    expect(verdict.notCovered).toEqual([{ what: 'D_xen64pv', why: 'no kernel and platform known here' }])
    expect(verdict.comparisons).toBe(7)
  })

  it('is left out, with its reason, where an operation is not known', () => {
    expect(judgeSeq(table('read>munmap', 'CCCCCCCC')).notRun).toEqual([
      { line: 2, why: '"munmap" is no operation known here' },
    ])
  })
})

describe('a trace that is not so', () => {
  const rows = cases
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  const faulting = rows.find(({ ops }) => ops[0].faults?.[0]?.newpage === 1)

  const changed = (change: object): object => ({
    ...faulting,
    ops: [{ ...faulting.ops[0], faults: [{ ...faulting.ops[0].faults[0], ...change }] }, ...faulting.ops.slice(1)],
  })

  it.each([
    [{ ec: '0x1' }, 'ec'],
    [{ fn: ['bad_area'] }, 'fn'],
    [{ after: '0x1' }, 'after'],
    [{ out: 'SEGV_MAPERR' }, 'out'],
    [{ vmf: 3 }, 'vmf'],
    [{ copied: 7 }, 'copied'],
    [{ newpage: 7 }, 'newpage'],
    [{ hint: 7 }, 'hint'],
  ])('disagrees in the field that was changed: %o', (change, field) => {
    expect(judgeTrace(faulting).agreeing).toBe(1)
    const { disagreements, agreeing } = judgeTrace(changed(change))
    expect(agreeing).toBe(0)
    expect(disagreements[0]!.place.endsWith(` ${field}`)).toBe(true)
  })

  it.each([{ final: 'LIVELOCK(9)' }, { hints: 77 }, { pte0: '0x123' }])(
    'disagrees in the line itself: %o',
    (change) => {
      expect(judgeTrace({ ...faulting, ...change }).agreeing).toBe(0)
    },
  )

  it('disagrees where a fault too few or too many is told of', () => {
    const without = { ...faulting, ops: [{ ...faulting.ops[0], faults: [] }, ...faulting.ops.slice(1)] }
    expect(judgeTrace(without).disagreements[0]!.place).toContain(' faults')
  })

  it('of a first write to a shared file page hears of the file system', () => {
    const fault = {
      ec: '0x6',
      fn: ['handle_pte_fault', 'do_fault', 'do_shared_fault', 'do_page_mkwrite'],
      before: '0x0',
      after: '0x8000000001000067',
      out: 'return',
      vmf: 512,
      copied: 0,
      newpage: 0,
      hint: 0,
    }
    const row = {
      on: ['C/bare'],
      vma: 'file-shared-rw',
      init: 'none',
      page: '-',
      pte0: '0x0',
      seq: 'write',
      ops: [{ op: 'write', faults: [fault], res: 'completed', pte: fault.after }],
      final: 'completed',
      hints: 0,
    }
    expect(verdictText(judgeTrace(row))).toBe('x.jsonl: 1 rows, 1 agree, 0 not covered')
  })

  it('names fields that it does not compare', () => {
    expect(judgeTrace({ ...faulting, colour: 'red' }).notCovered).toEqual([{ what: 'colour', why: 'unknown here' }])
  })
})
