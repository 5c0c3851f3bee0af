import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { agrees, compareStep, whyNotRun } from '../src/decode/step-comparison'
import { readStepFile } from '../src/decode/step-file'
import { runFromEntry } from '../src/decode/step-from-entry'
import { StepReplay } from '../src/decode/step-replay'
import { bareMetal } from '../src/kernel/bare-metal'
import { makeYoung, modify } from '../src/kernel/linux-pte'
import { v6_1, type Kernel } from '../src/kernel/variants'
import { xenPv } from '../src/xen/pv'
import { parseJsonLines } from './json-lines'
import { readPacked } from './packed'
import { judgeHintSteps, judgeRecordedSteps, readSteps } from './recorded-steps'
import { judgeUndoneCases, judgeUndoneResult, readCase, readResult } from './undone'
import { verdictText, type Verdict } from './verdict'

const MACHINES = ['bare', 'xen'] as const
type MachineName = (typeof MACHINES)[number]
const PLATFORM = { bare: bareMetal, xen: xenPv }

const textOf = (name: string): string => readPacked(`6.1/${name}`)
const linesOf = (name: string) => parseJsonLines(textOf(name), name)
const stepsOf = (machine: MachineName) => readSteps(linesOf(`${machine}/faults_steps.jsonl`)).steps
const hintsOf = (machine: MachineName) => readSteps(linesOf(`${machine}/faults_numa.jsonl`)).steps
const besideIn = (machine: MachineName) => (name: string) => textOf(`pre_fix_experiment/${machine}/${name}`)
const casesOf = (machine: MachineName) => linesOf(`pre_fix_experiment/${machine}/cases.jsonl`)
const resultsOf = (machine: MachineName) => linesOf(`pre_fix_experiment/${machine}/result.jsonl`)

/** Rows, rows that were run, and rows that agree: the last two are the same. */
function counted(verdict: Verdict): readonly [rows: number, covered: number] {
  console.log(verdictText(verdict))
  expect(verdict.disagreements, verdictText(verdict)).toEqual([])
  const covered = verdict.rows - verdict.notRun.length
  expect(verdict.agreeing).toBe(covered)
  return [verdict.rows, covered]
}

describe('steps recorded on Linux 6.1, one process from step to step', () => {
  it.each([
    ['bare', 46],
    ['xen', 47],
  ] as const)('%s: of 49 steps %i can be run, and all of those agree', (machine, covered) => {
    const verdict = judgeRecordedSteps(linesOf(`${machine}/faults_steps.jsonl`), 'faults_steps.jsonl')
    expect(counted(verdict)).toEqual([49, covered])
    expect(verdict.comparisons).toBe(covered * (machine === 'xen' ? 5 : 4))
  })

  it.each(MACHINES)('%s: at least 85 of 100 accesses can be run', (machine) => {
    const accesses = stepsOf(machine).filter(({ operation }) => operation !== 'syscall')
    const covered = accesses.filter((step) => whyNotRun(step, machine) === null)
    expect(accesses).toHaveLength(38)
    expect(covered.length / accesses.length).toBeGreaterThan(0.85)
  })

  it.each(MACHINES)('%s: each step names a frame that no rule decides, and the model takes that one', (machine) => {
    const copied = stepsOf(machine).find(({ label }) => label === 'anon-write-after-read')!
    const other = { ...copied, after: { ...copied.after, pfn: null } }
    const replay = new StepReplay(stepsOf(machine), PLATFORM[machine])
    const until = stepsOf(machine).slice(0, 2)
    for (const step of until) replay.run(step)
    expect(agrees(compareStep(copied, replay.run(other), machine))).toBe(false)
  })
})

describe('accesses to hinted pages, each from its recorded entry', () => {
  it.each([
    ['bare', 23],
    ['xen', 24],
  ] as const)('%s: of 24 accesses %i can be run, and all of those agree', (machine, covered) => {
    expect(counted(judgeHintSteps(linesOf(`${machine}/faults_numa.jsonl`), 'faults_numa.jsonl'))).toEqual([24, covered])
  })
})

describe('a kernel of another mind disagrees with the recording', () => {
  const unlike = (kernel: Kernel, machine: MachineName): readonly string[] => {
    const replay = new StepReplay(stepsOf(machine), PLATFORM[machine], kernel)
    const wrong: string[] = []
    for (const step of stepsOf(machine)) {
      if (whyNotRun(step, machine) !== null) continue
      if (!agrees(compareStep(step, replay.run(step), machine))) wrong.push(step.label)
    }
    return wrong
  }

  it.each(MACHINES)('%s: mprotect that never gives RW back', (machine) => {
    const wrong = unlike({ ...v6_1, mprotectTriesWritable: false }, machine)
    expect(wrong).toEqual(['mprotect-rw-again', 'rw-again-read', 'rw-again-write'])
  })

  it.each(MACHINES)('%s: no soft-dirty bit', (machine) => {
    expect(unlike({ ...v6_1, keepsSoftDirty: false }, machine).length).toBeGreaterThan(15)
  })

  it.each(MACHINES)('%s: frames that are not inverted', (machine) => {
    expect(unlike({ ...v6_1, invertsFrames: false }, machine)).toContain('mprotect-none')
  })

  it.each(MACHINES)('%s: advice that does nothing', (machine) => {
    const wrong = unlike({ ...v6_1, advice: [] }, machine)
    expect(wrong).toContain('dontneed')
    expect(wrong).toContain('madv-free')
    expect(wrong).toContain('pageout')
  })

  it.each(MACHINES)('%s: a hinting fault that drops RW', (machine) => {
    const forgetful: Kernel = {
      ...v6_1,
      unhint: (value, protection) => makeYoung(modify(v6_1, value, protection)),
    }
    const wrong = hintsOf(machine).filter(
      (step) =>
        whyNotRun(step, machine) === null &&
        !agrees(compareStep(step, runFromEntry(step, PLATFORM[machine], forgetful), machine)),
    )
    expect(wrong).toHaveLength(machine === 'xen' ? 14 : 12)
  })

  it('xen: a commit that goes by a plain store is seen in what Linux asked for, and nowhere else', () => {
    const wrong = unlike({ ...v6_1, accessFlagsBy: 'plainStore' }, 'xen')
    expect(wrong).toEqual(['fork-cow-write-parent', 'softdirty-write'])
    expect(unlike({ ...v6_1, accessFlagsBy: 'plainStore' }, 'bare')).toEqual([])
  })
})

describe('the experiment with the fix undone', () => {
  it.each(MACHINES)('%s: all 20 short accesses and both long ones agree', (machine) => {
    expect(counted(judgeUndoneCases(casesOf(machine), 'cases.jsonl'))).toEqual([20, 20])
    expect(counted(judgeUndoneResult(resultsOf(machine), 'result.jsonl', besideIn(machine)))).toEqual([2, 2])
  })

  it('a change in the recording is a disagreement', () => {
    const row = textOf('pre_fix_experiment/xen/cases.jsonl').split('\n')[17]!
    const judge = (change: object) =>
      judgeUndoneCases(parseJsonLines(JSON.stringify({ ...JSON.parse(row), ...change }), 'x'), 'x').disagreements.map(
        ({ place }) => place,
      )
    const label = 'cow-after-fork-write, undone'
    expect(judge({})).toEqual([])
    expect(judge({ faults_on_page: 1 })).toEqual([`${label} faults`, `${label} hints`])
    expect(judge({ error_codes: { '0x7': 5154, '0x4': 1 } })).toEqual([`${label} faults`])
    expect(judge({ numa_hint_faults_delta: 0 })).toEqual([`${label} hints`])
    expect(judge({ patched: 0 })).toEqual(['cow-after-fork-write faults', 'cow-after-fork-write hints'])
    expect(judge({ signal: 11, sig_err: '0x7' })).toEqual([`${label} signal`])
  })

  it('a list of faults that is not there leaves the row out, with its name', () => {
    const { notRun } = judgeUndoneResult(resultsOf('bare'), 'result.jsonl', () => undefined)
    expect(notRun.map(({ why }) => why)).toEqual([
      'faults_control.csv does not lie beside it',
      'faults_patched_1000ms.csv does not lie beside it',
    ])
  })
})

describe('what the app opens', () => {
  const recordings = readStepFile(readFileSync('src/decode/recorded-steps.txt', 'utf8'))

  it.each(MACHINES)('%s: is what the files say', (machine) => {
    const { steps, hints, cases, long } = recordings.find((each) => each.machine === machine)!
    expect(steps).toEqual(stepsOf(machine))
    expect(hints).toEqual(hintsOf(machine))
    const untimed = (access: object) => ({ ...access, milliseconds: undefined })
    expect(cases.map(untimed)).toEqual(casesOf(machine).map(readCase).map(untimed))
    const read = resultsOf(machine).map((line, index) =>
      readResult(line, besideIn(machine)(['faults_control.csv', 'faults_patched_1000ms.csv'][index]!), 'x.csv'),
    )
    expect(long.map(untimed)).toEqual(read.map(untimed))
  })

  it('names the line that is none', () => {
    expect(() => readStepFile('something else\n')).toThrow('Line 1')
    expect(() => readStepFile('one-bit-two-names steps 1\nmachine xen\nstep 1 2 3\n')).toThrow('Line 3')
    expect(() => readStepFile('one-bit-two-names steps 1\nstep 1 a read 0 0 - - - - -\n')).toThrow('Line 2')
  })
})

describe('malformed rows', () => {
  const row = JSON.parse(textOf('xen/faults_steps.jsonl').split('\n')[0]!)
  it.each([
    [{ env: 'kvm' }, 'env: kvm is no machine known here'],
    [{ op: 'syscall' }, 'op: syscall warmup is nothing known here'],
    [{ before: null }, 'before: the walk is missing'],
    [{ after: { pte_raw: 'x' } }, 'pte_raw: a hex word is needed'],
    [{ xen_pte_writes_on_page: [{ kind: 'other', raw: '0x1' }] }, 'kind: other is no call known here'],
    [{ faults_on_page: [{}] }, 'error_code: a text is needed'],
  ])('are refused with file and line: %o', (change, problem) => {
    const text = JSON.stringify({ ...row, ...change })
    expect(() => judgeRecordedSteps(parseJsonLines(text, 'x.jsonl'), 'x.jsonl')).toThrow(`x.jsonl:1: ${problem}`)
  })
})
