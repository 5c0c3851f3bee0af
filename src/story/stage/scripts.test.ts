import { describe, expect, test } from 'vitest'
import { orderOf } from '../place'
import { piecesOf, plain } from '../text'
import { inShorterScript, stageHref, stagePlaceOf } from './place'
import { SCRIPTS, secondsOf } from './scripts'
import { STAGE_WORDS } from './words'

const script = (id: string) => SCRIPTS.find((each) => each.id === id)!
const seconds = (id: string) => secondsOf(script(id).beats)

describe('scripts', () => {
  test('five minutes are eleven beats, twenty are twenty-eight, and the plan is exactly so long', () => {
    expect(script('five').beats).toHaveLength(11)
    expect(script('twenty').beats).toHaveLength(28)
    expect(seconds('five')).toBe(5 * 60)
    expect(seconds('twenty')).toBe(20 * 60)
    expect(seconds('kiosk')).toBe(90)
  })

  test('no beat stands twice in a script, and the story goes forward', () => {
    for (const { beats } of SCRIPTS) {
      const order = beats.map(({ beat }) => orderOf(beat))
      expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b))
    }
  })

  test('the room is asked only where the story has answers', () => {
    for (const { beats } of SCRIPTS)
      for (const { asks, beat } of beats) if (asks) expect(Object.keys(beat.words.answers ?? {})).toHaveLength(4)
  })

  test('five minutes leave nothing out of what may be cut to end in four', () => {
    const kept = script('five').beats.filter(({ cut }) => !cut)
    expect(secondsOf(kept)).toBeLessThan(seconds('five') - 50)
  })
})

describe('the sentence on the wall', () => {
  test.each(Object.entries(STAGE_WORDS))('of %s has at most 14 words and fits one line', (_, { says }) => {
    const text = plain(says, () => '0000')
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(14)
    expect(text.length).toBeLessThanOrEqual(58)
  })
})

test('each number that the room or the speaker reads is computed by its beat', () => {
  for (const { beats } of SCRIPTS)
    for (const { key, beat, words } of beats) {
      const texts = [words.says, ...words.notes, words.ifAsked ?? '']
      const named = texts.flatMap(piecesOf).flatMap((piece) => (piece.is === 'number' ? [piece.name] : []))
      expect(Object.keys(beat.numbers ?? {}), key).toEqual(expect.arrayContaining(named))
    }
})

describe('an address', () => {
  test('leads back to itself at every beat, in every theme', () => {
    for (const each of SCRIPTS)
      for (const theme of ['paper', 'dark', 'contrast'] as const)
        for (const index of each.beats.keys()) {
          const found = stagePlaceOf(stageHref({ script: each, index, theme }))
          expect(found).toEqual({ script: each, index, theme, message: null })
        }
  })

  test.each([
    ['#/stage/five/12', 'five', 'none of them is “12”'],
    ['#/stage/twenty/x', 'twenty', 'none of them is “x”'],
    ['#/stage/sixty/3', 'five', 'no script “sixty”'],
    ['#/stage/five/-1', 'five', 'none of them is “-1”'],
    ['#/stage/%00/…?theme=pink', 'five', 'no script'],
  ])('%s that names nothing is the first beat, and a word to the speaker', (hash, id, message) => {
    const found = stagePlaceOf(hash)
    expect([found.script.id, found.index, found.theme]).toEqual([id, 0, 'paper'])
    expect(found.message).toContain(message)
  })
})

test('the five-minute cut is never behind what the room has seen', () => {
  const twenty = script('twenty')
  for (const index of twenty.beats.keys()) {
    const { beat } = script('five').beats[inShorterScript({ script: twenty, index })]!
    const at = twenty.beats[index]!.beat
    expect(orderOf(beat)).toBeGreaterThanOrEqual(orderOf(at))
  }
})
