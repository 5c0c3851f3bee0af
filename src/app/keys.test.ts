import { expect, test } from 'vitest'
import { createAppStore, EMPTY_EXPERIMENT } from '../store/app-store'
import { createCommands } from '../store/commands'
import { sceneOf, scenarioOf } from '../store/derived'
import { ROOM_IDS } from '../store/rooms'
import { isLetterKey, KEY_GROUPS, roomsOf, SHORTCUTS, type PageActions } from './keys'

const page: PageActions = {
  nextTheme: () => {},
  help: () => {},
  nextScene: () => {},
  focus: () => {},
  copy: () => {},
  story: { next: () => {}, back: () => {}, again: () => {}, answer: () => {}, sources: () => {} },
}

function opened(scenario = 'cow') {
  const store = createAppStore(EMPTY_EXPERIMENT)
  const commands = createCommands(store)
  commands.openScenario(scenario)
  const press = (cap: string) =>
    SHORTCUTS.find((each) => each.cap === cap && roomsOf(each).includes('lab'))!.act(commands, page, store.getState())
  const outcome = () => sceneOf(store.getState()).outcome
  return { store, commands, press, outcome }
}

test.each(ROOM_IDS)('in %s no key has two meanings, and every one has a row of help', (room) => {
  const keys = SHORTCUTS.filter((each) => roomsOf(each).includes(room)).map(({ key }) => key.toLowerCase())
  expect(keys.length).toBeGreaterThan(1)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  expect(SHORTCUTS.filter(({ group, does }) => !KEY_GROUPS.includes(group) || does === '')).toEqual([])
})

test('keys of a single character are those that can be switched off; arrows and Ctrl keys stay', () => {
  const stay = SHORTCUTS.filter((each) => roomsOf(each).includes('lab') && !isLetterKey(each)).map(({ cap }) => cap)
  expect(stay).toEqual([
    'ArrowRight',
    'ArrowLeft',
    'Space',
    'Shift ArrowRight',
    'Shift ArrowLeft',
    'Ctrl Z',
    'Ctrl Shift Z',
    'Ctrl Y',
  ])
})

test('the whole world by keys: kernels in a ring with the reader’s own, both machines, three states of NUMA', () => {
  const { store, press } = opened()
  const seen = new Set<string>()
  for (let presses = 0; presses < 7; presses++) {
    press('K')
    seen.add(store.getState().kernel)
  }
  expect(seen.size).toBe(7)
  expect(store.getState().kernel).toBe(EMPTY_EXPERIMENT.kernel)
  press('Shift K')
  press('K')
  expect(store.getState().kernel).toBe(EMPTY_EXPERIMENT.kernel)
  press('V')
  expect(store.getState().machine).toBe('bare')
  press('N')
  press('N')
  press('N')
  expect(store.getState().numa).toBe('on')
})

test('Shift and an arrow go from fault to fault; E to where the access ends, beginning it if need be', () => {
  const { store, press, outcome } = opened('hint')
  press('V')
  press('E')
  expect(outcome()).toMatchObject({ name: 'completed', faults: 2 })
  const end = store.getState().cursor
  press('Shift ArrowLeft')
  const second = store.getState().cursor
  expect(outcome()).toMatchObject({ name: 'running', faults: 2 })
  press('Shift ArrowLeft')
  expect(outcome()).toMatchObject({ name: 'running', faults: 1 })
  press('Shift ArrowRight')
  expect(store.getState().cursor).toBe(second)
  press('Shift ArrowRight')
  expect(store.getState().cursor).toBe(end)
})

test('E in the middle of the opening stops where that operation ends', () => {
  const { store, commands, press } = opened()
  commands.seek(3)
  press('E')
  const { cursor } = store.getState()
  const { ticks } = sceneOf(store.getState()).tape
  expect(cursor).toBeLessThan(ticks.length)
  expect(ticks[cursor]!.choice).not.toBe(ticks[cursor - 1]!.choice)
})

test('a digit flips that bit of the selected entry, and undo takes it back', () => {
  const { store, commands, press } = opened()
  const before = store.getState().choices
  press('8')
  expect(store.getState().choices.at(-1)).toEqual({
    do: 'flip',
    process: 0,
    page: scenarioOf(store.getState()).page,
    bit: 8,
  })
  commands.undo()
  expect(store.getState().choices).toEqual(before)
})

test('without a child no key chooses it, and none lets it exit', () => {
  const { store, press } = opened('touch')
  press('P')
  press('Q')
  expect(store.getState().process).toBe(0)
  expect(store.getState().done.length).toBe(1)
})
