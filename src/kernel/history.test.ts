import { expect, test } from 'vitest'
import { COMMITS, hasHistory, historyOf } from './history'
import { KERNELS, v3_14, v3_20_rc0, v6_1, v6_1_undone, withPaintedTest } from './variants'

test('each commit is told once: its id, its tree, and whether the id was recalled', () => {
  expect(COMMITS.length).toBeGreaterThan(10)
  expect(new Set(COMMITS.map(({ id }) => id)).size).toBe(COMMITS.length)
  for (const { id, what } of COMMITS) {
    expect(id).toMatch(/^[0-9a-f]{12}$/)
    expect(what).toMatch(/\.$/)
  }
  expect(COMMITS.filter(({ tree }) => tree === 'xen').map(({ id }) => id)).toEqual(['6f562e72cdc4', 'eb976b2e4a96'])
  expect(COMMITS.filter(({ tree }) => tree !== 'xen').every(({ tree }) => tree === 'linux')).toBe(true)
  expect(COMMITS.filter(({ recalled }) => recalled).map(({ id }) => id)).toEqual([
    'e944fd67b625',
    'c819f37e7e17',
    'c0e7cad9f2ae',
    '30b5c851af79',
    '6b28baca9b1f',
    'f22cc87f6c1f',
  ])
  expect(COMMITS.every(({ recalled }) => recalled !== (false as never))).toBe(true)
})

test('[PT2] the kernels of the story come by the commits of the series, the fix, and what followed', () => {
  expect(
    KERNELS.map((kernel) => [kernel.id, historyOf(kernel).at.slice(0, 9), historyOf(kernel).commits.length]),
  ).toEqual([
    ['3.19', 'v3.19', 1],
    ['8a05', '8a0516ed8', 3],
    ['rc0', 'v4.0-rc1', 5],
    ['rc1', 'v4.0-rc1', 1],
    ['4.0', 'v4.0', 1],
    ['6.1', 'v6.1', 3],
  ])
  // The bisected commit and the fix are the last of their kernels.
  expect(historyOf(KERNELS[1]!).commits.at(-1)).toBe('8a0516ed8b90')
  expect(historyOf(KERNELS[3]!).commits).toEqual(['e3a1f6cac1fe'])
  expect(historyOf(KERNELS[4]!).commits).toEqual(['b191f9b106ea'])
  const told = KERNELS.flatMap((kernel) => historyOf(kernel).commits)
  expect(told.filter((id) => !COMMITS.some((commit) => commit.id === id))).toEqual([])
})

test('a kernel beside the story has a history of its own; a painted one is 3.20-rc0 but for its test', () => {
  expect(historyOf(v3_14)).toEqual({ at: 'v3.14', commits: [] })
  expect(historyOf(v6_1_undone)).toEqual({ ...historyOf(v6_1), commits: [] })
  expect(historyOf(v6_1_undone).note).toMatch(/4\.0/)
  expect(historyOf(withPaintedTest(3))).toBe(historyOf(v3_20_rc0))
  expect(historyOf(v3_20_rc0).note).toMatch(/no tag/)
  expect([...KERNELS, v3_14, v6_1_undone].every(hasHistory)).toBe(true)
  expect(hasHistory(withPaintedTest(3))).toBe(false)
})
