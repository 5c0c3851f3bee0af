import { lockstepOf, otherPlaybackOf, otherSceneOf, playbackOf, scenarioOf, sceneOf, timeOf } from '../store/derived'
import { useApp } from '../store/use-app'
import { entrySentence, partingSentence } from '../trace/difference'
import { outcomeWords } from '../trace/outcome-words'
import { pageRow } from '../trace/page-row'
import type { Playback } from '../trace/replay'
import { sceneAt, type Scene } from '../trace/scene'
import { pageTitle } from '../views/bit-grid/page-row'

/** For who hears the page of two worlds: which they are, where they part, how each ends. It announces nothing. */
export function SpokenPair() {
  const [a, b] = [useApp(sceneOf), useApp(otherSceneOf)]
  const [playedA, playedB] = [useApp(playbackOf), useApp(otherPlaybackOf)]
  const both = useApp(lockstepOf)
  const { title } = useApp(scenarioOf)
  const at = useApp((state) => timeOf(state).at)
  const process = useApp((state) => state.process)
  const page = useApp((state) => state.page)
  return (
    <section aria-label="Summary" className="sr-only">
      <p>
        {title}, in two worlds on one playhead. A: {worldName(a)}. B: {worldName(b)}. The selected entry in both, where
        they differ, what each did last, how every other world ends, and two tapes.
      </p>
      <p>
        Step {at} of {both.columns.length}. Selected: {pageTitle(pageRow(a, process, page))}.{' '}
        {entrySentence(a, b, process, page)}
      </p>
      <p>
        {partingSentence(both)} The run ends in A: {endWords(playedA)}; in B: {endWords(playedB)}.
      </p>
      <p>Step goes one step on in both; Run goes to the end; D goes to the difference; Keys lists every key.</p>
    </section>
  )
}

const worldName = ({ machine: { kernel, platform } }: Scene): string => `Linux ${kernel.name}, ${platform.name}`

const endWords = (played: Playback): string => outcomeWords(sceneAt(played, Infinity).outcome)
