import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultsBeside } from '../decode/faults-beside'
import { recordingOf } from '../decode/recorded-run-image'
import { RECORDED_RUNS } from '../decode/recorded-run-names'
import { recordedRunScenario } from '../decode/recorded-run-scenario'
import { readRecordedRuns } from '../decode/recorded-runs'
import { kernelById } from '../kernel/variants'
import { replay } from '../trace/replay'
import { xenPv } from '../xen/pv'
import { agreementText, rowAt, RUN_COLUMNS, runRows } from './recorded-run-rows'

const { programs, provenance } = readRecordedRuns(readFileSync('src/decode/runs-of-2015.json', 'utf8'))

/** The list for a program whose recording on one kernel is laid beside a run on another. */
function listOf(id: string, recorded: string | null, runOn: string, choices?: number) {
  const program = programs.find((each) => each.id === id)!
  const scenario = recordedRunScenario(
    program,
    RECORDED_RUNS.find(({ name }) => name === id)!,
    provenance,
  )
  const run = program.order.slice(0, choices ?? program.opening)
  const { machine, tape } = replay(scenario, { kernel: kernelById(runOn)!, platform: xenPv, numa: 'on' }, run)
  const { pairs } = faultsBeside(program, recorded ? recordingOf(program, recorded, 'xen') : null, machine, tape)
  return { pairs, rows: runRows(pairs, (page) => machine.addresses[page]!) }
}

const column = (name: string): number => RUN_COLUMNS.findIndex((each) => each.name === name)

describe('a row', () => {
  it('says on both sides what handled the fault, and how often it came', () => {
    const last = listOf('init', 'rc0', 'rc0').rows.at(-1)!
    expect(last.name).toBe('fault 12, 0x5e0cd8')
    expect(last.cells[column('handled by')]).toEqual({
      recorded: 'do_numa_page, 200 times',
      model: 'do_numa_page, for ever',
      agrees: true,
    })
    expect(last.cells[column('error')]).toEqual({ recorded: '0x7', model: '0x7', agrees: true })
    expect(last.cells[column('asked for')]).toEqual({ recorded: '8…7d78d025', model: '8…7d78d025', agrees: true })
  })

  it('names the place within a function, and an empty entry as such', () => {
    const [first] = listOf('zero', 'rc0', 'rc0').rows
    expect(first!.cells[column('handled by')]!.model).toBe('do_anonymous_page, zero page')
    expect(first!.cells[column('entry')]!.recorded).toBe('empty')
    expect(first!.cells[column('asked for')]).toEqual({ recorded: null, model: null, agrees: null })
  })

  it('differs in the columns that differ, and in no other', () => {
    const { rows } = listOf('zero', 'rc0', 'rc1')
    const differing = rows
      .at(-1)!
      .cells.flatMap(({ agrees }, index) => (agrees === false ? [RUN_COLUMNS[index]!.name] : []))
    expect(differing).toEqual(['handled by', 'asked for', 'entry after'])
  })

  it('of a fault that was not recorded has the page’s address, and nothing on that side', () => {
    const { rows } = listOf('zero', null, '4.0')
    expect(rows[0]!.name).toBe('fault 1, 0x7ffff7ff7000')
    expect(rows[0]!.cells.every(({ recorded, agrees }) => recorded === null && agrees === null)).toBe(true)
  })

  it('of a fault that the tape does not have leads nowhere', () => {
    const { rows } = listOf('init', 'rc1', 'rc1', 5)
    expect(rows.map(({ onTape }) => onTape).indexOf(false)).toBe(5)
  })
})

it('the row at the playhead is the last one whose fault has been raised', () => {
  const { pairs } = listOf('zero', 'rc0', 'rc0')
  const [first, second] = pairs.map(({ model }) => model!.from)
  expect([0, first!, first! + 1, second!, second! + 1, 9999].map((cursor) => rowAt(pairs, cursor))).toEqual([
    null,
    null,
    0,
    0,
    1,
    1,
  ])
})

describe('the sum', () => {
  it.each([
    ['zero', 'rc0', 'rc0', 2, 'All 2 agree.'],
    ['zero', 'rc0', 'rc1', 2, '1 of 2 agree.'],
    ['zero', 'rc0', 'rc0', 1, 'The one agrees; 1 more was recorded than this tape has.'],
    ['file', 'rc1', 'rc1', 3, 'All 3 agree; 2 more were recorded than this tape has.'],
    ['zero', 'rc0', 'rc0', 0, 'No recorded fault lies beside one of the model.'],
  ])('of %s recorded on %s, run on %s for %i choices', (id, recorded, runOn, choices, text) => {
    expect(agreementText(listOf(id, recorded, runOn, choices).pairs)).toBe(text)
  })
})
