import { orderOf } from '../place'
import { SCRIPTS, type Script, type StageBeat } from './scripts'

export const STAGE_THEMES = ['paper', 'dark', 'contrast'] as const
export type StageTheme = (typeof STAGE_THEMES)[number]

/** A place on the Stage. */
export interface StagePlace {
  readonly script: Script
  /** From 0. */
  readonly index: number
  readonly theme: StageTheme
}

/** A place, and what the speaker is told where an address names one that is not there. */
export interface FoundPlace extends StagePlace {
  readonly message: string | null
}

/** The address of a place: `#/stage/five/3`, beats counted from 1. Paper goes without saying. */
export const stageHref = ({ script, index, theme }: StagePlace): string =>
  `#/stage/${script.id}/${index + 1}${theme === 'paper' ? '' : `?theme=${theme}`}`

/** Does the address name a talk, and not only the room? */
export const namesTalk = (hash: string): boolean => /^#\/stage\/[^?/]/.test(hash)

/** The place of an address; its first beat, with a message, where there is none of that name. Never throws. */
export function stagePlaceOf(hash: string): FoundPlace {
  const [path = '', query = ''] = hash.replace(/^#\/?(?:stage\/?)?/, '').split('?', 2)
  const [id = '', number = '1'] = path.split('/')
  const asked = new URLSearchParams(query).get('theme')
  const theme = STAGE_THEMES.find((each) => each === asked) ?? 'paper'
  const script = SCRIPTS.find((each) => each.id === id)
  if (!script) {
    const message = `There is no script “${id.slice(0, 30)}”. This is “${SCRIPTS[0]!.title}”, from its beginning.`
    return { script: SCRIPTS[0]!, index: 0, theme, message }
  }
  const wanted = /^\d{1,3}$/.test(number) ? Number(number) : -1
  if (wanted === 0 || (wanted > 0 && wanted <= script.beats.length))
    return { script, index: Math.max(0, wanted - 1), theme, message: null }
  const message = `“${script.title}” has ${script.beats.length} beats and none of them is “${number.slice(0, 20)}”. This is its beginning.`
  return { script, index: 0, theme, message }
}

/** What stands on the wall at a place: a function of script and index, and of nothing that happened before. */
export const beatAtPlace = ({ script, index }: Pick<StagePlace, 'script' | 'index'>): StageBeat =>
  script.beats[index] ?? script.beats[0]!

/** The place in the shorter script that is nearest to this one: the same beat, or the first of its beats that comes later. */
export function inShorterScript({ script, index }: Pick<StagePlace, 'script' | 'index'>): number {
  const shorter = SCRIPTS[0]!
  const from = orderOf(beatAtPlace({ script, index }).beat)
  const found = shorter.beats.findIndex(({ beat }) => orderOf(beat) >= from)
  return found < 0 ? shorter.beats.length - 1 : found
}
