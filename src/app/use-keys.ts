import { useEffectEvent, useLayoutEffect } from 'react'
import type { RoomId } from '../store/rooms'
import { SCENES } from '../store/scenes'
import { beside } from '../store/quick-commands'
import { scenarioOf } from '../store/derived'
import { useCommands, useNow, useOpenScene } from '../store/use-app'
import { UNKNOWN } from '../story/story'
import { focusPart } from './focus-part'
import { bindKeys, type PageActions } from './keys'
import { useStory } from './story/story-context'

/** Binds the keys of a room for as long as it is shown. */
export function useKeys(
  room: RoomId,
  letters: boolean,
  { nextTheme, help, copy }: Pick<PageActions, 'nextTheme' | 'help' | 'copy'>,
): void {
  const lab = useCommands()
  const story = useStory()
  const commands = room === 'story' ? story.commands : lab
  const now = useNow()
  const openScene = useOpenScene()
  const onTheme = useEffectEvent(nextTheme)
  const onHelp = useEffectEvent(help)
  const onCopy = useEffectEvent(copy)
  const nextScene = useEffectEvent((by: 1 | -1) => {
    const ids = SCENES.map(({ id }) => id)
    openScene(beside(ids, scenarioOf(now()).id, by))
  })
  // Before the page is seen: a key that is pressed at once acts.
  useLayoutEffect(() => {
    // Where a talk is given, its window binds its own.
    if (room === 'stage' || room === 'speaker') return
    const page: PageActions = {
      nextTheme: () => onTheme(),
      help: () => onHelp(),
      copy: (kind) => onCopy(kind),
      nextScene: (by) => nextScene(by),
      focus: focusPart,
      story: {
        next: story.next,
        back: story.back,
        again: story.again,
        answer: (place) => {
          const { beat } = story.place.getState()
          story.answer(place === 0 ? UNKNOWN : (Object.keys(beat.words.answers ?? {})[place - 1] ?? ''))
        },
        sources: () => story.showSources(!story.place.getState().sources),
      },
    }
    return bindKeys(commands, page, now, { room, letters })
  }, [commands, now, room, letters, story])
}
