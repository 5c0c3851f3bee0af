import { expect, test } from 'vitest'
import { placeOfWord, WALL, wordAtPlace } from './wall-layout'

const WORDS = [...Array(4096).keys()]

test('every word has a place of its own, and every place its word', () => {
  const places = new Set(WORDS.map((word) => placeOfWord(word)).map(({ row, col }) => row * WALL + col))
  expect(places.size).toBe(WALL * WALL)
  for (const word of WORDS) expect(wordAtPlace(placeOfWord(word))).toBe(word)
})

test('PRESENT stands above, bit 8 to the right, as in every 2×2', () => {
  for (const word of WORDS) {
    const { row, col } = placeOfWord(word)
    expect(row < WALL / 2).toBe((word & 1) === 1)
    expect(col < WALL / 2).toBe((word & 0x100) === 0)
  }
})

test('bit 8 moves a word to the same place of the quadrant at its right', () => {
  for (const word of WORDS.filter((each) => !(each & 0x100)))
    expect(placeOfWord(word | 0x100)).toEqual({ ...placeOfWord(word), col: placeOfWord(word).col + WALL / 2 })
})
