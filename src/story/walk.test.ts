import { beforeEach, describe, expect, test } from 'vitest'
import { createAppStore, EMPTY_EXPERIMENT } from '../store/app-store'
import { createCommands } from '../store/commands'
import { timeOf } from '../store/derived'
import { linkOf } from '../store/url'
import { CHAPTERS } from './chapters/chapters'
import { beatsOf, hrefOf, keyOf } from './place'
import { createStory, UNKNOWN, type Keep, type Story } from './story'

const ALL = beatsOf(CHAPTERS)
const FIRST = ALL[0]!

/** The page's address, as far as the story writes it. */
const address = { hash: '' }
beforeEach(() => {
  address.hash = ''
})

/** Storage that keeps one text. */
function keeping(text: string | null = null): Keep & { kept: () => string | null } {
  let kept = text
  return { read: () => kept, write: (next) => ((kept = next), true), kept: () => kept }
}

function begin(keep: Keep = keeping()): Story {
  const store = createAppStore({ ...EMPTY_EXPERIMENT })
  return createStory(CHAPTERS, store, createCommands(store), { keep, address: (href) => (address.hash = href) })
}

/** All that decides what a beat shows. */
function shown({ store, place }: Story) {
  const state = store.getState()
  const { view, why, playing, done, undone } = state
  const { beat, term, sources } = place.getState()
  return {
    beat: keyOf(beat),
    link: linkOf(state),
    time: timeOf(state),
    view,
    why,
    playing,
    done,
    undone,
    term,
    sources,
  }
}

/** To the next beat, with what moves there finished. */
function nextAtRest(story: Story): void {
  const before = story.place.getState().beat
  story.next()
  expect(story.place.getState().beat).toBe(ALL[ALL.indexOf(before) + 1])
  if (story.store.getState().playing) story.next()
  expect(story.store.getState().playing).toBe(false)
}

const messages = ({ store }: Story): readonly string[] => store.getState().messages

test('forward, back and by address every beat is the same', () => {
  const forward = begin()
  forward.follow('')
  const seen = [shown(forward)]
  for (const beat of ALL.slice(1)) {
    nextAtRest(forward)
    expect(address.hash).toBe(hrefOf(beat))
    seen.push(shown(forward))
  }
  expect(seen.map(({ beat }) => beat)).toEqual(ALL.map(keyOf))
  forward.next()
  expect(shown(forward)).toEqual(seen.at(-1))

  const back = [shown(forward)]
  for (let left = ALL.length - 1; left > 0; left--) {
    forward.back()
    back.push(shown(forward))
  }
  expect(back.toReversed()).toEqual(seen)
  forward.back()
  expect(shown(forward)).toEqual(seen[0])

  const byAddress = ALL.map((beat) => {
    const story = begin()
    story.follow(hrefOf(beat))
    expect(messages(story)).toEqual([])
    return shown(story)
  })
  expect(byAddress).toEqual(seen)
})

test('where a beat moves, Next finishes the movement first, and Back does not play', () => {
  const moving = ALL.filter(({ from }) => from !== undefined)
  expect(moving.length).toBeGreaterThan(8)
  for (const beat of moving) {
    const story = begin()
    story.goTo(ALL[ALL.indexOf(beat) - 1]!)
    story.next()
    expect(story.store.getState().playing, keyOf(beat)).toBe(true)
    const { playTo } = story.store.getState()
    expect(timeOf(story.store.getState()).at).toBeLessThan(playTo)
    story.next()
    expect(story.place.getState().beat).toBe(beat)
    expect(story.store.getState().playing).toBe(false)
    expect(timeOf(story.store.getState()).at).toBe(playTo)
    story.back()
    story.goTo(beat)
    expect(story.store.getState().playing).toBe(false)
    expect(timeOf(story.store.getState()).at).toBe(playTo)
  }
})

test('what the reader did in a beat is gone when it is shown again', () => {
  const story = begin()
  story.follow('#/story/word/1')
  const before = shown(story)
  story.commands.flip(1)
  story.explain('RW', 1)
  story.showSources(true)
  expect(shown(story)).not.toEqual(before)
  story.again()
  expect(shown(story)).toEqual(before)
})

describe('answers', () => {
  const asking = ALL.filter(({ words }) => words.answers)

  test('an answer is kept and leads to the reveal, also while the picture moves', () => {
    for (const beat of asking) {
      const story = begin()
      story.goTo(ALL[ALL.indexOf(beat) - 1]!)
      story.next()
      story.answer(Object.keys(beat.words.answers!)[0]!)
      expect(story.place.getState().answers).toEqual({ [keyOf(beat)]: Object.keys(beat.words.answers!)[0] })
      expect(story.place.getState().beat).toBe(ALL[ALL.indexOf(beat) + 1])
      // Whoever comes back may say something else.
      story.back()
      story.answer(UNKNOWN)
      expect(story.place.getState().answers).toEqual({ [keyOf(beat)]: UNKNOWN })
    }
  })

  test('what is no answer, and an answer where nothing is asked, change nothing', () => {
    const story = begin()
    story.follow(hrefOf(asking[0]!))
    for (const id of ['', 'toString', 'nothing']) story.answer(id)
    expect(story.place.getState()).toMatchObject({ beat: asking[0], answers: {} })
    story.follow(hrefOf(FIRST))
    story.answer(UNKNOWN)
    expect(story.place.getState()).toMatchObject({ beat: FIRST, answers: {} })
  })
})

describe('what is kept', () => {
  test('place and answers are read back; the start screen is no place that was reached', () => {
    const keep = keeping()
    const story = begin(keep)
    story.follow('#/story/xen/3')
    story.answer('forever')
    const reached = story.place.getState().beat
    story.follow('')
    expect(story.place.getState()).toMatchObject({ beat: FIRST, leftAt: reached })
    const later = begin(keep)
    later.follow('')
    expect(later.place.getState()).toMatchObject({ beat: FIRST, leftAt: reached, answers: { 'xen/ask': 'forever' } })
  })

  test.each([
    'rubbish',
    'null',
    '5',
    '[]',
    '{"at":7,"answers":"abc"}',
    '{"at":"gone/away","answers":{"gone/ask":"x","xen/ask":"gone","copy/ask":4,"hint/ask":"toString","stuck/start":"unknown"}}',
    '{"answers":{"__proto__":"x"}}',
  ])('%s in storage does no harm', (text) => {
    const story = begin(keeping(text))
    story.follow('')
    expect(story.place.getState()).toMatchObject({ beat: FIRST, leftAt: null, answers: {} })
    expect(messages(story)).toEqual([])
    nextAtRest(story)
  })

  test('of what an earlier version kept, what still means something stays', () => {
    const story = begin(keeping('{"at":"xen/ask","answers":{"xen/ask":"oops","gone/ask":"x","hint/ask":"unknown"}}'))
    const { leftAt, answers } = story.place.getState()
    expect(leftAt && keyOf(leftAt)).toBe('xen/ask')
    expect(answers).toEqual({ 'xen/ask': 'oops', 'hint/ask': UNKNOWN })
  })

  test('where nothing can be kept it is said once, and the story goes on', () => {
    const story = begin({ read: () => null, write: () => false })
    story.follow('')
    expect(messages(story)).toEqual([expect.stringContaining('keeps nothing')])
    story.commands.dismiss(messages(story)[0]!)
    for (let left = ALL.length - 1; left > 0; left--) nextAtRest(story)
    expect(messages(story)).toEqual([])
  })
})

test('an address that is no beat’s is said, and the nearest beat is shown', () => {
  const story = begin()
  story.follow('#/story/xen/99')
  expect(keyOf(story.place.getState().beat)).toBe('xen/because')
  expect(messages(story)).toEqual([expect.stringContaining('no beat “99”')])
})
