import { EMPTY, has, PRESENT, PROTNONE, same, toHex, type Pte } from '../arch/pte'
import type { ModelStep } from './model-step'
import type { RecordedRequest, RecordedSignal, RecordedStep } from './recorded-step'
import type { MachineId } from '../machine/platforms'

/** One thing that was recorded of a step, and what the model says of it. */
export interface StepComparison {
  readonly name: 'before' | 'faults' | 'signal' | 'requests' | 'hints' | 'after'
  readonly recorded: string
  readonly model: string
}

/** Why the model cannot carry out a recorded step; null where it can. */
export function whyNotRun(step: RecordedStep, platform: MachineId): string | null {
  if (step.before.level === 'PMD' && step.after.level !== 'PMD')
    return 'a huge page is split, which the model leaves out'
  if (step.signal?.code === NOT_A_FAULT)
    return 'the address is not canonical: the CPU raises #GP, and the model has #PF alone'
  if (isKernelAddress(step) && !same(step.before.word, EMPTY))
    return platform === 'xen'
      ? 'the walk read tables of the kernel, which a program under Xen does not run on'
      : 'the walk ended in a page of the kernel, whose own tables the model leaves out'
  if (isHint(step) && step.faults.length > 1 && !step.signal)
    return 'a hinting fault twice: the scanner came in between, and the recording does not say when'
  return null
}

const isHint = ({ before: { word } }: RecordedStep): boolean => has(word, PROTNONE) && !has(word, PRESENT)

const NOT_A_FAULT = 128
const isKernelAddress = ({ address }: RecordedStep): boolean => address.length === 16

/** All that was recorded of a step beside what the model makes of it, as texts. Under Xen also what Linux asked for. */
export function compareStep(step: RecordedStep, model: ModelStep, platform: MachineId): readonly StepComparison[] {
  const pairs: (StepComparison | null)[] = [
    { name: 'before', recorded: wordText(step.before.word), model: wordText(model.before) },
    { name: 'faults', recorded: faultsText(step.faults), model: model.problem ?? endlessText(model) },
    { name: 'signal', recorded: signalText(step.signal), model: signalText(model.signal) },
    platform === 'xen'
      ? { name: 'requests', recorded: requestsText(step.requests), model: requestsText(model.requests) }
      : null,
    { name: 'after', recorded: wordText(step.after.word), model: wordText(model.after) },
  ]
  return pairs.filter((pair) => pair !== null)
}

/** Do a recorded step and the model say the same? */
export const agrees = (comparisons: readonly StepComparison[]): boolean =>
  comparisons.every(({ recorded, model }) => recorded === model)

const wordText = (word: Pte): string => toHex(word)

export const codeText = (error: number): string => `0x${error.toString(16)}`
/** '0x6 0x7', or 'none'. */
export const faultsText = (faults: readonly number[]): string =>
  faults.length ? faults.map(codeText).join(' ') : 'none'
const endlessText = ({ faults, endless }: ModelStep): string =>
  faultsText(faults) + (endless ? ', again and again' : '')

const signalText = (signal: RecordedSignal | null): string =>
  signal ? `SIGSEGV, error ${codeText(signal.error)}, code ${signal.code}` : 'none'

const requestsText = (requests: readonly RecordedRequest[]): string =>
  requests.length ? requests.map(({ what, word }) => `${what} ${toHex(word)}`).join(', ') : 'none'
