import { canBegin, canRun } from '../store/commands'
import { lockstepOf, otherPlaybackOf, otherSceneOf, playbackOf, sceneOf, timeOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { partingSentence } from '../trace/difference'
import type { Lockstep } from '../trace/lockstep'
import type { Outcome } from '../trace/outcome'
import { pageRow } from '../trace/page-row'
import type { Playback } from '../trace/replay'
import { sceneAt } from '../trace/scene'
import { TapePair } from '../views/timeline/tape-pair'
import { Transport } from '../views/timeline/transport'
import { TransportBar, TransportMore } from '../views/timeline/transport-bar'
import { KeyCap } from '../views/ui/key-cap'

/** Time in both worlds: one set of controls, one playhead, two strips; `strips`: those alone, for where time is moved otherwise. */
export function CompareTape({ phone, strips = false }: { readonly phone: boolean; readonly strips?: boolean }) {
  const [a, b] = [useApp(sceneOf), useApp(otherSceneOf)]
  const both = useApp(lockstepOf)
  const at = useApp((state) => timeOf(state).at)
  const page = useApp((state) => state.page)
  const process = useApp((state) => state.process)
  const access = useApp((state) => state.access)
  const playing = useApp((state) => state.playing)
  const speed = useApp((state) => state.speed)
  const begins = useApp(canBegin)
  const runs = useApp(canRun)
  const endings = { a: endingOf(useApp(playbackOf)), b: endingOf(useApp(otherPlaybackOf)) }
  const commands = useCommands()
  const length = both.columns.length
  const transport = {
    canBack: at > 0,
    canStep: at < length || begins,
    canRun: runs,
    playing,
    stepLabel: at === length && begins ? `${access} ${pageRow(a, process, page).name}` : undefined,
    onStart: () => commands.seek(0),
    onBack: commands.back,
    onStep: commands.step,
    onRun: commands.run,
    onPause: commands.pause,
    onNextFault: commands.toNextFault,
    onOutcome: commands.toOutcome,
    cursor: at,
    length,
    note: <ToDifference words={differenceHint(both, a.outcome.name === 'idle')} onGo={commands.toDifference} />,
    speed,
    onSpeed: commands.setSpeed,
  }
  return (
    <section aria-label="Tape" className={phone ? 'phone-tape' : strips ? 'compare-tape' : 'lab-tape compare-tape'}>
      {!strips && (phone ? <TransportBar {...transport} /> : <Transport {...transport} />)}
      <div>
        <TapePair both={both} done={at} a={a} b={b} page={page} onSeek={commands.seek} endings={endings} />
        <p
          className="sr-only"
          data-testid="pair"
          data-a={a.outcome.name}
          data-b={b.outcome.name}
          data-first={both.first === null ? '' : both.first + 1}
          data-at={at}
        >
          {partingSentence(both)}
        </p>
      </div>
      {phone && <TransportMore {...transport} />}
    </section>
  )
}

interface ToDifferenceProps {
  readonly words: string
  readonly onGo: () => void
}

/** The key that leads to the first difference, as a button too. */
const ToDifference = ({ words, onGo }: ToDifferenceProps) => (
  <button
    type="button"
    className="inline-flex cursor-pointer items-center gap-1.5 underline decoration-line underline-offset-4 touch:min-h-11"
    onClick={onGo}
  >
    <KeyCap name="D" /> {words}
  </button>
)

/** Before an access has been made, the way to the first difference makes it. */
function differenceHint({ first, parting }: Lockstep, idle: boolean): string {
  if (first === null) return idle ? 'to the first difference' : 'nothing differs'
  return parting === null || parting === first ? 'to the first difference' : 'to the first difference, then the parting'
}

const ENDINGS: Partial<Record<Outcome['name'], string>> = {
  completed: 'done: the access has landed',
  endless: 'endless: the same state again',
  sigsegv: 'SIGSEGV',
  efault: 'EFAULT',
  killed: 'killed',
  bug: 'BUG: the task is dead',
}

/** How a world's tape ends, in a few words. */
const endingOf = (played: Playback): string => ENDINGS[sceneAt(played, Infinity).outcome.name] ?? ''
