import type { ReactNode } from 'react'
import { Button } from '../ui/button'
import { KeyCap } from '../ui/key-cap'
import { MenuSelect } from '../ui/menu-select'

/** How fast a run plays. */
export type Speed = 'slow' | 'normal' | 'fast'

const SPEEDS = [
  { value: 'slow', label: 'slow' },
  { value: 'normal', label: 'normal' },
  { value: 'fast', label: 'fast' },
] as const

interface Props {
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
  readonly cursor: number
  readonly length: number
  /** One line on how the run stands. */
  readonly note: string
  readonly speed: Speed
  readonly onSpeed: (speed: Speed) => void
}

/** The controls of time: one step back, one step on, or run. */
export function Transport(props: Props) {
  const { canBack, canStep, canRun, playing, stepLabel, onStart, onBack, onStep, onRun, onPause, speed, onSpeed } =
    props
  return (
    <div className="flex flex-col gap-2" role="group" aria-label="Transport">
      <div className="flex flex-wrap gap-2">
        <Button onPress={onStart} disabled={!canBack}>
          Start
        </Button>
        <Button onPress={onBack} disabled={!canBack}>
          <Triangle path="M10 0v12L1 6z" />
          Back
        </Button>
        <Button onPress={onStep} disabled={!canStep} primary>
          Step
          <Triangle path="M1 0v12l9-6z" />
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
        <p>
          Step {props.cursor} of {props.length}
          {stepLabel && `, next: ${stepLabel}`}
        </p>
        <p>{props.note}</p>
      </div>
    </div>
  )
}

const Triangle = ({ path }: { readonly path: string }): ReactNode => (
  <svg viewBox="0 0 11 12" width="11" height="12" fill="currentColor" aria-hidden="true">
    <path d={path} />
  </svg>
)

const Hint = ({ verb, keys }: { readonly verb: string; readonly keys: readonly string[] }): ReactNode => (
  <span className="inline-flex items-center gap-1">
    {keys.map((key) => (
      <KeyCap key={key} name={key} />
    ))}
    <span className="ml-1">{verb}</span>
  </span>
)
