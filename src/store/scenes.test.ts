import { expect, test } from 'vitest'
import { RECORDED_RUNS } from '../decode/recorded-run-names'
import { createAppStore, EMPTY_EXPERIMENT } from './app-store'
import { createCommands } from './commands'
import { openScene } from './scenes'

function lab() {
  const store = createAppStore(EMPTY_EXPERIMENT)
  const commands = createCommands(store)
  return { commands, open: (id: string) => openScene(store, commands, id), at: () => store.getState().scenario }
}

const [first, second] = RECORDED_RUNS.map(({ id }) => id) as [string, string]

test('a recording is opened once it is there', async () => {
  const { open, at } = lab()
  const opened = open(first)
  expect(at()).toBe('cow')
  await opened
  expect(at()).toBe(first)
})

test('a recording that arrives after another scene was chosen stays closed', async () => {
  const { open, at } = lab()
  const late = open(first)
  await open('zero')
  await late
  expect(at()).toBe('zero')
})

test('going to where one is already is a choice too', async () => {
  const { open, at } = lab()
  const late = open(first)
  await open('cow')
  await late
  expect(at()).toBe('cow')
})

test('of two recordings asked for the later one stands', async () => {
  const { open, at } = lab()
  await Promise.all([open(second), open(first)])
  expect(at()).toBe(first)
})
