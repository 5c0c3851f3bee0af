import type { Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import type { Kernel } from '../kernel/variants'
import { stepTitle } from '../trace/sentence'
import { SourceButton } from './source-button'

/** Where a step is written upstream; pressed, it tells the rule as well. Nothing for what the reader did by hand. */
export function StepSource({ step, kernel }: { readonly step: Step<KernelCx>; readonly kernel: Kernel }) {
  const { rule, where } = step
  if (rule === null && !where) return null
  return (
    <p className="font-mono text-note text-ink-2">
      <SourceButton subject={{ of: 'step', step }} kernel={kernel}>
        {where ? `${where.file} · ${where.function}` : stepTitle(step, kernel)}
      </SourceButton>
    </p>
  )
}
