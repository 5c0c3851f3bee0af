import { createAppStore, EMPTY_EXPERIMENT } from '../../store/app-store'
import { createCommands } from '../../store/commands'
import { startPlayback } from '../../store/playback'
import { roomOf } from '../../store/rooms'
import { CHAPTERS } from '../../story/chapters/chapters'
import { createStory, type Story } from '../../story/story'
import { recall, remember } from '../remembered'
import { isStill } from '../still'

const KEPT = 'story'

/** The story over a store of its own, at the place that the address names, and following it from then on. */
export function startStory(): Story {
  const store = createAppStore({ ...EMPTY_EXPERIMENT })
  const commands = createCommands(store)
  startPlayback(store, commands, isStill)
  const story = createStory(CHAPTERS, store, commands, {
    keep: { read: () => recall(KEPT), write: (text) => remember(KEPT, text) },
    address: (href) => href !== location.hash && history.pushState(null, '', href),
  })
  const follow = (): void => {
    if (roomOf(location.hash) === 'story') story.follow(location.hash)
    else commands.pause()
  }
  story.follow(roomOf(location.hash) === 'story' ? location.hash : '')
  addEventListener('popstate', follow)
  return story
}
