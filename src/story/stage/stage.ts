import { createStore } from 'zustand/vanilla'
import type { AppState, AppStore } from '../../store/app-store'
import type { Commands } from '../../store/commands'
import { openedOnce, showBeat } from '../show-beat'
import { askedBy, keyOf } from '../place'
import type { Keep } from '../story'
import type { Beat } from '../beat'
import { beatAtPlace, inShorterScript, STAGE_THEMES, stageHref, stagePlaceOf, type StagePlace } from './place'
import { SCRIPTS, type StageBeat } from './scripts'

/** What lies over the picture: nothing, black, or the bare paper. */
export type Cover = 'none' | 'black' | 'white'

/** All that the room sees, the run itself aside, and what the talk has gathered. */
export interface StageState extends StagePlace {
  /** For the speaker alone. */
  readonly message: string | null
  readonly cover: Cover
  /** Is the list of all beats shown? */
  readonly overview: boolean
  /** Digits of the beat to jump to, while they are typed. */
  readonly typed: string | null
  readonly spotlight: boolean
  /** What the room predicted, by the beat that asked: the place of the answer, from 1. */
  readonly votes: Readonly<Record<string, number>>
  /** When the first beat was left, in ms of the epoch; null before. */
  readonly startedAt: number | null
  /** When this beat was come to. */
  readonly since: number
  /** Counts what was shown: a figure that is shown again begins anew. */
  readonly shows: number
}

export interface StageEnvironment {
  readonly now: () => number
  /** Votes and the time of the start outlive a reload. */
  readonly keep: Keep
  /** Writes the address. */
  readonly address: (href: string) => void
}

export type Stage = ReturnType<typeof createStage>

/** A talk over a store of its own. Whatever was pressed before, a beat that is shown is the same picture. */
export function createStage(store: AppStore, commands: Commands, { now, keep, address }: StageEnvironment) {
  const talk = createStore<StageState>()(() => ({
    ...stagePlaceOf(''),
    message: null,
    cover: 'none',
    overview: false,
    typed: null,
    spotlight: false,
    ...keptFrom(keep.read()),
    since: now(),
    shows: 0,
  }))
  const get = talk.getState
  const set = talk.setState

  const show = (place: Partial<StagePlace>, played: boolean): void => {
    const { shows } = get()
    set({ ...place, message: null, cover: 'none', overview: false, typed: null, shows: shows + 1, since: now() })
    const { beat } = beatAtPlace(get())
    showBeat(store, commands, beat, played)
    address(stageHref(get()))
  }
  const keepTalk = (): void => {
    const { votes, startedAt } = get()
    keep.write(JSON.stringify({ votes, startedAt }))
  }
  const isOff = (): boolean => isOffScript(store.getState(), beatAtPlace(get()).beat)

  /** Go to the beat whose number was typed; nothing happens where there is none. */
  const goToTyped = (): void => {
    const number = Number(get().typed)
    set({ typed: null })
    if (number >= 1 && number <= get().script.beats.length) show({ index: number - 1 }, false)
  }

  const stage = {
    talk,
    store,
    commands,
    /** First the cover goes, then a list or a number, then what moves comes to its end, then the script is resumed, then the next beat. */
    next(): void {
      const { cover, overview, typed, index, script, startedAt } = get()
      if (cover !== 'none') return set({ cover: 'none' })
      if (typed !== null) return goToTyped()
      if (overview) return set({ overview: false })
      if (store.getState().playing) return commands.playToEnd()
      if (isOff()) return show({}, false)
      const last = index === script.beats.length - 1
      if (last && !script.loops) return
      if (startedAt === null) {
        set({ startedAt: now() })
        keepTalk()
      }
      show({ index: last ? 0 : index + 1 }, true)
    },
    /** One beat back, at once and as it ended. */
    back(): void {
      const { cover, typed, index } = get()
      if (cover !== 'none') return
      if (typed !== null) return set({ typed: typed === '' ? null : typed.slice(0, -1) })
      show({ index: Math.max(0, index - 1) }, false)
    },
    /** This beat from where it begins, whatever lies over it. */
    again: (): void => show({}, true),
    /** Lift what lies over the picture. */
    lift: (): void => set({ cover: 'none', overview: false, typed: null }),
    toggleCover(wanted: 'black' | 'white'): void {
      set({ cover: get().cover === wanted ? 'none' : wanted })
    },
    /** Ask for the number of a beat, or no longer. */
    askNumber(): void {
      if (get().cover === 'none') set({ typed: get().typed === null ? '' : null, overview: false })
    },
    /** A digit: of a number that was asked for; else 0 starts the beat anew, 1 to 4 are the room's vote, 5 leads to the shorter script. */
    digit(digit: number): void {
      const { cover, typed, script } = get()
      if (typed === null && digit === 0) return stage.again()
      if (cover !== 'none') return
      if (typed === null) return digit === 5 ? stage.shorten() : stage.vote(digit)
      const number = `${typed}${digit}`.replace(/^0+/, '')
      set({ typed: number })
      if (number !== '' && Number(number) * 10 > script.beats.length) goToTyped()
    },
    vote(place: number): void {
      const { beat, asks } = beatAtPlace(get())
      if (get().cover !== 'none' || !asks || place > Object.keys(beat.words.answers ?? {}).length) return
      const key = keyOf(beat)
      const { [key]: before, ...others } = get().votes
      set({ votes: before === place ? others : { ...others, [key]: place } })
      keepTalk()
    },
    /** To the five-minute script, at the beat nearest to this one. */
    shorten(): void {
      if (get().cover === 'none' && get().script !== SCRIPTS[0])
        show({ script: SCRIPTS[0]!, index: inShorterScript(get()) }, false)
    },
    goTo: (index: number): void => show({ index }, false),
    toggleOverview(): void {
      if (get().cover === 'none') set({ overview: !get().overview, typed: null })
    },
    toggleSpotlight(): void {
      if (get().cover === 'none') set({ spotlight: !get().spotlight })
    },
    nextTheme(): void {
      if (get().cover !== 'none') return
      const theme = STAGE_THEMES[(STAGE_THEMES.indexOf(get().theme) + 1) % STAGE_THEMES.length]!
      set({ theme })
      address(stageHref(get()))
    },
    /** Does the wall show what this address names? Before the first beat was shown, it shows nothing. */
    isAt: (hash: string): boolean => get().shows > 0 && hash === stageHref(get()),
    /** Follow an address. What is not there is told to the speaker. */
    follow(hash: string): void {
      const { message, ...place } = stagePlaceOf(hash)
      show(place, false)
      set({ message })
    },
    /** The clock begins anew; so do the votes. */
    restartClock(): void {
      set({ startedAt: null, votes: {} })
      keepTalk()
    },
  }
  return stage
}

/** Did somebody change the run by hand? */
export function isOffScript(state: AppState, beat: Beat): boolean {
  const { experiment } = openedOnce(state, beat)
  if (!state.playing && state.cursor !== experiment.cursor) return true
  return (
    state.machine !== experiment.machine ||
    state.kernel !== experiment.kernel ||
    state.numa !== experiment.numa ||
    state.process !== experiment.process ||
    state.page !== experiment.page ||
    JSON.stringify(state.other) !== JSON.stringify(experiment.other) ||
    (state.choices !== experiment.choices && JSON.stringify(state.choices) !== JSON.stringify(experiment.choices))
  )
}

/** What the room predicted for the question that is put here, or for the one that is answered here; null for nothing. */
export function voteAt(
  votes: StageState['votes'],
  { beat, asks }: StageBeat,
): { readonly asked: Beat; readonly place: number } | null {
  const asked = asks ? beat : askedBy(beat)
  if (!asked) return null
  const place = votes[keyOf(asked)]
  return place === undefined ? null : { asked, place }
}

/** What was kept before a reload, as far as it can be read. */
function keptFrom(text: string | null): Pick<StageState, 'votes' | 'startedAt'> {
  try {
    const { votes, startedAt } = JSON.parse(text ?? '{}') as { votes?: unknown; startedAt?: unknown }
    const read = Object.entries(votes ?? {}).filter((entry): entry is [string, number] => Number.isInteger(entry[1]))
    return { votes: Object.fromEntries(read), startedAt: typeof startedAt === 'number' ? startedAt : null }
  } catch {
    return { votes: {}, startedAt: null }
  }
}
