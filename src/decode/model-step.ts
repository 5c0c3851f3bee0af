import { OUTCOME } from '../arch/cpu'
import type { Pte } from '../arch/pte'
import type { Machine } from '../machine/machine'
import { entryIn } from '../trace/scene'
import type { Tape } from '../trace/tape'
import { modelFaults } from './model-fault'
import type { RecordedRequest, RecordedSignal } from './recorded-step'

/** What a step comes to in the model, in the words in which steps were recorded. */
export interface ModelStep {
  readonly before: Pte
  readonly after: Pte
  /** Error codes of the faults, in order; of an endless one those before the first repeat. */
  readonly faults: readonly number[]
  /** The tick of the tape in which each was raised. */
  readonly faultTicks: readonly number[]
  readonly signal: RecordedSignal | null
  /** What Linux asked Xen to store in the page's entry. */
  readonly requests: readonly RecordedRequest[]
  /** The tick of the tape in which each was made. */
  readonly requestTicks: readonly number[]
  readonly endless: boolean
  /** Why the model could not carry it out to its end; null if it did. */
  readonly problem: string | null
}

/** Read a tape of one choice, about a page of a process. */
export function modelStep(machine: Machine, tape: Tape, process: number, page: number): ModelStep {
  const slot = machine.processes[process]!.slots[page]!
  const before = entryIn(tape.start, slot)
  const words = tape.start.slice()
  const requests: RecordedRequest[] = []
  const requestTicks: number[] = []
  let signal: RecordedSignal | null = null
  for (const [index, { step, actor, writes }] of tape.ticks.entries()) {
    const cpu = machine.cpus[actor]!
    const error = words[cpu.error]!
    const target = words[cpu.target] === slot
    const asked = entryIn(words, cpu.next)
    const made = target ? requestsAt(machine, step, asked, entryIn(words, slot)) : []
    requests.push(...made)
    requestTicks.push(...made.map(() => index))
    for (const { cell, after } of writes) words[cell] = after
    if (words[cpu.outcome] === OUTCOME.sigsegv && !signal) signal = { error, code: words[cpu.operand]! }
  }
  const faults = modelFaults(machine, tape)
  return {
    before,
    after: entryIn(words, slot),
    faults: faults.map(({ error }) => error),
    faultTicks: faults.map(({ from }) => from),
    signal,
    requests,
    requestTicks,
    endless: tape.lassos.length > 0,
    problem: tape.problem,
  }
}

/** The calls by which Linux asks Xen at this step; a plain store is none. */
function requestsAt(machine: Machine, step: unknown, asked: Pte, standing: Pte): readonly RecordedRequest[] {
  if (machine.platform.id === 'bare') return []
  if (step === machine.platform.setPte) return [{ what: 'set', word: asked }]
  if (step !== machine.platform.commit) return []
  return [
    { what: 'start', word: standing },
    { what: 'commit', word: asked },
  ]
}
