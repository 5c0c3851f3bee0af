import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createAppStore, EMPTY_EXPERIMENT } from './app-store'
import { createCommands } from './commands'
import { playbackOf } from './derived'
import { startPlayback, TICK_MS } from './playback'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function playing(still: boolean) {
  const store = createAppStore({ ...EMPTY_EXPERIMENT })
  const commands = createCommands(store)
  const stop = startPlayback(store, commands, () => still)
  return { store, commands, stop }
}

test('one tick follows another, each after its time', () => {
  const { store, commands, stop } = playing(false)
  commands.run()
  expect(store.getState().playing).toBe(true)
  const { cursor } = store.getState()
  vi.advanceTimersByTime(TICK_MS.normal)
  const later = store.getState().cursor
  expect(later).toBeGreaterThan(cursor)
  vi.advanceTimersByTime(TICK_MS.normal)
  expect(store.getState().cursor).toBeGreaterThan(later)
  stop()
})

test('for readers who asked for less motion the end is there at once, and no time has to pass', () => {
  const { store, commands, stop } = playing(true)
  commands.run()
  const { playing: plays, cursor } = store.getState()
  expect({ plays, cursor }).toEqual({ plays: false, cursor: playbackOf(store.getState()).tape.ticks.length })
  expect(cursor).toBeGreaterThan(0)
  expect(vi.getTimerCount()).toBe(0)
  stop()
})
