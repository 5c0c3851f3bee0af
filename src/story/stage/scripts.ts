import type { Beat } from '../beat'
import { CHAPTERS } from '../chapters/chapters'
import { beatsOf, keyOf } from '../place'
import { STAGE_WORDS, type StageKey, type StageWords } from './words'

/** A place in a script, as it is written. */
interface Line {
  readonly beat: StageKey
  readonly seconds: number
  /** May it be left out when time runs short? */
  readonly cut?: true
  /** Does the room predict here? Then the answers of the story's own question are shown. */
  readonly asks?: true
}

/** A place in a script. */
export interface StageBeat {
  readonly key: StageKey
  /** The beat of the story that stands on the wall. */
  readonly beat: Beat
  readonly words: StageWords
  /** How long the speaker means to stay. */
  readonly seconds: number
  readonly cut: boolean
  readonly asks: boolean
}

export interface Script {
  readonly id: string
  readonly title: string
  readonly beats: readonly StageBeat[]
  /** Goes on by itself after each beat's seconds, and from the last to the first. */
  readonly loops: boolean
}

/** How long the speaker means to stay at all of these, in seconds. */
export const secondsOf = (beats: readonly StageBeat[]): number => beats.reduce((sum, { seconds }) => sum + seconds, 0)

const FIVE: readonly Line[] = [
  { beat: 'stuck/start', seconds: 20 },
  { beat: 'names/two', seconds: 30 },
  { beat: 'hint/touch', seconds: 30 },
  { beat: 'copy/copied', seconds: 25 },
  { beat: 'xen/bit', seconds: 25 },
  { beat: 'xen/ask', seconds: 30, asks: true },
  { beat: 'xen/forever', seconds: 40 },
  { beat: 'test/fix', seconds: 25 },
  { beat: 'tape/worlds', seconds: 25, cut: true },
  { beat: 'cases/wall', seconds: 30, cut: true },
  { beat: 'elsewhere/card', seconds: 20 },
]

const TWENTY: readonly Line[] = [
  { beat: 'stuck/start', seconds: 30 },
  { beat: 'stuck/climb', seconds: 30, asks: true },
  { beat: 'stuck/real', seconds: 30, cut: true },
  { beat: 'word/entry', seconds: 30 },
  { beat: 'word/readers', seconds: 45, cut: true },
  { beat: 'word/none', seconds: 30 },
  { beat: 'names/two', seconds: 45 },
  { beat: 'names/place', seconds: 45, cut: true, asks: true },
  { beat: 'names/square', seconds: 30 },
  { beat: 'hint/marked', seconds: 40 },
  { beat: 'hint/touch', seconds: 40 },
  { beat: 'hint/done', seconds: 30 },
  { beat: 'copy/shared', seconds: 30 },
  { beat: 'copy/ask', seconds: 40, cut: true, asks: true },
  { beat: 'copy/copied', seconds: 45 },
  { beat: 'xen/between', seconds: 40 },
  { beat: 'xen/bit', seconds: 40 },
  { beat: 'xen/ask', seconds: 60, asks: true },
  { beat: 'xen/forever', seconds: 60 },
  { beat: 'xen/because', seconds: 40 },
  { beat: 'test/paint', seconds: 80 },
  { beat: 'test/never', seconds: 40, cut: true },
  { beat: 'test/fix', seconds: 40 },
  { beat: 'tape/lockstep', seconds: 60 },
  { beat: 'tape/sieve', seconds: 60, cut: true },
  { beat: 'cases/wall', seconds: 60 },
  { beat: 'elsewhere/mirror', seconds: 40, cut: true },
  { beat: 'elsewhere/card', seconds: 40 },
]

const KIOSK: readonly Line[] = [
  { beat: 'stuck/start', seconds: 8 },
  { beat: 'names/two', seconds: 12 },
  { beat: 'hint/done', seconds: 14 },
  { beat: 'xen/bit', seconds: 14 },
  { beat: 'xen/forever', seconds: 18 },
  { beat: 'test/fix', seconds: 14 },
  { beat: 'elsewhere/card', seconds: 10 },
]

const ALL = new Map(beatsOf(CHAPTERS).map((beat) => [keyOf(beat), beat]))

const bound = (id: string, title: string, lines: readonly Line[], loops = false): Script => ({
  id,
  title,
  loops,
  beats: lines.map(({ beat: key, seconds, cut = false, asks = false }) => {
    const beat = ALL.get(key)
    if (!beat) throw new Error(`The script ${id} names “${key}”, which is no beat of the story.`)
    return { key, beat, words: STAGE_WORDS[key], seconds, cut, asks }
  }),
})

/** The scripts there are, the shortest first. */
export const SCRIPTS: readonly Script[] = [
  bound('five', '5 minutes', FIVE),
  bound('twenty', '20 minutes', TWENTY),
  bound('kiosk', 'kiosk', KIOSK, true),
]
