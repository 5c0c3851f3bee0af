import { expect, test } from 'vitest'
import { TestsOn } from './candidates'
import { explore } from './explore'
import { modelById } from './models'
import type { Explored } from './verdict'
import type { MachineId } from '../machine/platforms'

/** All sixteen, by as few searches as will do; how many states were met for them. */
function together(on: MachineId): { results: readonly Explored[]; met: number } {
  const tests = new TestsOn(on)
  let met = 0
  const results = Array.from({ length: 16 }, (_, yes) => {
    const work = tests.explored(yes)
    for (;;) {
      const { done, value } = work.next()
      if (done) return value
      if (value.kind === 'met') met += value.states
    }
  })
  return { results, met }
}

test.each(['bare', 'xen'] as const)(
  'on %s one search for tests that answer alike says what one for each says',
  (on) => {
    const { results, met } = together(on)
    const alone = results.map((_, yes) => explore(modelById('page'), `p${yes}`, on, { renames: true }))
    for (const [yes, result] of results.entries()) expect(result, `p${yes}`).toEqual(alone[yes])
    expect(met).toBeLessThan(alone.reduce((sum, { states }) => sum + states, 0) / 2)
  },
)
