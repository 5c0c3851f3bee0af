import { touch } from '../arch/mmu'
import type { Step } from '../arch/step'
import type { KernelCx } from './context'
import { activateNew } from './exec'
import { followPage } from './gup'

/** Where a handled fault may go back to. Named here, so that no rule of the fault path has to know its callers. */
export const AFTER_FAULT: readonly Step<KernelCx>[] = [touch as Step<never> as Step<KernelCx>, followPage, activateNew]
