import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readPaste } from '../clinic/read-paste'
import { clinicStore, setText } from './clinic'

const WORD = '8000000062345165'
/** Long enough not to be read while it is typed. */
const LONG = `${'a line of a log\n'.repeat(20_000)}PTE: 1 => 165`
const now = () => clinicStore.getState()
const done = () => vi.waitFor(() => expect(now().reading).toBe(false), { timeout: 10_000, interval: 5 })
/** Long enough for whatever still goes on to be heard. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 300))

beforeEach(() => clinicStore.setState(clinicStore.getInitialState(), true))
afterEach(() => {
  setText('')
  vi.unstubAllGlobals()
})

test('while a long text is read the text is there, and so is what was found before', async () => {
  setText(WORD)
  const before = now().paste
  setText(LONG)
  expect(now()).toMatchObject({ text: LONG, reading: true })
  expect(now().paste).toBe(before)
  await done()
  expect(now().paste).toEqual(readPaste(LONG))
  expect(now().text).toBe(LONG)
})

test('a text that comes meanwhile is the one that stays', async () => {
  setText(LONG)
  setText(WORD)
  expect(now()).toMatchObject({ text: WORD, reading: false })
  await aWhile()
  expect(now().paste).toEqual(readPaste(WORD))
})

/** A worker that answers what it is asked by `answer`. */
const workerThat = (answer: (worker: EventTarget, text: string) => void) => {
  const ended = vi.fn()
  class FakeWorker extends EventTarget {
    terminate = ended
    postMessage(text: string) {
      setTimeout(() => answer(this, text))
    }
  }
  vi.stubGlobal('Worker', FakeWorker)
  return ended
}

test('a worker reads it where there is one, and ends', async () => {
  const told = readPaste(WORD)
  const ended = workerThat((worker) => worker.dispatchEvent(new MessageEvent('message', { data: told })))
  setText(LONG)
  await done()
  expect(now().paste).toBe(told)
  expect(ended).toHaveBeenCalledTimes(1)
})

test('where the worker fails the page reads by itself', async () => {
  workerThat((worker) => worker.dispatchEvent(new Event('error', { cancelable: true })))
  setText(LONG)
  await done()
  expect(now().paste).toEqual(readPaste(LONG))
})

test('a worker whose text is no longer wanted is ended, and not heard', async () => {
  const ended = workerThat(() => {})
  setText(LONG)
  setText(WORD)
  await aWhile()
  expect(ended).toHaveBeenCalledTimes(1)
  expect(now().paste).toEqual(readPaste(WORD))
})
