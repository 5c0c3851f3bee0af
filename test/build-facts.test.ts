import { afterEach, expect, test, vi } from 'vitest'
import packageJson from '../package.json'
import { readBuildFacts } from '../scripts/build-facts.mjs'

afterEach(() => vi.unstubAllEnvs())

test('a build tells its version, and no more of its commit than there is', () => {
  const { version, date, commit } = readBuildFacts()
  expect(version).toBe(packageJson.version)
  expect(date === null ? '0000-00-00' : date).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(commit === null ? '0' : commit).toMatch(/^[0-9a-f]+$/)
})

test('the day that reproducible builds set wins', () => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '1424304000')
  expect(readBuildFacts().date).toBe('2015-02-19')
})

test('without git and without a day set, there is no day', () => {
  vi.stubEnv('SOURCE_DATE_EPOCH', '')
  vi.stubEnv('PATH', '')
  expect(readBuildFacts()).toEqual({ version: packageJson.version, date: null, commit: null })
})
