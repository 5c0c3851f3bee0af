import { describe, expect, it } from 'vitest'
import { allSteps } from '../src/arch/step'
import { NOTED_STEPS } from '../src/decode/model-fault'
import { parseCsv } from './csv'
import { RECORDED_KERNEL_OF } from './kernels'
import { judgeLoops } from './loops'
import { readPacked } from './packed'
import { judgeTransitions } from './transitions'
import { verdictText } from './verdict'

const TRANSITIONS = readPacked('transitions.csv')
const LOOPS = readPacked('loop_matrix.csv')

/** `RUN.faults.csv` out of the one packed table. */
const FAULTS = (() => {
  const [head = '', ...lines] = readPacked('recorded-faults.csv').trimEnd().split('\n')
  const runs = new Map<string, string[]>()
  for (const line of lines) {
    const run = line.slice(0, line.indexOf(','))
    const rest = line.slice(run.length + 1)
    const rows = runs.get(run)
    if (rows) rows.push(rest)
    else runs.set(run, [head.slice(head.indexOf(',') + 1), rest])
  }
  return runs
})()
const beside = (name: string): string | undefined => FAULTS.get(name.replace('.faults.csv', ''))?.join('\n')

const transitions = (text: string) => judgeTransitions(parseCsv(text, 'transitions.csv'), beside)
const loops = (text: string) => judgeLoops(parseCsv(text, 'loop_matrix.csv'), beside)

describe('faults recorded on the kernels of 2015', () => {
  const verdict = transitions(TRANSITIONS)
  const recorded = verdict.rows - verdict.apart.length
  const covered = recorded - verdict.notRun.length

  it('agree wherever they can be run', () => {
    console.log(verdictText(verdict))
    expect(verdict.disagreements, verdictText(verdict)).toEqual([])
    expect(verdict.agreeing).toBe(covered)
  })

  it('are set apart where the recorder intervened, or where its lines were garbled', () => {
    const reasons = verdict.apart.map(({ why }) => why)
    expect(reasons.filter((why) => why.includes('KBX_RESCUE'))).toHaveLength(26)
    expect(reasons.filter((why) => why.includes('console'))).toHaveLength(4)
    expect(recorded).toBe(622)
  })

  it('are covered, or it is said why not', () => {
    expect(covered).toBe(582)
    expect(covered / recorded).toBeGreaterThan(0.85)
    const reasons = new Map<string, number>()
    for (const { why } of verdict.notRun) reasons.set(why, (reasons.get(why) ?? 0) + 1)
    expect([...reasons.values()].sort((a, b) => a - b)).toEqual([3, 8, 12, 17])
  })
})

describe('loops recorded on the kernel of 2015 under Xen', () => {
  const verdict = loops(LOOPS)

  it('are endless in the core too, with the same entries, requests and path', () => {
    console.log(verdictText(verdict))
    expect(verdict.disagreements, verdictText(verdict)).toEqual([])
    expect([verdict.rows, verdict.agreeing]).toEqual([62, 56])
  })
})

describe('a row that is not so', () => {
  const rowOf = (text: string, part: string): string => {
    const [head, ...rows] = text.split('\n')
    return `${head}\n${rows.find((row) => row.includes(part))}\n`
  }

  /** One row of the table, and the faults folded into it, with a text in both of them changed alike. */
  const judgeChanged = (part: string, change: (line: string) => string) => {
    const row = change(rowOf(TRANSITIONS, part))
    return judgeTransitions(parseCsv(row, 'transitions.csv'), (name) => change(beside(name)!))
  }

  it.each<[string, string, string, (text: string) => string]>([
    [
      'after',
      'forkcow,hw,7,165+NX',
      'pte1_flags',
      (text) => text.replace(/165\+NX,0,/, '145+NX,0,').replace(/7b346165,(\w+),(\w+6065)/g, '7b346145,$1,$2'),
    ],
    [
      'asked',
      'forkcow,hw,7,165+NX',
      'want_flags',
      (text) => text.replace(/,065\+NX,/, ',025+NX,').replace(/b346065/g, 'b346025'),
    ],
    ['path', 'nxexec,hw,15', 'handler_path', (text) => text.replace(/bad_area_access_error/g, 'bad_area')],
  ])('disagrees in what was asked or found, and in nothing else: %s of %s', (_, part, field, change) => {
    const { agreeing, disagreements } = judgeChanged(part, change)
    expect(agreeing).toBe(0)
    expect(disagreements.map(({ place }) => place.split(' ').at(-1))).toEqual([field])
  })

  it('that no fault beside it was folded into is not passed over', () => {
    const { agreeing, notRun } = transitions(rowOf(TRANSITIONS, 'forkcow,hw,7,165+NX').replace(',065+NX,', ',025+NX,'))
    expect([agreeing, notRun.map(({ line }) => line)]).toEqual([0, [2]])
  })

  it('disagrees where another kernel is named', () => {
    const row = rowOf(TRANSITIONS, 'forkcow,hw,7,165+NX')
    const places = transitions(row.replace(',broken,', ',fixed,')).disagreements.map(({ place }) =>
      place.split(' ').at(-1),
    )
    expect(new Set(places)).toEqual(new Set(['handler_path', 'want_flags', 'pte1_flags', 'frame']))
    expect(transitions(row.replace(',Xen 4.17.7 64-bit PV dom0 under QEMU TCG,', ',bare metal,')).agreeing).toBe(0)
  })

  it('of a loop disagrees in the one field that was changed', () => {
    const row = rowOf(LOOPS, 'literal-s4,forkcow,user,hw,7,cow')
    const { disagreements } = loops(row.replace('800000007b346065', '800000007b346025'))
    expect(disagreements.map(({ place }) => place)).toEqual(['broken/xen forkcow asked_raw'])
  })

  it('of a loop ends with the fix', () => {
    const row = rowOf(LOOPS, 'literal-s4,forkcow,user,hw,7,cow')
    expect(loops(row).agreeing).toBe(1)
    expect(loops(row.replace('broken,', 'fixed,')).disagreements[0]).toMatchObject({
      place: 'fixed/xen forkcow end',
      expected: 'endless',
      got: 'it ends',
    })
  })
})

describe('input that makes no sense', () => {
  it.each([
    [TRANSITIONS.replace(',broken,', ',mended,'), 'transitions.csv:2: mended, bare metal'],
    [TRANSITIONS.replace('handler_path', 'path'), 'transitions.csv:1: column handler_path is missing'],
  ])('is named with its line', (text, problem) => {
    expect(() => transitions(text)).toThrow(problem)
  })

  it('is named in a file beside it too, and a file that is not there is a reason', () => {
    const table = parseCsv(TRANSITIONS, 'transitions.csv')
    const broken = (name: string) => beside(name)?.replace(/\n1,/, '\nx,')
    expect(() => judgeTransitions(table, broken)).toThrow(
      'bare2node-broken-all.faults.csv:2: pid: this makes no sense there',
    )
    const alone = judgeTransitions(table, () => undefined)
    expect([alone.agreeing, alone.notRun.length]).toEqual([0, 622])
  })
})

it('every kernel of the recordings has its rules', () => {
  expect([...RECORDED_KERNEL_OF].map(([name, { id }]) => `${name}=${id}`)).toEqual([
    'v319=3.19',
    'broken=rc0',
    'fixed=rc1',
    'brokenpw=4.0-unfixed',
    'fixedpw=4.0',
    'v42undone=4.0-unfixed',
    'v42=4.0',
  ])
})

it('every step that the recorder is taken to note exists', () => {
  const names = allSteps().map(({ name }) => name)
  expect(NOTED_STEPS.filter((name) => !names.includes(name))).toEqual([])
})
