import { ACCESSES } from '../src/arch/error-code'
import type { RecordedStep } from '../src/decode/recorded-step'
import { compareUndone, runUndone, type UndoneAccess } from '../src/decode/undone-run'
import { bareMetal } from '../src/kernel/bare-metal'
import type { Platform } from '../src/kernel/context'
import { xenPv } from '../src/xen/pv'
import { namedCells, parseCsv } from './csv'
import type { JsonLine } from './json-lines'
import { platformNamed, readEntry } from './recorded-steps'
import { Tally, type Verdict } from './verdict'

/** Hold the accesses of the experiment with the fix undone against the core. */
export function judgeUndoneCases(lines: readonly JsonLine[], file: string): Verdict {
  const tally = new Tally()
  tally.doNotCompare('took_s', 'the model has no clock')
  for (const line of lines) compare(tally, line, readCase(line), platformNamed(line, line.text('env')))
  return tally.verdict(file, lines.length)
}

/** Hold the experiment's one long access, and the same without it, against the core; its faults lie beside it. */
export function judgeUndoneResult(
  lines: readonly JsonLine[],
  file: string,
  beside: (name: string) => string | undefined,
): Verdict {
  const tally = new Tally()
  tally.doNotCompare('t_before_patch … cow_write_took_s', 'the model has no clock')
  for (const line of lines) {
    const name = faultsFile(line)
    const text = beside(name)
    if (text === undefined) {
      tally.leaveOut(line.line, `${name} does not lie beside it`)
      continue
    }
    compare(tally, line, readResult(line, text, name), platformOf(line))
  }
  return tally.verdict(file, lines.length)
}

const SIGSEGV = 11

export function readCase(line: JsonLine): UndoneAccess {
  const codes = line.object('error_codes') ?? line.refuse('error_codes: a JSON object is needed')
  const error = line.integer('signal') === SIGSEGV ? line.flags('sig_err') : null
  const operation = ACCESSES.find((access) => access.startsWith(line.text('op').replace('x', 'e')))
  return {
    step: {
      number: line.integer('n'),
      label: line.text('case'),
      operation: operation ?? line.refuse(`op: ${line.text('op')} is no access known here`),
      ...placeOf(line),
      faults: codes.names.map(Number),
      signal: error === null ? null : { error, code: 0 },
    },
    undone: line.integer('patched') === 1,
    faultCount: line.integer('faults_on_page'),
    hints: line.integer('numa_hint_faults_delta'),
  }
}

/** The one access of the experiment: a write to a page that a forked child maps too. */
export function readResult(line: JsonLine, faults: string, faultsFile: string): UndoneAccess {
  const table = parseCsv(faults, faultsFile)
  const { of } = namedCells(table, ['event', 'address', 'error_code'])
  const here = table.rows
    .map(of)
    .filter(({ event, address }) => event === 'page_fault_user' && address === line.text('va'))
  return {
    step: {
      number: line.line,
      label: 'cow-after-fork-write',
      operation: 'write',
      ...placeOf(line),
      faults: [...new Set(here.map(({ error_code }) => Number(error_code)))],
      signal: null,
    },
    undone: line.integer('ms_asked') > 0,
    faultCount: here.length,
    hints: line.integer('numa_hint_faults_delta'),
  }
}

const placeOf = (line: JsonLine): Pick<RecordedStep, 'address' | 'process' | 'before' | 'after' | 'requests'> => ({
  address: line.text('va').replace(/^0x/, ''),
  process: 0,
  before: readEntry(line, 'before'),
  after: readEntry(line, 'after'),
  requests: [],
})

function faultsFile(line: JsonLine): string {
  const ms = line.integer('ms_asked')
  return ms === 0 ? 'faults_control.csv' : `faults_patched_${ms}ms.csv`
}

/** The file does not say where it was recorded: under Xen, and there only, memory holds other frames than Linux sees. */
function platformOf(line: JsonLine): Platform {
  const walk = line.object('before')
  return walk && walk.text('pgd_raw') !== walk.text('pgd_val') ? xenPv : bareMetal
}

function compare(tally: Tally, { line }: JsonLine, access: UndoneAccess, platform: Platform): void {
  const what = `${access.step.label}${access.undone ? ', undone' : ''}`
  for (const { name, recorded, model } of compareUndone(access, runUndone(access, platform)))
    tally.compare(line, `${what} ${name}`, recorded, model)
}
