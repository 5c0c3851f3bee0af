import { canBegin, canRun } from '../store/commands'
import { sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import type { Outcome } from '../trace/outcome'
import { pageRow } from '../trace/page-row'
import { Tape } from '../views/timeline/tape'
import { Transport } from '../views/timeline/transport'
import { TransportBar, TransportMore } from '../views/timeline/transport-bar'
import { useLayout } from './layout'

/** Time: the controls, the strip, and how the access stands. */
export function TapePanel() {
  const scene = useApp(sceneOf)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  const access = useApp((state) => state.access)
  const playing = useApp((state) => state.playing)
  const speed = useApp((state) => state.speed)
  const begins = useApp(canBegin)
  const runs = useApp(canRun)
  const commands = useCommands()
  const length = scene.tape.ticks.length
  const { outcome, cursor } = scene
  // At the end of the tape Step and Run begin an access: say which.
  const stepLabel = cursor === length && begins ? `${access} ${pageRow(scene, process, page).name}` : undefined
  const transport = {
    canBack: cursor > 0,
    canStep: cursor < length || begins,
    canRun: runs,
    playing,
    stepLabel,
    onStart: () => commands.seek(0),
    onBack: commands.back,
    onStep: commands.step,
    onRun: commands.run,
    onPause: commands.pause,
    onNextFault: commands.toNextFault,
    onOutcome: commands.toOutcome,
    cursor,
    length,
    note: noteOf(outcome, cursor < length),
    speed,
    onSpeed: commands.setSpeed,
  }
  const phone = useLayout() === 'phone'
  return (
    <section aria-label="Tape" className={phone ? 'phone-tape' : 'lab-tape'} data-picture="The tape">
      {phone ? <TransportBar {...transport} /> : <Transport {...transport} />}
      <div>
        <Tape scene={scene} page={page} onSeek={commands.seek} ending={endingOf(outcome)} />
        <p className="sr-only" data-testid="outcome" data-outcome={outcome.name} data-faults={outcome.faults}>
          {transport.note}
        </p>
      </div>
      {phone && <TransportMore {...transport} />}
    </section>
  )
}

const faults = (count: number): string => (count === 1 ? '1 fault' : `${count} faults`)

/** How the access stands, and whether more is to come. */
export function noteOf({ name, faults: count }: Outcome, more: boolean): string {
  switch (name) {
    case 'idle':
      return more ? 'A hollow mark is still to come.' : 'Choose an access, then Step or Run.'
    case 'running':
      return `${faults(count)} so far. A hollow mark is still to come.`
    case 'completed':
      return `The access landed after ${faults(count)}.`
    case 'endless':
      return count > 0
        ? `Endless: the state came back after ${faults(count)}. Every later step repeats.`
        : 'Endless, and without a single exception: the state came back. Every later step repeats.'
    case 'sigsegv':
      return `SIGSEGV after ${faults(count)}: no mapping allows it.`
    case 'efault':
      return `The system call returns EFAULT${count > 0 ? ` after ${faults(count)}` : ''}.`
    case 'killed':
      return 'SIGKILL has ended the task. Step back, or Reset.'
    case 'bug':
      return `BUG after ${faults(count)}: the task is dead. Step back, or Reset.`
  }
}

const endingOf = ({ name }: Outcome): string | undefined =>
  name === 'completed' ? 'done: the access has landed' : name === 'bug' ? 'the task is dead' : undefined
