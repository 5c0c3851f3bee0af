import { same, toHex } from '../src/arch/pte'
import type { RecordedFault } from '../src/decode/recorded-fault'
import { rightsText, VM_SHARED } from '../src/kernel/protection'
import { namedCells, type CsvTable } from './csv'
import { recordedPlace } from './kernels'
import { MalformedInput } from './malformed'
import { distinct, parseFaults } from './recorded-faults'
import { runRecorded, whyNotRun, type RecordedRun } from './recorded-run'
import { Tally, type Verdict } from './verdict'

const COLUMNS = [
  'kernel',
  'source_run',
  'scenario',
  'src',
  'ec',
  'region',
  'page',
  'vma_flags_rwxs',
  'pte_first_raw',
  'pte_steady_raw',
  'asked_raw',
  'handler_path',
] as const
type Cells = Record<(typeof COLUMNS)[number], string>

const NOT_COMPARED: ReadonlyMap<string, string> = new Map([
  ['who', 'follows from src and ec'],
  ['file_backed', 'given'],
  ['recorded_reps', 'the recorder stops at 200'],
  ['endless_when_left_alone', 'whether the recorder let it go; the core always leaves it alone'],
])

/** Hold every recorded loop against the core: endless, from the same first entry, by the same path, to the same steady one. */
export function judgeLoops(table: CsvTable, beside: (name: string) => string | undefined): Verdict {
  const tally = new Tally()
  const { of, others } = namedCells(table, COLUMNS)
  for (const name of others) tally.doNotCompare(name, NOT_COMPARED.get(name) ?? 'a measure of time')
  const runs = new Map<string, readonly RecordedFault[] | undefined>()
  for (const row of table.rows) {
    const cells = of(row)
    const name = `${cells.source_run}.faults.csv`
    if (!runs.has(name)) runs.set(name, readRun(name, beside))
    judgeLoop(tally, table.file, row.line, cells, runs.get(name))
  }
  return tally.verdict(table.file, table.rows.length)
}

function readRun(name: string, beside: (name: string) => string | undefined): readonly RecordedFault[] | undefined {
  const text = beside(name)
  return text === undefined ? undefined : parseFaults(text, name)
}

function judgeLoop(
  tally: Tally,
  file: string,
  line: number,
  cells: Cells,
  run: readonly RecordedFault[] | undefined,
): void {
  const place = recordedPlace(cells.kernel, machineOf(cells.source_run))
  if (!place) throw new MalformedInput(file, line, `${cells.kernel}, ${cells.source_run}: not known here`)
  if (!run) return tally.leaveOut(line, `${cells.source_run}.faults.csv is not there, which says what page it was`)
  const firsts = firstFaults(run, cells)
  if (!firsts.length) {
    return tally.leaveOut(
      line,
      'no loop recorded at this page began with this entry: its frame is that of another loop',
    )
  }
  const why = firsts.map(whyNotRun).find((reason) => reason !== null)
  if (why) return tally.leaveOut(line, why)
  for (const fault of firsts) compareLoop(tally, line, cells, place.name, runRecorded(fault, place))
}

/** Runs are named by their machine: 'xen-broken-literal-s2', 'bare2node-broken-all'. */
const machineOf = (run: string): string => (run.startsWith('xen-') ? 'Xen' : 'bare metal')

/**
 * The first fault of each loop that a row can mean: more than one task can loop on one page. The recorder counts on where a
 * signal handler gave the mapping its rights back, so the first of a loop need not be the first of its count.
 */
function firstFaults(run: readonly RecordedFault[], cells: Cells): readonly RecordedFault[] {
  const reached = new Map<number, number>()
  const firsts = run.filter((fault) => {
    const { pid, repetition } = fault
    if (!isMeant(fault, cells)) return false
    const first = repetition <= (reached.get(pid) ?? Infinity)
    reached.set(pid, repetition)
    return first
  })
  return distinct(firsts.filter(({ raw }) => toHex(raw.before) === cells.pte_first_raw))
}

const isMeant = (fault: RecordedFault, cells: Cells): boolean =>
  fault.scenario === cells.scenario &&
  fault.source === cells.src &&
  fault.error.toString(16) === cells.ec &&
  fault.region === cells.region &&
  fault.page === cells.page &&
  rightsText(fault.flags) + (fault.flags & VM_SHARED ? 's' : 'p') === cells.vma_flags_rwxs

function compareLoop(tally: Tally, line: number, cells: Cells, place: string, { faults, endless }: RecordedRun): void {
  const compare = (name: string, expected: string, got: string): void => {
    tally.compare(line, `${place} ${cells.scenario} ${name}`, expected, got)
  }
  const first = faults[0]
  const last = faults.at(-1)
  compare('end', 'endless', endless ? 'endless' : 'it ends')
  if (!first || !last) return
  compare('ec', cells.ec, first.error.toString(16))
  compare('pte_first_raw', cells.pte_first_raw, toHex(first.before))
  compare('pte_steady_raw', cells.pte_steady_raw, toHex(last.after))
  compare(
    'asked_raw',
    cells.asked_raw,
    faults.every(({ asked }) => same(asked, first.asked)) ? toHex(first.asked) : 'not always the same',
  )
  for (const { path } of faults) compare('handler_path', cells.handler_path, path.join('>'))
}
