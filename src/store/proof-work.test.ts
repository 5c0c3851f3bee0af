import { afterEach, expect, test, vi } from 'vitest'
import { prove } from '../explore/proof'
import { work, type ProofMessage } from './proof-work'

afterEach(() => void vi.restoreAllMocks())

test('the first verdict is told at once, what comes soon after it together, and nothing is lost', async () => {
  // No time passes.
  vi.spyOn(performance, 'now').mockReturnValue(0)
  const told: ProofMessage[] = []
  await work({ do: 'prove' }, (message) => told.push(message), null)
  const batches = told.flatMap((message) => (message.kind === 'found' ? [message.found] : []))
  const results = [...prove()].filter(({ kind }) => kind !== 'busy')
  expect(batches[0]!.map(({ kind }) => kind)).toEqual(['met', 'explored'])
  expect(batches.length).toBe(2)
  expect(batches.flat()).toEqual(results)
  expect(told.at(-1)).toMatchObject({ kind: 'end' })
})
