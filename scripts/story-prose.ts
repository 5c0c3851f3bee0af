import type { Beat, BeatWords } from '../src/story/beat'
import { piecesOf } from '../src/story/text'

/** Words a minute of somebody who reads to understand; and how long a beat's figure is looked at, in seconds. */
export const WORDS_A_MINUTE = 200
export const LOOK_SECONDS = 6

/** What stands on the screen without a key being pressed, in the order of reading. */
export const shownTexts = ({ lead, body, verb, question, answers }: BeatWords): readonly string[] =>
  [lead, body, verb, question, ...Object.values(answers ?? {}).map(({ says }) => says)].filter(
    (text) => text !== undefined,
  )

/** What a reader meets later: what is said of an answer, and what stands behind the key for more. */
export const laterTexts = ({ answers, facts }: BeatWords): readonly string[] => [
  ...Object.values(answers ?? {}).map(({ after }) => after),
  ...Object.values(facts),
]

/** Every text of a beat. */
export const textsOf = (words: BeatWords): readonly string[] => [...shownTexts(words), ...laterTexts(words)]

/** A text as it is read aloud: code and a computed number are one word each. */
const spoken = (text: string): string =>
  piecesOf(text)
    .map((piece) => (piece.is === 'code' ? 'code' : piece.is === 'number' ? '0' : piece.text))
    .join('')

/** The words of a text. */
export const wordsOf = (text: string): readonly string[] =>
  spoken(text)
    .split(/\s+/)
    .filter((word) => /[\p{L}\d]/u.test(word))

const parts = (text: string, ends: RegExp): readonly (readonly string[])[] =>
  spoken(text)
    .split(ends)
    .map(wordsOf)
    .filter(({ length }) => length > 0)

/** The sentences of a text, each as its words. */
export const sentencesOf = (text: string) => parts(text, /(?<=[.?!]["”)]?)\s+/)

/** What is read in one breath: a colon or a semicolon ends it too. */
export const breathsOf = (text: string) => parts(text, /(?<=[.?!:;]["”)]?)\s+/)

/** Words of the lead and the body: what a beat says before it asks. */
export const length = ({ lead, body = '' }: BeatWords): number => wordsOf(lead).length + wordsOf(body).length

/** No word of English: names of bits, functions and versions. Whoever knows them reads them at a glance. */
const isIdentifier = (word: string): boolean => /\d|_|\p{Lu}\p{Lu}|^code\b/u.test(word)

/** Syllables, by groups of vowels: right for nearly every word of plain English, and never far off. */
export function syllablesIn(word: string): number {
  const letters = word.toLowerCase().replaceAll(/[^a-z]/g, '')
  const groups = letters.replace(/(?:[^laeiouy]es|[^td]ed|[^l]e)$/, '').match(/[aeiouy]+/g)
  return Math.max(1, groups?.length ?? 0)
}

/** The Flesch–Kincaid grade: years of school that a reader needs. Identifiers count as words of one syllable. */
export function grade(texts: readonly string[]): number {
  const sentences = texts.flatMap(sentencesOf)
  const words = sentences.flat()
  const syllables = words.reduce((sum, word) => sum + (isIdentifier(word) ? 1 : syllablesIn(word)), 0)
  return 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
}

/** Words that everybody reads who goes from end to end: all that is shown, and what is said of the one answer given. */
export function wordsRead(beats: readonly Beat[]): number {
  const count = (text: string): number => wordsOf(text).length
  const sum = (counts: readonly number[]): number => counts.reduce((all, each) => all + each, 0)
  return sum(
    beats.map(({ words }) => {
      const after = Object.values(words.answers ?? {}).map((answer) => count(answer.after))
      return sum(shownTexts(words).map(count)) + Math.max(0, ...after)
    }),
  )
}

/** How long the story takes, in minutes. */
export const minutes = (beats: readonly Beat[]): number =>
  wordsRead(beats) / WORDS_A_MINUTE + (beats.length * LOOK_SECONDS) / 60
