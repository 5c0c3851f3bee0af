import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { KeyCap } from '../ui/key-cap'
import { MenuSelect } from '../ui/menu-select'
import { BackSign, StepSign } from './transport-signs'

/** How fast a run plays. */
export type Speed = 'slow' | 'normal' | 'fast'

/** The speeds, as the menu offers them. */
export const SPEEDS = [
  { value: 'slow', label: 'slow' },
  { value: 'normal', label: 'normal' },
  { value: 'fast', label: 'fast' },
] as const

/** The state of time, and what can be done to it. */
export interface TransportProps {
  readonly canBack: boolean
  readonly canStep: boolean
  readonly canRun: boolean
  readonly playing: boolean
  /** Name of the step that comes next. */
  readonly stepLabel?: string | undefined
  readonly onStart: () => void
  readonly onBack: () => void
  readonly onStep: () => void
  readonly onRun: () => void
  readonly onPause: () => void
  /** At once to the next fault, or to where the operation has ended. */
  readonly onNextFault: () => void
  readonly onOutcome: () => void
  readonly cursor: number
  readonly length: number
  /** One line on how the run stands. */
  readonly note: ReactNode
  readonly speed: Speed
  readonly onSpeed: (speed: Speed) => void
}

/** The controls of time: one step back, one step on, or run. */
export function Transport(props: TransportProps) {
  const { canBack, canStep, canRun, playing, stepLabel, onStart, onBack, onStep, onRun, onPause, speed, onSpeed } =
    props
  return (
    <div className="flex flex-col gap-2" role="group" aria-label="Transport">
      <div className="flex flex-wrap gap-2">
        <Button onPress={onStart} disabled={!canBack}>
          Start
        </Button>
        <Button onPress={onBack} disabled={!canBack}>
          <BackSign />
          Back
        </Button>
        <Button onPress={onStep} disabled={!canStep} primary>
          Step
          <StepSign />
        </Button>
        <Button onPress={playing ? onPause : onRun} disabled={!playing && !canRun}>
          <span className="min-w-11">{playing ? 'Pause' : 'Run'}</span>
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-label text-ink-2">
        <Hint verb="step" keys={['ArrowLeft', 'ArrowRight']} />
        <Hint verb="run" keys={['Space']} />
        <MenuSelect label="Speed" options={SPEEDS} value={speed} onChange={onSpeed} />
      </div>
      <div className="text-label text-ink-2">
        <div className="flex items-center justify-between gap-2">
          <p>
            Step {props.cursor} of {props.length}
          </p>
          <Jumps {...props} />
        </div>
        <div>
          {props.note}
          {stepLabel && ` Next: ${stepLabel}.`}
        </div>
      </div>
    </div>
  )
}

/** To what a reader looks for on the tape. */
export const Jumps = ({ canStep, onNextFault, onOutcome }: TransportProps): ReactNode => (
  <div className="flex gap-2">
    <Button small disabled={!canStep} onPress={onNextFault}>
      Next fault
    </Button>
    <Button small disabled={!canStep} onPress={onOutcome}>
      Outcome
    </Button>
  </div>
)

const Hint = ({ verb, keys }: { readonly verb: string; readonly keys: readonly string[] }): ReactNode => (
  <span className="inline-flex items-center gap-1">
    {keys.map((key) => (
      <KeyCap key={key} name={key} />
    ))}
    <span className="ml-1">{verb}</span>
  </span>
)
