import type { Beat, Chapter } from './beat'

/** The key of a beat, for what is kept: addresses may be counted anew in a later version, names stay. */
export const keyOf = ({ chapter, id }: Beat): string => `${chapter.id}/${id}`

/** Is this where the story begins? */
export const isFirst = ({ chapter, number }: Beat): boolean => chapter.number === 0 && number === 1

/** Beats in the order of reading have rising numbers. */
export const orderOf = ({ chapter, number }: Beat): number => chapter.number * 100 + number

/** The beat whose question this one answers. */
export const askedBy = ({ chapter, reveals }: Beat): Beat | undefined => chapter.beats.find(({ id }) => id === reveals)

/** The address of a beat: `#/story/xen/2`. Of the very first one: `#/story`. */
export const hrefOf = (beat: Beat): string => (isFirst(beat) ? '#/story' : `#/story/${beat.chapter.id}/${beat.number}`)

/** The beat that an address leads to, and what is to be said where it names one that is not there. */
export interface FoundBeat {
  readonly beat: Beat
  readonly message: string | null
}

/** The beat of an address; the nearest one, with a message, where there is none of that name. Never throws. */
export function beatAt(chapters: readonly Chapter[], hash: string): FoundBeat {
  const first = chapters[0]!.beats[0]!
  const [id = '', number = '1', ...rest] = hash
    .replace(/^#?\/?(?:story(?=$|[/?])\/?)?/, '')
    .split('?', 1)[0]!
    .split('/')
  if (id === '') return { beat: first, message: null }
  const chapter = chapters.find((each) => each.id === id)
  if (!chapter)
    return { beat: first, message: `There is no chapter “${id.slice(0, 30)}”. This is where the story begins.` }
  const wanted = /^\d{1,3}$/.test(number) && rest.length === 0 ? Number(number) : 0
  const beat = chapter.beats[Math.max(1, Math.min(wanted, chapter.beats.length)) - 1]!
  const there = wanted === beat.number
  return {
    beat,
    message: there
      ? null
      : `Chapter “${chapter.title}” has no beat “${[number, ...rest].join('/').slice(0, 20)}”. This is the nearest one.`,
  }
}

/** All beats in the order of reading. */
export const beatsOf = (chapters: readonly Chapter[]): readonly Beat[] => chapters.flatMap(({ beats }) => beats)

/** Does the story end here? */
export const isLast = (chapters: readonly Chapter[], beat: Beat): boolean => beat === beatsOf(chapters).at(-1)

/** The beat so many places on; undefined beyond either end. */
export function beatBeside(chapters: readonly Chapter[], beat: Beat, by: 1 | -1): Beat | undefined {
  const all = beatsOf(chapters)
  return all[all.indexOf(beat) + by]
}
