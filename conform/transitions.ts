import { EMPTY, frameOf, same, type Pte } from '../src/arch/pte'
import type { ModelFault } from '../src/decode/model-fault'
import { MAPCOUNT, type RecordedFault } from '../src/decode/recorded-fault'
import type { Machine } from '../src/machine/machine'
import { namedCells, type CsvTable } from './csv'
import { recordedPlace, type Place } from './kernels'
import { MalformedInput } from './malformed'
import { askedText, distinct, flagsText, parseFaults } from './recorded-faults'
import { runRecorded, whyNotRun } from './recorded-run'
import { Tally, type Verdict } from './verdict'

const COLUMNS = [
  'run',
  'kernel',
  'env',
  'scenario',
  'src',
  'ec',
  'pte0_flags',
  'handler_path',
  'want_flags',
  'pte1_flags',
  'pfn_changed',
  'nid0',
  'nid1',
] as const
type Cells = Record<(typeof COLUMNS)[number], string>

/** The cells by which a folded row finds the faults that were folded into it. */
const keyOf = (cells: Cells): string =>
  [
    cells.scenario,
    cells.src,
    cells.ec,
    cells.pte0_flags,
    cells.handler_path,
    cells.want_flags,
    cells.pte1_flags,
    cells.nid0,
    cells.nid1,
  ].join()

const foldedKey = ({ scenario, source, error, raw, path, asked, nodes }: RecordedFault): string =>
  [
    scenario,
    source,
    error.toString(16),
    flagsText(raw.before),
    path.join('>'),
    askedText(asked),
    flagsText(raw.after),
    nodes.before,
    nodes.after,
  ].join()

/** A path that lines of the console ran into. */
const isGarbled = (path: string): boolean =>
  path.split('>').some((item) => !/^(?:KBX_RESCUE|[a-z_]+(?::[a-z_]+)?)$/.test(item))

/** Hold every folded row of the recorded runs against the core, from each page state that was folded into it. */
export function judgeTransitions(table: CsvTable, beside: (name: string) => string | undefined): Verdict {
  const tally = new Tally()
  const { of, others } = namedCells(table, COLUMNS)
  for (const name of others) tally.doNotCompare(name, 'says how often, not what')
  const runs = new FoldedRuns(beside)
  for (const row of table.rows) {
    const cells = of(row)
    const place = recordedPlace(cells.kernel, cells.env)
    if (!place) throw new MalformedInput(table.file, row.line, `${cells.kernel}, ${cells.env}: not known here`)
    if (cells.handler_path.includes('KBX_RESCUE'))
      tally.setApart(row.line, 'the recorder answered for the kernel (KBX_RESCUE)')
    else if (isGarbled(cells.handler_path)) tally.setApart(row.line, 'console output ran into the path')
    else judgeRow(tally, row.line, cells, place, runs.faults(cells))
  }
  return tally.verdict(table.file, table.rows.length)
}

/** The faults of each run, by the row that they were folded into. */
class FoldedRuns {
  private readonly read = new Map<string, ReadonlyMap<string, readonly RecordedFault[]> | null>()
  private readonly beside: (name: string) => string | undefined

  constructor(beside: (name: string) => string | undefined) {
    this.beside = beside
  }

  /** Faults of a row; undefined where the run's own file is not there. */
  faults(cells: Cells): readonly RecordedFault[] | undefined {
    const { run } = cells
    if (!this.read.has(run)) this.read.set(run, this.fold(`${run}.faults.csv`))
    const folded = this.read.get(run)
    return folded ? (folded.get(keyOf(cells)) ?? []) : undefined
  }

  private fold(name: string): ReadonlyMap<string, readonly RecordedFault[]> | null {
    const text = this.beside(name)
    if (text === undefined) return null
    const folded = new Map<string, RecordedFault[]>()
    for (const fault of parseFaults(text, name)) {
      const rows = folded.get(foldedKey(fault))
      if (rows) rows.push(fault)
      else folded.set(foldedKey(fault), [fault])
    }
    return folded
  }
}

function judgeRow(
  tally: Tally,
  line: number,
  cells: Cells,
  place: Place,
  all: readonly RecordedFault[] | undefined,
): void {
  if (!all) return tally.leaveOut(line, `${cells.run}.faults.csv is not there, which says what page it was`)
  const faults = distinct(all)
  if (!faults.length) return tally.leaveOut(line, 'its faults were cut from the recording, which says what page it was')
  const why = faults.map(whyNotRun).find((reason) => reason !== null)
  if (why) return tally.leaveOut(line, why)
  for (const fault of faults) compareFault(tally, line, cells, place, fault)
}

function compareFault(tally: Tally, line: number, cells: Cells, place: Place, fault: RecordedFault): void {
  const { machine, faults } = runRecorded(fault, place)
  const [model] = faults
  const at = `${place.name} ${cells.scenario} 0x${fault.address.toString(16)}`
  const compare = (name: string, expected: string, got: (model: ModelFault) => string): void => {
    tally.compare(line, `${at} ${name}`, expected, model ? got(model) : 'no fault')
  }
  compare('ec', cells.ec, ({ error }) => error.toString(16))
  compare('handler_path', cells.handler_path, ({ path }) => path.join('>'))
  compare('want_flags', cells.want_flags, ({ asked }) => askedText(asked))
  compare('pte1_flags', cells.pte1_flags, ({ after }) => flagsText(after))
  compare('frame', frameRecorded(fault), (each) => frameInModel(machine, each))
}

/** Which frame an entry names after the fault, by identity. */
type FrameIdentity = 'none' | 'the same' | 'the zero page' | 'another'

function frameRecorded({ raw, value, mapcounts }: RecordedFault): FrameIdentity {
  if (same(raw.after, EMPTY)) return 'none'
  if (!same(raw.before, EMPTY) && frameOf(value.before) === frameOf(value.after)) return 'the same'
  const isZero = mapcounts.after === MAPCOUNT.zeroPage || mapcounts.after === MAPCOUNT.hugeZeroPage
  return isZero ? 'the zero page' : 'another'
}

function frameInModel(machine: Machine, { before, after }: ModelFault): FrameIdentity {
  const frame = (entry: Pte): number => frameOf(machine.platform.pteVal(machine, entry))
  if (same(after, EMPTY)) return 'none'
  if (!same(before, EMPTY) && frame(before) === frame(after)) return 'the same'
  return frame(after) === machine.frames.pfn(machine.zeroFrame) ? 'the zero page' : 'another'
}
