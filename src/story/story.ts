import { createStore } from 'zustand/vanilla'
import type { AppStore } from '../store/app-store'
import type { Commands } from '../store/commands'
import type { Beat, Chapter } from './beat'
import { beatAt, beatBeside, beatsOf, hrefOf, keyOf } from './place'
import { showBeat } from './show-beat'

/** Where the reader is, and what was answered on the way. */
export interface StoryState {
  readonly beat: Beat
  /** Answers by the key of the beat that asked; 'unknown' is one. */
  readonly answers: Readonly<Record<string, string>>
  /** The place that an earlier visit ended at; null where there was none. */
  readonly leftAt: Beat | null
  /** A word of the glossary that is being explained; null for none. */
  readonly term: string | null
  /** Are the sources of the beat shown? */
  readonly sources: boolean
}

/** The answer of a reader who does not know yet. */
export const UNKNOWN = 'unknown'

/** What is kept between visits; null where nothing was, or storage is forbidden. */
export interface Keep {
  readonly read: () => string | null
  /** False where nothing can be kept. */
  readonly write: (text: string) => boolean
}

export interface StoryEnvironment {
  readonly keep: Keep
  /** Makes an address the place where the reader is; one may come back from it to the place before. */
  readonly address: (href: string) => void
}

export type Story = ReturnType<typeof createStory>

/** The story over a store of its own, in which the parts of the Lab draw each beat. */
export function createStory(
  chapters: readonly Chapter[],
  store: AppStore,
  commands: Commands,
  { keep, address }: StoryEnvironment,
) {
  const all = beatsOf(chapters)
  const first = all[0]!
  const kept = keptFrom(keep.read(), all)
  const found = (key: string | undefined): Beat | null => all.find((beat) => keyOf(beat) === key) ?? null
  const place = createStore<StoryState>()(() => ({
    beat: first,
    answers: kept.answers,
    leftAt: found(kept.at),
    term: null,
    sources: false,
  }))
  let warned = false

  const keepPlace = (): void => {
    const { beat, answers } = place.getState()
    // The start screen is where one comes back to, and no place that was reached.
    const at = beat === first ? (place.getState().leftAt ?? first) : beat
    if (keep.write(JSON.stringify({ at: keyOf(at), answers })) || warned) return
    warned = true
    commands.say('This browser keeps nothing, so the story will not remember your place. Everything else works.')
  }

  /** Show a beat; `played`: it sets out from where it begins, and else it is seen as it ends. */
  const show = (beat: Beat, played: boolean): void => {
    showBeat(store, commands, beat, played)
    place.setState({ beat, term: null, sources: false })
    if (beat !== first) place.setState({ leftAt: beat })
    keepPlace()
  }

  const story = {
    chapters,
    place,
    store,
    commands,
    /** To the next beat; what still moves is finished first. The address follows. */
    next(): void {
      if (store.getState().playing) return commands.playToEnd()
      const beat = beatBeside(chapters, place.getState().beat, 1)
      if (beat) goTo(beat, true)
    },
    /** To the beat before, at once and as it ended. */
    back(): void {
      const beat = beatBeside(chapters, place.getState().beat, -1)
      if (beat) goTo(beat, false)
    },
    /** The beat once more, as it began; what the reader did in it is gone. */
    again: (): void => show(place.getState().beat, true),
    goTo: (beat: Beat): void => goTo(beat, false),
    /** Follow an address; a beat that is not there is said. */
    follow(hash: string): void {
      const { beat, message } = beatAt(chapters, hash)
      if (message !== null) commands.say(message)
      show(beat, false)
    },
    /** Answer the question of this beat, and see; what still moves is not waited for. Outside of a question nothing happens. */
    answer(id: string): void {
      const { beat, answers } = place.getState()
      if (!isAnswer(beat, id)) return
      place.setState({ answers: { ...answers, [keyOf(beat)]: id } })
      const next = beatBeside(chapters, beat, 1)
      if (next) goTo(next, true)
    },
    /** Explain a word, or no longer. Its bit lights up. */
    explain(term: string | null, bit: number | null): void {
      place.setState({ term })
      commands.explain(bit)
    },
    showSources: (sources: boolean): void => place.setState({ sources }),
  }

  function goTo(beat: Beat, played: boolean): void {
    address(hrefOf(beat))
    show(beat, played)
  }

  return story
}

const isAnswer = ({ words }: Beat, id: string): boolean =>
  words.answers !== undefined && (id === UNKNOWN || Object.hasOwn(words.answers, id))

/** What an earlier visit kept, as far as it can be read and still means something. */
function keptFrom(
  text: string | null,
  all: readonly Beat[],
): { readonly at?: string; readonly answers: Readonly<Record<string, string>> } {
  try {
    const { at, answers } = JSON.parse(text ?? '{}') as { at?: unknown; answers?: unknown }
    const said = Object.entries(answers ?? {}).filter((entry): entry is [string, string] =>
      all.some((beat) => keyOf(beat) === entry[0] && typeof entry[1] === 'string' && isAnswer(beat, entry[1])),
    )
    return { ...(typeof at === 'string' ? { at } : {}), answers: Object.fromEntries(said) }
  } catch {
    return { answers: {} }
  }
}
