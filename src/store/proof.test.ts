import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Limits } from '../explore/search'
import { Visited } from '../explore/visited'
import { proofStore, startBig, startProof, stopBig, stopProof } from './proof'

const LIMITS: Limits = { states: 20_000_000, bytes: 1_500_000_000 }
const LARGE = { model: 'pages', kernel: 'rc1', machine: 'xen' } as const
const SMALL = { model: 'test', kernel: 'rc1', machine: 'xen' } as const

const now = () => proofStore.getState()
/** Without workers the work is done here, slice by slice. */
const until = (is: () => boolean) => vi.waitFor(() => expect(is()).toBe(true), { timeout: 10_000, interval: 5 })
/** Long enough for whatever still goes on to be heard. */
const aWhile = () => new Promise((resolve) => setTimeout(resolve, 400))

beforeEach(() => proofStore.setState(proofStore.getInitialState(), true))
afterEach(() => {
  stopBig()
  stopProof()
  vi.restoreAllMocks()
})

test('stopping a large run leaves its last numbers, called unfinished', async () => {
  startBig(LARGE, LIMITS)
  await until(() => (now().big?.states ?? 0) > 0)
  stopBig()
  const { big, bigRuns } = now()
  expect([big!.state, bigRuns]).toEqual(['stopped', false])
  expect(big!.states).toBeGreaterThan(0)
  await aWhile()
  expect(now().big).toEqual(big)
})

test('stopping at once leaves what there is, and nothing comes later', async () => {
  startBig(LARGE, LIMITS)
  stopBig()
  const { big, bigRuns } = now()
  expect([big!.state, bigRuns]).toEqual(['stopped', false])
  await aWhile()
  expect(now().big).toEqual(big)
})

test('stopping the proof leaves what was found, and it is not called done', async () => {
  startProof()
  await until(() => now().explored.length > 0)
  stopProof()
  const { explored, states } = now()
  await aWhile()
  expect(now()).toMatchObject({ status: 'stopped', explored, states, ms: null })
})

test('where memory runs out a message says so, the last numbers are unfinished, and a smaller run still works', async () => {
  const add = Visited.prototype.add
  let room = 200_000
  vi.spyOn(Visited.prototype, 'add').mockImplementation(function (this: Visited, ...state) {
    if (room-- === 0) throw new RangeError('Array buffer allocation failed')
    return add.apply(this, state)
  })
  startBig(LARGE, LIMITS)
  await until(() => !now().bigRuns)
  expect(now().bigMessage).toMatch(/no memory left/)
  expect(now().big!.state).toBe('broken off')

  startBig(SMALL, LIMITS)
  await until(() => !now().bigRuns)
  expect(now()).toMatchObject({ bigMessage: null, big: { state: 'done' } })
})
