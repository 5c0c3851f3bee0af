// What the kill suite takes for vitest while mutants are run: the few words of it that these tests use, in the process
// itself. `expect` is vitest's own.
import { createHash } from 'node:crypto'
import { ASYMMETRIC_MATCHERS_OBJECT, chai, JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect'

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)

/** @param {string} text */
const hash = (text) => createHash('sha256').update(text).digest('hex').slice(0, 8)

/** @typedef {{ id: string, run: () => unknown }} Test */
/** @typedef {(...values: unknown[]) => unknown} Body */

/** A stand-in for the module 'vitest', and the list that its tests come to. */
export function makeHarness() {
  /** @type {Test[]} */
  const tests = []
  const ids = new Set()
  /** @type {string[]} */
  let path = []

  /** @type {(name: string, body: Body, values: readonly unknown[]) => void} */
  const add = (name, body, values) => {
    // A test that reads otherwise than in the run before is another test: its verdicts are not taken over.
    const id = `${[...path, name].join(' > ')} #${hash(body.toString())}`
    // Two rows of a table may read the same.
    let unique = id
    for (let count = 2; ids.has(unique); count++) unique = `${id} (${count})`
    ids.add(unique)
    tests.push({ id: unique, run: () => body(...values) })
  }
  /** @type {(table: readonly unknown[]) => (name: string, body: Body) => void} */
  const each = (table) => (name, body) => {
    for (const row of table) {
      const values = Array.isArray(row) ? row : [row]
      add(`${name} ${JSON.stringify(values).slice(0, 200)}`, body, values)
    }
  }
  const test = Object.assign((/** @type {string} */ name, /** @type {Body} */ body) => add(name, body, []), { each })
  /** @type {(name: string, body: () => void) => void} */
  const describe = (name, body) => {
    const outer = path
    path = [...outer, name]
    body()
    path = outer
  }
  const expect = Object.assign(
    (/** @type {unknown} */ value, /** @type {string | undefined} */ message) => chai.expect(value, message),
    chai.expect,
    Reflect.get(globalThis, ASYMMETRIC_MATCHERS_OBJECT),
  )
  return { tests, vitest: { describe, test, it: test, expect } }
}
