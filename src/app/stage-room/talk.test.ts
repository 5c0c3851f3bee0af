import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAppStore, EMPTY_EXPERIMENT, experimentOf } from '../../store/app-store'
import { createCommands } from '../../store/commands'
import { timeOf } from '../../store/derived'
import { SCRIPTS } from '../../story/stage/scripts'
import { beatAtPlace, stageHref } from '../../story/stage/place'
import { createStage, isOffScript, voteAt } from '../../story/stage/stage'
import { roomsOf, SHORTCUTS, type StageActions } from '../keys'
import { pressStageKey } from './stage-keys'

const KEYS = SHORTCUTS.filter((each) => roomsOf(each).includes('stage')).map(({ key }) => key)

function talk(hash = '#/stage/five/1', kept: string | null = null) {
  const store = createAppStore({ ...EMPTY_EXPERIMENT })
  const commands = createCommands(store)
  const written: string[] = []
  const addresses: string[] = []
  const stage = createStage(store, commands, {
    now: () => 1000,
    keep: { read: () => written.at(-1) ?? kept, write: (text) => written.push(text) > 0 },
    address: (href) => addresses.push(href),
  })
  stage.follow(hash)
  const actions: StageActions = { ...stage, fullscreen: () => {}, speaker: () => {} }
  const press = (key: string) => pressStageKey(key, commands, store.getState(), actions)
  /** All that the room sees, once nothing moves. The votes are the room's own. */
  const picture = () => {
    if (store.getState().playing) commands.playToEnd()
    const { cover, overview, typed, index, script } = stage.talk.getState()
    // Where the playhead stands, in one world or in two.
    const { cursor: _cursor, beyond: _beyond, ...experiment } = experimentOf(store.getState())
    const at = timeOf(store.getState())
    const { view, why, messages } = store.getState()
    return JSON.stringify({ cover, overview, typed, index, script: script.id, experiment, at, view, why, messages })
  }
  return { store, commands, stage, press, picture, addresses, written }
}

/** Presses of keys, and clicks on what stands on the wall. */
const doing = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...KEYS) },
  { weight: 1, arbitrary: fc.constantFrom('click bit 0', 'click bit 8', 'click bit 1', 'why', 'a moment') },
)

function carryOut({ store, commands, press }: ReturnType<typeof talk>, what: string): void {
  const { process, page } = store.getState()
  if (what === 'why') commands.explain(8)
  else if (what === 'a moment') return store.getState().playing ? commands.playOn() : undefined
  else if (what.startsWith('click')) commands.choose({ do: 'flip', process, page, bit: Number(what.at(-1)) })
  else press(what)
}

test('whatever was pressed and clicked, a jump to a beat shows exactly that beat', () => {
  fc.assert(
    fc.property(fc.array(doing, { maxLength: 30 }), fc.nat(10), (walk, index) => {
      const walked = talk()
      for (const each of walk) carryOut(walked, each)
      walked.press('Home')
      const { script } = walked.stage.talk.getState()
      walked.press('G')
      for (const digit of String(index + 1)) walked.press(digit)
      if (walked.stage.talk.getState().typed !== null) walked.press('Enter')
      const fresh = talk(stageHref({ script, index, theme: 'paper' }))
      expect(walked.picture()).toBe(fresh.picture())
    }),
    { numRuns: 60 },
  )
})

test('two hundred keys leave nothing that one Home does not mend', () => {
  fc.assert(
    fc.property(fc.array(doing, { minLength: 200, maxLength: 200 }), (walk) => {
      const walked = talk('#/stage/twenty/1')
      for (const each of walk) carryOut(walked, each)
      walked.press('Home')
      const { script, index } = walked.stage.talk.getState()
      expect(walked.picture()).toBe(talk(stageHref({ script, index, theme: 'paper' })).picture())
    }),
    { numRuns: 8 },
  )
})

test.each(['five', 'twenty'])('the script %s goes from first to last by Next alone, and stays at its last', (id) => {
  const { press, picture, stage } = talk(`#/stage/${id}/1`)
  const script = SCRIPTS.find((each) => each.id === id)!
  for (const index of script.beats.keys()) {
    expect(stage.talk.getState().index).toBe(index)
    expect(picture()).toBe(talk(`#/stage/${id}/${index + 1}`).picture())
    press('PageDown')
  }
  expect(stage.talk.getState().index).toBe(script.beats.length - 1)
})

test('Next brings what moves to its end, and only the next one goes on', () => {
  const { press, stage, store } = talk('#/stage/five/2')
  press('PageDown')
  expect(store.getState().playing).toBe(true)
  press('PageDown')
  expect([store.getState().playing, stage.talk.getState().index]).toEqual([false, 2])
  press('PageDown')
  expect(stage.talk.getState().index).toBe(3)
})

test('while the wall is black only its own keys, Next and Home do anything', () => {
  for (const key of KEYS.filter((each) => !['B', '.', 'W', 'Home', '0', 'F5', 'Escape', 'F', 'S'].includes(each))) {
    const { press, picture, stage } = talk('#/stage/five/3')
    press('B')
    const black = picture()
    press(key)
    const goesOn = ['PageDown', 'ArrowRight', 'ArrowDown', 'Space', 'N', 'Enter'].includes(key)
    expect([key, stage.talk.getState().cover]).toEqual([key, goesOn ? 'none' : 'black'])
    if (!goesOn) expect(picture()).toBe(black)
    expect(stage.talk.getState().index).toBe(2)
  }
})

test('a clicker’s start button, F5 and Esc in turn, leaves the beat where it is', () => {
  const { press, stage, picture } = talk('#/stage/five/7')
  const before = picture()
  for (const key of ['F5', 'Escape', 'F5', 'Escape']) press(key)
  expect(stage.talk.getState().index).toBe(6)
  expect(picture()).toBe(before)
})

test('a bit that is clicked leaves the script, and Next comes back to the same beat', () => {
  const { press, stage, commands, store, picture } = talk('#/stage/five/2')
  const before = picture()
  commands.choose({ do: 'flip', process: 0, page: store.getState().page, bit: 0 })
  expect(isOffScript(store.getState(), beatAtPlace(stage.talk.getState()).beat)).toBe(true)
  press('PageDown')
  expect(stage.talk.getState().index).toBe(1)
  expect(isOffScript(store.getState(), beatAtPlace(stage.talk.getState()).beat)).toBe(false)
  expect(picture()).toBe(before)
})

test('the room’s vote stays a ghost on the answer, over a reload too, and a second press takes it back', () => {
  const { press, stage, written } = talk('#/stage/five/6')
  press('1')
  press('PageDown')
  const shown = beatAtPlace(stage.talk.getState())
  expect(voteAt(stage.talk.getState().votes, shown)).toMatchObject({ place: 1, asked: { id: 'ask' } })
  const again = talk('#/stage/five/7', written.at(-1)!)
  expect(again.stage.talk.getState()).toMatchObject({ votes: { 'xen/ask': 1 }, startedAt: 1000 })
  again.press('PageUp')
  again.press('1')
  expect(again.stage.talk.getState().votes).toEqual({})
})

test('outside of a question digits vote for nothing, and what was kept may be rubbish', () => {
  const { press, stage } = talk('#/stage/five/1', '{"votes":[null,{"a":"b"}],"startedAt":"now"')
  press('2')
  expect(stage.talk.getState()).toMatchObject({ votes: {}, startedAt: null })
})

test('the address follows every beat and theme', () => {
  const { press, addresses } = talk('#/stage/five/1')
  press('PageDown')
  press('T')
  press('PageDown')
  press('PageDown')
  expect(addresses.slice(1)).toEqual(['#/stage/five/2', '#/stage/five/2?theme=dark', '#/stage/five/3?theme=dark'])
})

test('a wall stands at no address before its first beat was shown, be it the address where talks begin', () => {
  const store = createAppStore({ ...EMPTY_EXPERIMENT })
  const stage = createStage(store, createCommands(store), {
    now: () => 1000,
    keep: { read: () => null, write: () => true },
    address: () => {},
  })
  const first = stageHref(stage.talk.getState())
  expect(stage.isAt(first)).toBe(false)
  stage.follow(first)
  expect(stage.isAt(first)).toBe(true)
  stage.next()
  expect(stage.isAt(first)).toBe(false)
})

test('five leads from the long script to the short one', () => {
  const { press, stage } = talk('#/stage/twenty/18')
  press('5')
  const { script, index } = stage.talk.getState()
  expect([script.id, script.beats[index]!.key]).toEqual(['five', 'xen/ask'])
})
