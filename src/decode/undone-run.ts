import { toHex, type Pte } from '../arch/pte'
import type { Platform } from '../kernel/context'
import { v6_1, v6_1_undone } from '../kernel/variants'
import type { ProcessImage } from '../machine/image'
import { CPU, leafOf, Machine } from '../machine/machine'
import { record, wordsAt, type Lasso, type Tape } from '../trace/tape'
import { modelStep } from './model-step'
import type { RecordedStep } from './recorded-step'
import { codeText, type StepComparison } from './step-comparison'
import { accessOf } from './step-from-entry'
import { imageBefore } from './step-image'

/** An access of the experiment: on the kernel as shipped, or while the fix was undone on the fault path until a timer put it back. */
export interface UndoneAccess {
  /** Its `faults` are the error codes that occurred, each once. */
  readonly step: RecordedStep
  readonly undone: boolean
  readonly faultCount: number
  /** Change of numa_hint_faults. */
  readonly hints: number
}

/** What the access comes to in the model. */
export interface UndoneResult {
  readonly before: Pte
  /** Error codes of the faults, in order, and the tick of the tape in which each was raised; of a loop its first lap and the next fault. */
  readonly faults: readonly number[]
  readonly faultTicks: readonly number[]
  /** Error code in the signal frame; null where no signal came. */
  readonly signal: number | null
  /** Left alone it would never end. */
  readonly endless: boolean
  /** Hints counted in all, or in each lap of an endless fault. */
  readonly hints: number
  /** The entry at the end; of an endless fault after the compare was put back in the middle of it, null on another kernel. */
  readonly after: Pte | null
}

/** More steps than the rest of one fault and the access after it take. */
const ENOUGH = 200
const PAGE = 0

/** Carry out an access of the experiment from its recorded entry. */
export function runUndone({ step, undone }: UndoneAccess, platform: Platform): UndoneResult {
  const image = imageBefore(step, platform.id)
  const machine = new Machine(image, undone ? v6_1_undone : v6_1, platform)
  return undoneResult(machine, record(machine, [accessOf(step)]), image)
}

/** Read a tape of one access. `image`: what the machine was built from. */
export function undoneResult(machine: Machine, tape: Tape, image: ProcessImage, page = PAGE): UndoneResult {
  const { before, after, faults, faultTicks, signal } = modelStep(machine, tape, 0, page)
  const [lasso] = tape.lassos
  // The tape of an endless fault ends as the next one is raised.
  const again = lasso ? [lasso.again] : []
  return {
    before,
    faults: [...faults, ...again.map(() => faults.at(-1)!)],
    faultTicks: [...faultTicks, ...again],
    signal: signal?.error ?? null,
    endless: lasso !== undefined,
    hints: hintsIn(machine, tape, lasso),
    after: lasso ? afterRestoring(machine, image, wordsAt(tape, lasso.again + 1), page) : after,
  }
}

/** Hints that a tape counts, in one lap where it has one. */
function hintsIn({ counters }: Machine, { ticks }: Tape, lasso: Lasso | undefined): number {
  const [from, to] = lasso ? [lasso.first + 1, lasso.again + 1] : [0, ticks.length]
  return ticks.slice(from, to).filter(({ writes }) => writes.some(({ cell }) => cell === counters.hintFaults)).length
}

/** The compare is put back while the CPU stands in a fault: the same words under the kernel as shipped, to the end. */
function afterRestoring(
  { kernel, platform }: Machine,
  image: ProcessImage,
  words: Uint32Array,
  page: number,
): Pte | null {
  if (kernel.id !== v6_1_undone.id) return null
  const machine = new Machine(image, v6_1, platform)
  machine.world.words.set(words)
  for (let ticks = 0; ticks < ENOUGH && !machine.isIdle(CPU); ticks++) machine.tick(CPU)
  return leafOf(machine, 0, page)
}

/** More faults at one access than any that ends: how many there were is a matter of time alone. */
const MANY = 100

/** What was recorded of an access beside what the model makes of it. */
export function compareUndone(access: UndoneAccess, result: UndoneResult): readonly StepComparison[] {
  const { step, faultCount, hints } = access
  const { endless } = result
  const errors = [...new Set(result.faults)]
  const recordedEndless = faultCount > MANY
  // Each lap counts as often as the model says; the last fault ran after the compare was put back.
  const laps = endless ? faultCount - 1 : 1
  return [
    { name: 'before', recorded: toHex(step.before.word), model: toHex(result.before) },
    {
      name: 'faults',
      recorded: faultsText(recordedEndless, faultCount, step.faults),
      model: faultsText(endless, result.faults.length, errors),
    },
    { name: 'signal', recorded: signalText(step.signal?.error), model: signalText(result.signal) },
    { name: 'hints', recorded: String(hints), model: String(laps * result.hints) },
    { name: 'after', recorded: toHex(step.after.word), model: result.after ? toHex(result.after) : '' },
  ]
}

function faultsText(endless: boolean, count: number, codes: readonly number[]): string {
  const which = codes.map(codeText).join(' ')
  if (endless) return `${which}, again and again`
  return count === 0 ? 'none' : `${count} of ${which}`
}

const signalText = (error: number | null | undefined): string =>
  error === null || error === undefined ? 'none' : `SIGSEGV, error ${codeText(error)}`
