import type { RecordedStep } from './recorded-step'
import type { StepRecording, TimedAccess } from './step-file'

/** A recorded step that is open, and those beside it. */
export interface OpenStep {
  readonly recording: StepRecording
  readonly series: 'step' | 'hint'
  readonly step: RecordedStep
}

/** An access of the experiment that is open: as it went on the kernel as shipped, and with the fix undone. */
export interface OpenAccess {
  readonly recording: StepRecording
  readonly shipped: TimedAccess
  readonly undone: TimedAccess
}
