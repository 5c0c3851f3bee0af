import { lockstepOf, otherPlaybackOf, playbackOf, sceneOf, timeOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import { beginOtherwise, differenceAt } from '../trace/difference'
import type { Playback } from '../trace/replay'
import { sceneAt } from '../trace/scene'
import { DifferencePanel } from '../views/compare/difference-panel'

/** The first difference; once the playhead has come to where the ways part, that place. */
export function CompareDifference() {
  const both = useApp(lockstepOf)
  const [a, b] = [useApp(playbackOf), useApp(otherPlaybackOf)]
  const at = useApp((state) => timeOf(state).at)
  const commands = useCommands()
  const column = both.parting !== null && at > both.parting ? both.parting : both.first
  if (column === null) return <NoDifference a={a} b={b} />
  const { a: ticksA, b: ticksB } = both.ticks[column + 1]!
  const difference = differenceAt(both, column, sceneAt(a, ticksA), sceneAt(b, ticksB))
  return <DifferencePanel difference={difference} onGo={() => commands.seek(column + 1)} />
}

function NoDifference({ a, b }: { readonly a: Playback; readonly b: Playback }) {
  const { other, all } = beginOtherwise(a, b)
  const idle = useApp((state) => sceneOf(state).outcome.name === 'idle')
  return (
    <section aria-label="The difference" className="grid content-start gap-2">
      <h2 className="text-body leading-snug font-semibold">
        {idle ? 'Nothing differs so far.' : 'No difference: step by step both worlds do the same, and write the same.'}
      </h2>
      <p className="text-label text-ink-2">
        {idle
          ? 'Step, or D, begins the chosen access in both worlds.'
          : 'Choose two other worlds, another access, or another scenario.'}
        {other > 0 &&
          ` At the start ${other} of ${all} entries are other words; nothing that happens here hangs on them.`}
      </p>
    </section>
  )
}
