import type { Commands } from '../store/commands'
import type { Beat } from './beat'
import { openedBeat, type OpenedBeat } from './scene-of-beat'
import type { AppState, AppStore } from '../store/app-store'

const known = new WeakMap<Beat, OpenedBeat>()

/** What a beat of the story opens: found by running it, once. */
export function openedOnce(state: AppState, beat: Beat): OpenedBeat {
  const opened = known.get(beat) ?? openedBeat(state, beat)
  known.set(beat, opened)
  return opened
}

/** Put a beat into a store; `played`: it sets out from where it begins, and else it is seen as it ends. */
export function showBeat(store: AppStore, commands: Commands, beat: Beat, played: boolean): void {
  const { experiment, from } = openedOnce(store.getState(), beat)
  commands.show(beat.figure.shows === 'compare' || beat.figure.shows === 'worlds' ? 'compare' : 'one')
  commands.open(experiment)
  commands.forgetPast()
  if (played) commands.playFrom(from)
}
