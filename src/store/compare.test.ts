import { expect, test } from 'vitest'
import { v3_20_rc0, v4_0_rc1 } from '../kernel/variants'
import { scenarioById } from '../machine/scenario'
import { parseLink } from '../trace/link'
import { createAppStore, EMPTY_EXPERIMENT } from './app-store'
import { createCommands } from './commands'
import { lockstepOf, otherSceneOf, sceneOf, timeOf } from './derived'
import { experimentFrom, linkOf } from './url'

const KNOWN = { scenarios: ['cow', 'guard'] }

function comparing(scenario = 'cow') {
  const { page, opening } = scenarioById(scenario)!
  const store = createAppStore({ ...EMPTY_EXPERIMENT, scenario, page, choices: opening, cursor: Infinity })
  const commands = createCommands(store)
  commands.seek(Infinity)
  commands.compare()
  const now = () => store.getState()
  return { store, commands, now, steps: () => [sceneOf(now()), otherSceneOf(now())].map(({ tick }) => tick?.step.name) }
}

test('3.20-rc0 is compared with 4.0-rc1, and the write that tells them apart has begun', () => {
  const { now } = comparing()
  expect([now().kernel, now().other]).toEqual([v3_20_rc0.id, { machine: 'xen', kernel: v4_0_rc1.id, numa: 'on' }])
  expect(lockstepOf(now()).first).not.toBeNull()
  expect(timeOf(now()).at).toBeLessThan(lockstepOf(now()).first!)
})

test('step and back move both worlds', () => {
  const { commands, steps, now } = comparing()
  commands.toDifference()
  expect(steps()).toEqual(['hint?', 'hint?'])
  const { at } = timeOf(now())
  commands.step()
  expect(steps()).toEqual(['do_numa_page', 'lock, pte_same?'])
  commands.back()
  commands.back()
  expect(steps()).toEqual(['pte_present?', 'pte_present?'])
  expect(timeOf(now()).at).toBe(at - 1)
})

test('run goes to the end of both; the world that has less to do waits', () => {
  const { commands, now } = comparing()
  commands.run()
  commands.playToEnd()
  expect([sceneOf(now()), otherSceneOf(now())].map(({ outcome }) => outcome.name)).toEqual(['endless', 'completed'])
})

test('D goes to the first difference, then to where the ways part, then back', () => {
  const { commands, now, steps } = comparing()
  commands.setWorld('b', { machine: 'bare', kernel: 'rc0' })
  commands.seek(0)
  commands.toDifference()
  expect(steps()).toEqual(['do_anonymous_page', 'do_anonymous_page'])
  const first = timeOf(now()).at
  commands.toDifference()
  expect(steps()).toEqual(['hint?', 'hint?'])
  commands.toDifference()
  expect(timeOf(now()).at).toBe(first)
})

test('where nothing differs D stays where it is', () => {
  const { commands, now } = comparing('guard')
  const before = timeOf(now())
  commands.toDifference()
  expect(timeOf(now())).toEqual(before)
})

test('another world in either place is one choice, and undo takes it back', () => {
  const { commands, now } = comparing()
  commands.setWorld('a', { machine: 'bare', kernel: '6.1' })
  commands.setWorld('b', { numa: 'none' })
  expect([now().machine, now().kernel, now().other.numa]).toEqual(['bare', '6.1', 'none'])
  commands.undo()
  commands.undo()
  expect([now().machine, now().kernel, now().other.numa]).toEqual(['xen', 'rc0', 'on'])
})

test('a world with less to do is shown from its end, whoever looks while it is put there', () => {
  const { commands, now, store } = comparing()
  commands.seek(Infinity)
  const seen: number[] = []
  store.subscribe((state) => seen.push(timeOf(state).at))
  commands.setWorld('a', { machine: 'bare', kernel: '6.1' })
  const { at, length } = timeOf(now())
  expect(at).toBe(length)
  expect(seen.every((place) => place >= 0 && place <= length)).toBe(true)
})

test('a link at any place in time of both worlds leads back to it', () => {
  const { commands, now, store } = comparing()
  commands.setWorld('b', { machine: 'bare', kernel: '6.1', numa: 'none' })
  const { length } = timeOf(now())
  for (let at = 0; at <= length; at++) {
    commands.seek(at)
    const link = linkOf(now())
    expect(link.length).toBeLessThanOrEqual(200)
    const { state, messages } = parseLink(link, KNOWN)
    expect(messages).toEqual([])
    commands.seek(0)
    commands.show(state.view)
    commands.open(experimentFrom(store.getState(), state))
    expect(linkOf(now())).toBe(link)
    expect(timeOf(now())).toEqual({ at, length })
  }
})

test('with one world shown, time is the ticks of that world', () => {
  const { commands, now } = comparing()
  commands.seek(Infinity)
  commands.show('one')
  expect(timeOf(now()).length).toBe(sceneOf(now()).tape.ticks.length)
  commands.show('compare')
  expect(timeOf(now()).at).toBe(timeOf(now()).length)
})
