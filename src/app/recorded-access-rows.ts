import { errorCodeText } from '../arch/error-code'
import { toHex } from '../arch/pte'
import type { OpenAccess } from '../decode/open-step'
import { codeText } from '../decode/step-comparison'
import type { TimedAccess } from '../decode/step-file'
import { undoneResult } from '../decode/undone-run'
import type { ProcessImage } from '../machine/image'
import type { Machine } from '../machine/machine'
import type { Tape } from '../trace/tape'
import { endOf, type StepRow } from './recorded-step-rows'
import { countText } from '../trace/count-text'

/** Recorded faults that get a row of their own: of a long series they are all alike. */
const SHOWN = 4

/** The model's run of the access, and what its machine was built from. */
export interface ModelRun {
  readonly machine: Machine
  readonly tape: Tape
  readonly image: ProcessImage
  readonly page: number
}

/** The tape's first choice. */
const ownTape = (tape: Tape): Tape => ({
  ...tape,
  ticks: tape.ticks.slice(0, endOf(tape)),
  lassos: tape.lassos.filter(({ choice }) => choice === 0),
})

/** The recorded access fault by fault beside the model's tape; null for the model where another run was made. */
export function accessRows(
  { step, undone, faultCount, hints }: TimedAccess,
  model: ModelRun | null,
): readonly StepRow[] {
  const result = model && undoneResult(model.machine, ownTape(model.tape), model.image, model.page)
  const end = model ? endOf(model.tape) : 0
  const row = (name: string, recorded: string | null, ours: string | null, cursor: number | null): StepRow => ({
    id: name,
    name,
    cells: [{ recorded, model: ours, agrees: model ? recorded === ours : null }],
    onTape: cursor !== null,
    cursor,
  })
  const [error] = step.faults
  const ours = result?.faultTicks ?? []
  const shown = Math.min(SHOWN, Math.max(faultCount, result?.endless ? SHOWN : ours.length))
  const faults = Array.from({ length: shown }, (_, index) => {
    // Every lap is like the first.
    const code = result?.faults[result.endless ? 0 : index]
    const tick = ours[index]
    return row(
      `fault ${index + 1}`,
      index < faultCount && error !== undefined ? codeOf(error) : null,
      code === undefined ? null : codeOf(code),
      tick === undefined ? null : tick + 1,
    )
  })
  const laps = result?.endless ? faultCount - 1 : 1
  return [
    row('entry before', toHex(step.before.word), result && toHex(result.before), model && 0),
    ...faults,
    row(
      'how it ends',
      endingOf(undone && faultCount > SHOWN, step.signal?.error ?? null),
      result && endingOf(result.endless, result.signal),
      null,
    ),
    row('hints counted', countText(hints), result && countText(laps * result.hints), null),
    row(
      undone && faultCount > SHOWN ? 'entry, restored' : 'entry after',
      toHex(step.after.word),
      result?.after ? toHex(result.after) : null,
      result && !result.endless ? end : null,
    ),
  ]
}

const codeOf = (error: number): string => `${codeText(error)} ${errorCodeText(error)}`

function endingOf(endless: boolean, signal: number | null): string {
  if (endless) return 'stuck at one instruction'
  return signal === null ? 'it lands' : `SIGSEGV, error ${codeText(signal)}`
}

/** Both recordings in one line: what the undone compare made of the same access. */
export function totalsText({ shipped, undone }: OpenAccess): string {
  const told = ({ faultCount, milliseconds }: TimedAccess): string => {
    const faults = `${countText(faultCount)} ${faultCount === 1 ? 'fault' : 'faults'}`
    return milliseconds > 10
      ? `${faults} in ${(milliseconds / 1000).toFixed(2)} s, until a timer put the compare back`
      : faults
  }
  return `Recorded as shipped: ${told(shipped)}. With one compare undone: ${told(undone)}.`
}

/** What stands for the recorded faults without a row. */
export function restText({ faultCount, step }: TimedAccess): string {
  if (faultCount <= SHOWN) return ''
  const [error] = step.faults
  return `${countText(faultCount - SHOWN)} more were recorded, each with error code ${codeText(error!)} at the same address. In the model the state comes back with the second fault, so each further one is the same. The last entry is that after the compare was put back in the middle of a fault, in the model as on the recorded machine. How many there were is a matter of time alone.`
}
