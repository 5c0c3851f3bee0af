import { createContext, use } from 'react'
import { useStore } from 'zustand'
import { keyOf } from '../../story/place'
import type { Story, StoryState } from '../../story/story'

/** The story, handed to its room and to what leads there. */
export const StoryContext = createContext<Story | null>(null)

export function useStory(): Story {
  const story = use(StoryContext)
  if (!story) throw new Error('A part of the story was drawn outside StoryContext: main.tsx has to provide it.')
  return story
}

/** A part of the reader's place; drawn anew only when that part changes. */
export const usePlace = <T>(select: (state: StoryState) => T): T => useStore(useStory().place, select)

/** The question that a figure itself puts: the answer that was given, what each says, and how one is given. */
export interface Asked {
  readonly given: string | undefined
  readonly says: (answer: string) => string | undefined
  readonly answer: (answer: string) => void
}

/** On the Stage it is the room that answers. */
export const AskedContext = createContext<Asked | null>(null)

/** The question of the beat at hand. */
export function useAsked(): Asked {
  const story = useStory()
  const beat = usePlace((place) => place.beat)
  const given = usePlace(({ answers }) => answers[keyOf(beat)])
  return use(AskedContext) ?? { given, says: (id) => beat.words.answers?.[id]?.says, answer: story.answer }
}
