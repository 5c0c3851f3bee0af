import type { Platform } from '../kernel/context'
import { v6_1, type Kernel } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import { Machine } from '../machine/machine'
import { record } from '../trace/tape'
import { modelStep, type ModelStep } from './model-step'
import type { RecordedStep } from './recorded-step'
import { imageBefore } from './step-image'

/** The one page of a step that was recorded by itself. */
const PAGE = 0

/** An access carried out from the entry that was recorded before it. */
export function runFromEntry(step: RecordedStep, platform: Platform, kernel: Kernel = v6_1): ModelStep {
  const machine = new Machine(imageBefore(step, platform.id), kernel, platform)
  return modelStep(machine, record(machine, [accessOf(step)]), 0, PAGE)
}

/** The access of a step that was recorded by itself. */
export function accessOf({ operation, label }: RecordedStep, page = PAGE): Choice {
  if (operation === 'syscall') throw new Error(`${label} is no access.`)
  return { do: 'access', process: 0, page, access: operation }
}
