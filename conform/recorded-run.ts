import { PF_INSTR, PF_USER, PF_WRITE, type Access } from '../src/arch/error-code'
import { modelFaults, type ModelFault } from '../src/decode/model-fault'
import { isRemote, type RecordedFault } from '../src/decode/recorded-fault'
import { recordedPage } from '../src/decode/recorded-page'
import type { Choice } from '../src/machine/choice'
import type { Machine } from '../src/machine/machine'
import { record } from '../src/trace/tape'
import type { Place } from './kernels'
import { recordedMachine } from './recorded-machine'

/** What the core makes of the access that led to a recorded fault. */
export interface RecordedRun {
  readonly machine: Machine
  /** In order, up to the first repeated state. */
  readonly faults: readonly ModelFault[]
  readonly endless: boolean
}

/** Why a recorded fault cannot be run; null where it can. */
export function whyNotRun(fault: RecordedFault): string | null {
  if (!recordedPage(fault).huge && fault.path.includes('do_huge_pmd_anonymous_page'))
    return 'a huge page is tried first, and does not fit'
  if (isRemote(fault) && fault.path.some((name) => name.endsWith('numa_page')) && !fault.path.includes('migrated'))
    return fault.path.some((name) => name.startsWith('migrate_misplaced'))
      ? 'a page of another node that was to be moved and stayed: what room and rate there allowed was not recorded'
      : 'a page of another node that was not to be moved: that hangs on who touched it before, which was not recorded'
  return null
}

/** Run the access again from the recorded page. */
export function runRecorded(fault: RecordedFault, place: Place): RecordedRun {
  const machine = recordedMachine(fault, place)
  const tape = record(machine, [choiceOf(fault)])
  return { machine, faults: modelFaults(machine, tape), endless: tape.lassos.length > 0 }
}

/** Only execve, which fills the stack of a program that does not run yet, pins by force. */
function choiceOf(fault: RecordedFault): Choice {
  const { error, source } = fault
  if (source === 'gup') {
    const pin: Choice = { do: 'pin', process: 0, page: 0, access: error & PF_WRITE ? 'write' : 'read' }
    return recordedPage(fault).pinned ? pin : { ...pin, force: true }
  }
  const touch: Choice = { do: 'access', process: 0, page: 0, access: accessOf(error) }
  return error & PF_USER ? touch : { ...touch, byKernel: true }
}

const accessOf = (error: number): Access => (error & PF_WRITE ? 'write' : error & PF_INSTR ? 'exec' : 'read')
