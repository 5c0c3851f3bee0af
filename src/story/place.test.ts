import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHAPTERS } from './chapters/chapters'
import { askedBy, beatAt, beatBeside, beatsOf, hrefOf, isFirst, isLast, keyOf, orderOf } from './place'

const ALL = beatsOf(CHAPTERS)
const ids = CHAPTERS.map(({ id }) => id)
const at = (hash: string) => beatAt(CHAPTERS, hash)

test('the address of every beat leads back to it and says nothing; no two beats share one', () => {
  for (const beat of ALL) expect(at(hrefOf(beat))).toEqual({ beat, message: null })
  expect(new Set(ALL.map(hrefOf)).size).toBe(ALL.length)
})

test('the beats stand in a row with two ends', () => {
  expect(ALL.map((beat) => beatBeside(CHAPTERS, beat, 1))).toEqual([...ALL.slice(1), undefined])
  expect(ALL.map((beat) => beatBeside(CHAPTERS, beat, -1))).toEqual([undefined, ...ALL.slice(0, -1)])
})

test('one beat is the first, one the last, their numbers rise, and no two share a key', () => {
  expect(ALL.filter(isFirst)).toEqual([ALL[0]])
  expect(ALL.filter((beat) => isLast(CHAPTERS, beat))).toEqual([ALL.at(-1)])
  expect(ALL.map(orderOf)).toEqual([...new Set(ALL.map(orderOf))].toSorted((a, b) => a - b))
  expect(new Set(ALL.map(keyOf)).size).toBe(ALL.length)
})

test('what a beat answers was asked right before it; a beat that answers nothing was asked by none', () => {
  for (const [index, beat] of ALL.entries())
    expect(askedBy(beat)).toBe(beat.reveals === undefined ? undefined : ALL[index - 1])
})

/** Addresses, and texts that are nearly such. */
const word = fc.oneof(
  fc.constantFrom('story', ...ids, 'toString', '__proto__', ''),
  fc.integer({ min: -3, max: 12 }).map(String),
  fc.string({ maxLength: 6 }),
)
const hash = fc.oneof(
  fc.string(),
  fc
    .tuple(fc.constantFrom('', '#', '#/', '/'), fc.array(word, { maxLength: 4 }))
    .map(([head, rest]) => head + rest.join('/')),
  fc
    .tuple(fc.constantFrom(...ids), fc.integer({ min: -1, max: 9 }), fc.constantFrom('', '?x=1', '/'))
    .map(([id, number, tail]) => `#/story/${id}/${number}${tail}`),
)

/** What the address names, read the slow way; null where it names no beat. */
function named(address: string): (typeof ALL)[number] | null {
  const words = address.split('?')[0]!.replace(/^#/, '').replace(/^\//, '').split('/')
  if (words[0] === 'story') words.shift()
  if ((words[0] ?? '') === '') return ALL[0]!
  const [id, number = '1', ...more] = words
  return (
    ALL.find(
      (beat) => beat.chapter.id === id && more.length === 0 && /^\d{1,3}$/.test(number) && beat.number === +number,
    ) ?? null
  )
}

test('every address leads to a beat; it is said exactly when it names none', () => {
  fc.assert(
    fc.property(hash, (address) => {
      const { beat, message } = at(address)
      expect(ALL).toContain(beat)
      const wanted = named(address)
      expect(message === null).toBe(wanted !== null)
      if (wanted) expect(beat).toBe(wanted)
    }),
    { numRuns: 2000 },
  )
})

test('beyond a chapter’s end it is the last beat, before its beginning the first; a chapter that is not there is the start', () => {
  for (const { id, beats } of CHAPTERS) {
    const far = at(`#/story/${id}/${beats.length + 1}`)
    expect(far.beat).toBe(beats.at(-1))
    expect(far.message).toContain(`no beat “${beats.length + 1}”`)
    expect(at(`#/story/${id}/0`)).toMatchObject({ beat: beats[0], message: expect.stringContaining('no beat “0”') })
    expect(at(`#/story/${id}/two`).beat).toBe(beats[0])
  }
  expect(at('#/story/nowhere/3')).toMatchObject({
    beat: ALL[0],
    message: expect.stringContaining('no chapter “nowhere”'),
  })
  expect(at('#/storyboard').message).toContain('no chapter “storyboard”')
  expect(at(`#/story/${'x'.repeat(500)}`).message!.length).toBeLessThan(100)
})
