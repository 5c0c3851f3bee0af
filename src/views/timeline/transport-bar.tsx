import { Button } from '../ui/button'
import { MenuSelect } from '../ui/menu-select'
import { Jumps, SPEEDS, type TransportProps } from './transport'
import { BackSign, StepSign } from './transport-signs'

/** The controls of time at the foot of a small screen: always in reach of a thumb. */
export function TransportBar(props: TransportProps) {
  const { cursor, length, canBack, canStep, canRun, playing, onBack, onStep, onRun, onPause } = props
  return (
    <div role="group" aria-label="Transport" className="transport-bar">
      <Button onPress={onBack} disabled={!canBack}>
        <BackSign />
        Back
      </Button>
      <p className="transport-bar-place">
        <span className="transport-bar-line" aria-hidden="true">
          <span style={{ width: `${length > 0 ? (100 * cursor) / length : 0}%` }} />
        </span>
        <span className="transport-bar-words">
          <span className="transport-bar-step">step </span>
          {cursor} of {length}
        </span>
      </p>
      <Button onPress={playing ? onPause : onRun} disabled={!playing && !canRun}>
        <span className="min-w-11">{playing ? 'Pause' : 'Run'}</span>
      </Button>
      <Button onPress={onStep} disabled={!canStep} primary>
        Step
        <StepSign />
      </Button>
    </div>
  )
}

/** What is seldom needed: the start, the speed, and how the run stands. */
export function TransportMore(props: TransportProps) {
  const { canBack, onStart, note, stepLabel, speed, onSpeed } = props
  return (
    <div className="grid gap-3">
      <p className="text-label text-ink-2">
        {note}
        {stepLabel && ` Next: ${stepLabel}.`}
      </p>
      <div className="flex flex-wrap items-center gap-4">
        <Button small onPress={onStart} disabled={!canBack}>
          Start
        </Button>
        <Jumps {...props} />
        <MenuSelect label="Speed" options={SPEEDS} value={speed} onChange={onSpeed} />
      </div>
    </div>
  )
}
