import { describe, expect, test } from 'vitest'
import { breathsOf, grade, laterTexts, length, minutes, shownTexts, textsOf } from '../../scripts/story-prose'
import { parseRuleBook } from '../trace/rule-book'
import { COMMITS } from '../kernel/history'
import { CHAPTERS } from './chapters/chapters'
import { GLOSSARY } from './glossary'
import { beatsOf } from './place'
import type { SourceRef } from './beat'
import { piecesOf } from './text'

const BEATS = beatsOf(CHAPTERS).map((beat) => ({ name: `${beat.chapter.id}/${beat.id}`, beat }))
const ALL = BEATS.map(({ beat }) => beat)

describe.each(BEATS)('$name', ({ beat }) => {
  test('says at most 25 words before it asks', () => {
    expect(length(beat.words)).toBeLessThanOrEqual(25)
  })

  test('no breath is longer than 16 words, and none of what is said later longer than 20', () => {
    const longer = (texts: readonly string[], than: number) =>
      texts.flatMap(breathsOf).filter((breath) => breath.length > than)
    expect(longer(shownTexts(beat.words), 16)).toEqual([])
    expect(longer(laterTexts(beat.words), 20)).toEqual([])
  })

  test('digits stand in names alone; every other number is computed', () => {
    expect(textsOf(beat.words).flatMap(typedNumbers)).toEqual([])
  })

  test('every number has its function, and every function is used', () => {
    const named = textsOf(beat.words).flatMap((text) =>
      piecesOf(text).flatMap((piece) => (piece.is === 'number' ? [piece.name] : [])),
    )
    expect([...new Set(named)].toSorted()).toEqual(Object.keys(beat.numbers ?? {}).toSorted())
  })

  test('every sentence behind it has a source, and each source is there', () => {
    const facts = Object.entries<readonly SourceRef[]>(beat.facts)
    expect(facts.map(([id]) => id)).toEqual(Object.keys(beat.words.facts))
    expect(facts.length).toBeGreaterThan(0)
    for (const [id, sources] of facts) {
      expect(sources.length, id).toBeGreaterThan(0)
      expect(sources.filter((source) => !isThere(source))).toEqual([])
    }
  })

  test('a question has four answers at most, and its reveal follows', () => {
    const { question, answers = {} } = beat.words
    expect(question === undefined).toBe(Object.keys(answers).length === 0)
    expect(Object.keys(answers).length).toBeLessThanOrEqual(4)
    expect(beat.right === undefined).toBe(question === undefined)
    if (question !== undefined) expect(ALL[ALL.indexOf(beat) + 1]).toMatchObject({ reveals: beat.id })
    if (beat.reveals !== undefined) expect(ALL[ALL.indexOf(beat) - 1]).toMatchObject({ id: beat.reveals })
  })
})

test('it takes ten minutes at most, and can be read after a few years of school', () => {
  expect(minutes(ALL)).toBeLessThanOrEqual(10)
  expect(grade(ALL.flatMap(({ words }) => shownTexts(words)))).toBeLessThanOrEqual(4)
  expect(grade(ALL.flatMap(({ words }) => laterTexts(words)))).toBeLessThanOrEqual(6)
  for (const { title, beats } of CHAPTERS)
    expect(grade(beats.flatMap(({ words }) => shownTexts(words))), title).toBeLessThanOrEqual(5)
})

test('the measure of reading can tell hard prose from easy', () => {
  const easy = grade(['The cat sat on the mat. It saw a dog. It ran.'])
  const hard = grade([
    'Notwithstanding considerable architectural heterogeneity, translations remain indistinguishable.',
  ])
  expect(easy).toBeLessThan(2)
  expect(hard).toBeGreaterThan(20)
})

/** Digits that are part of a name, and why each is no count. */
const NAMES: readonly (readonly [RegExp, why: string])[] = [
  [/\bbits? \d+/gi, 'a bit is called by its place'],
  [/\b\d+ bits\b|\b\d+-bit\b/g, 'the width that an architecture is called by'],
  [/\b[34]\.\d+(-rc\d+)?\b/g, 'a version of Linux'],
  [/\b20\d\d\b/g, 'a year'],
  [/\barm64\b|\bx86-64\b/g, 'an architecture'],
  [/\bread\(2\)/g, 'a section of the manual'],
  [/\b4 KB\b/g, 'the size that a page is called by'],
  [/\b(?:is|are|was|be|right:) [01]\b/g, 'the value of a bit'],
]

/** Digits of a text that are neither code nor computed nor part of a name. */
function typedNumbers(text: string): readonly string[] {
  const said = piecesOf(text)
    .map((piece) => ('text' in piece && piece.is !== 'code' ? piece.text : ' '))
    .join('')
  const rest = NAMES.reduce((left, [name]) => left.replaceAll(name, ' '), said)
  return rest.match(/\S*\d\S*/g) ?? []
}

test('a typed number would be seen, and every name is needed', () => {
  expect(typedNumbers('It faulted 154,497 times, and 4 of 16 tests pass.')).toEqual(['154,497', '4', '16'])
  expect(typedNumbers('{faults} faults, `flags & 256`, bit 8 of 3.20-rc0')).toEqual([])
  const all = [...ALL.flatMap(({ words }) => textsOf(words)), ...Object.values(GLOSSARY).map(({ says }) => says)]
  const unneeded = NAMES.filter(([name]) => !all.some((text) => text.search(name) >= 0)).map(([, why]) => why)
  expect(unneeded).toEqual([])
  expect(Object.values(GLOSSARY).flatMap(({ says }) => typedNumbers(says))).toEqual([])
})

const RULES = Object.values(
  import.meta.glob<string>('../*/RULES.md', { query: '?raw', import: 'default', eager: true }),
).flatMap((text) => parseRuleBook(text).groups.flatMap(({ rules }) => rules.map(({ id }) => id)))

function isThere(source: SourceRef): boolean {
  if ('rule' in source) return RULES.includes(source.rule)
  if ('commit' in source) return COMMITS.some(({ id }) => id === source.commit)
  return /^(https:\/\/\S+|#\/(lab|proof|model)\b\S*)$/.test(source.href) && source.title !== ''
}
