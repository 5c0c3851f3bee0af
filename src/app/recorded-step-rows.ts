import { errorCodeText } from '../arch/error-code'
import { toHex, type Pte } from '../arch/pte'
import { modelStep, type ModelStep } from '../decode/model-step'
import type { RecordedEntry, RecordedRequest, RecordedStep } from '../decode/recorded-step'
import { codeText } from '../decode/step-comparison'
import type { Machine } from '../machine/machine'
import type { Tape } from '../trace/tape'
import type { RecordedColumn, RecordedRow } from '../views/recorded/recorded-faults'

/** A row of the list, and where on the tape it stands: how many ticks have happened by then; null where it is not there. */
export interface StepRow extends RecordedRow {
  readonly cursor: number | null
}

export const STEP_COLUMNS: readonly RecordedColumn[] = [{ name: 'what was seen', width: 28 }]

/** Room for 'set_pte asks for', in characters. */
export const STEP_NAME_WIDTH = 19

/** The model's side of a recorded step: the first choice of the tape, up to where the next one begins. */
export function ownStep(machine: Machine, tape: Tape, process: number, page: number): ModelStep {
  return modelStep(machine, { ...tape, ticks: tape.ticks.slice(0, endOf(tape)) }, process, page)
}

/** How many ticks of a tape carry out its first choice. */
export const endOf = ({ begins, ticks }: Tape): number =>
  begins.find((begin, choice) => choice > 0 && begin !== null) ?? ticks.length

/** What was recorded of a step and what the model makes of it, in the order of time. `model`: null where another run was made. */
export function stepRows(step: RecordedStep, model: ModelStep | null, end: number): readonly StepRow[] {
  const pair = (recorded: string | null, ours: string | null) => ({
    recorded,
    model: ours,
    agrees: model ? recorded === ours : null,
  })
  const row = (
    id: string,
    name: string,
    recorded: string | null,
    ours: string | null,
    cursor: number | null,
  ): StepRow => ({
    id,
    name,
    cells: [pair(recorded, ours)],
    onTape: cursor !== null,
    cursor,
  })
  const faults = upTo(step.faults, model?.faults, (recorded, ours, index) =>
    row(`fault ${index}`, `fault ${index + 1}`, codeOf(recorded), codeOf(ours), after(model?.faultTicks[index])),
  )
  const requests = upTo(step.requests, model?.requests, (recorded, ours, index) =>
    row(
      `request ${index}`,
      NAME_OF_REQUEST[(recorded ?? ours)!.what],
      requestOf(recorded),
      requestOf(ours),
      after(model?.requestTicks[index]),
    ),
  )
  const [theirs, ours] = [signalOf(step.signal), signalOf(model?.signal)]
  const signal = (theirs ?? ours) ? [row('signal', 'signal', theirs, ours, model?.signal ? end : null)] : []
  return [
    row('before', 'entry before', entryOf(step.before), model && wordOf(model.before), model && 0),
    ...[...faults, ...requests].toSorted((a, b) => (a.cursor ?? end) - (b.cursor ?? end)),
    ...signal,
    row('after', 'entry after', entryOf(step.after), model && wordOf(model.after), model && end),
  ]
}

const NAME_OF_REQUEST: Record<RecordedRequest['what'], string> = {
  set: 'set_pte asks for',
  start: 'commit begins at',
  commit: 'commit asks for',
}

/** One result for each place of the longer list. */
function upTo<T, R>(
  recorded: readonly T[],
  ours: readonly T[] | undefined,
  make: (recorded: T | undefined, ours: T | undefined, index: number) => R,
): readonly R[] {
  const length = Math.max(recorded.length, ours?.length ?? 0)
  return Array.from({ length }, (_, index) => make(recorded[index], ours?.[index], index))
}

const after = (tick: number | undefined): number | null => (tick === undefined ? null : tick + 1)

const wordOf = (word: Pte): string => (word.lo === 0 && word.hi === 0 ? 'empty' : toHex(word))
const entryOf = ({ word }: RecordedEntry): string => wordOf(word)
const codeOf = (error: number | undefined): string | null =>
  error === undefined ? null : `${codeText(error)} ${errorCodeText(error)}`
const requestOf = (request: RecordedRequest | undefined): string | null => (request ? wordOf(request.word) : null)
const signalOf = (signal: RecordedStep['signal'] | undefined): string | null =>
  signal ? `SIGSEGV, error ${codeText(signal.error)}` : null

/** The row at the playhead: the last that has happened. */
export function rowAt(rows: readonly StepRow[], cursor: number): number | null {
  const row = rows.findLastIndex((each) => each.cursor !== null && each.cursor <= cursor)
  return row < 0 ? null : row
}

/** 'All 4 agree.' */
export function agreementText(rows: readonly RecordedRow[]): string {
  const compared = rows.filter(({ cells }) => cells.some(({ agrees }) => agrees !== null))
  const differing = compared.filter(({ cells }) => cells.some(({ agrees }) => agrees === false)).length
  if (compared.length === 0) return 'This run is not the recorded one. Reset brings it back.'
  return differing === 0
    ? `Recorded and model agree in all ${compared.length}.`
    : `Recorded and model differ in ${differing} of ${compared.length}.`
}
