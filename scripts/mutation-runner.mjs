// How Stryker runs the kill suite: bundled once, and loaded and run in this very process for each mutant. To start a test
// runner for each costs a second and more; this takes a tenth of one.
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core'
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin'
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner'
import fc from 'fast-check'
import { build } from 'vite'
import { makeHarness } from './mutation-harness.mjs'

/** @typedef {import('@stryker-mutator/api/test-runner').TestResult} TestResult */
/** @typedef {import('@stryker-mutator/api/test-runner').MutantRunOptions} MutantRunOptions */
/** @typedef {import('@stryker-mutator/api/test-runner').TestRunner} TestRunner */
/** @typedef {import('@stryker-mutator/api/core').InstrumenterContext} InstrumenterContext */
/** @typedef {import('./mutation-harness.mjs').Test} Test */

const SUITE = 'test/kill-suite.ts'
/** The one file that asks for its own place. */
const PLACED = 'conform/packed.ts'

// The same words for each mutant: its verdict is the same in every run.
fc.configureGlobal({ seed: 1 })

/** @implements {TestRunner} */
class KillSuiteRunner {
  /** @type {[]} */
  static inject = []

  /**
   * The mutated code finds here which mutant is switched on, and counts here what it comes by.
   * @type {InstrumenterContext}
   */
  state = {}
  /**
   * How many mutants each test has killed so far: those that killed most go first.
   * @type {Map<string, number>}
   */
  kills = new Map()
  /** @type {(require: (id: string) => unknown, file: string, exports: object, module: object) => void} */
  suite = () => undefined

  capabilities() {
    return { reloadEnvironment: true }
  }

  async init() {
    Reflect.set(globalThis, INSTRUMENTER_CONSTANTS.NAMESPACE, this.state)
    const built = await build({
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: SUITE,
        write: false,
        minify: false,
        rollupOptions: { treeshake: false, output: { format: 'cjs', codeSplitting: false } },
      },
    })
    const chunk = 'output' in built ? built.output[0] : undefined
    if (!chunk) throw new Error(`${SUITE} could not be bundled.`)
    this.suite = /** @type {typeof this.suite} */ (
      new Function('require', '__filename', 'exports', 'module', chunk.code)
    )
  }

  /**
   * The tests, of a core freshly loaded.
   * @returns {readonly Test[]}
   */
  loadTests() {
    const { tests, vitest } = makeHarness()
    const file = resolve(PLACED)
    const require = createRequire(file)
    const exports = {}
    this.suite((id) => (id === 'vitest' ? vitest : require(id)), file, exports, { exports })
    return tests
  }

  async dryRun() {
    Object.assign(this.state, { activeMutant: undefined, currentTestId: undefined })
    const tests = await this.run(this.loadTests(), false)
    return {
      status: /** @type {const} */ (DryRunStatus.Complete),
      tests,
      mutantCoverage: this.state.mutantCoverage ?? { static: {}, perTest: {} },
    }
  }

  /** @param {MutantRunOptions} options */
  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }) {
    Object.assign(this.state, { activeMutant: undefined, currentTestId: undefined, hitCount: 0, hitLimit })
    const switchOn = () => Object.assign(this.state, { activeMutant: activeMutant.id })
    if (mutantActivation === 'static') switchOn()
    /** @type {readonly Test[]} */
    let tests
    try {
      tests = this.loadTests()
    } catch (error) {
      // A core that cannot even be loaded is noticed.
      return this.verdict([failed('load', error, 0)])
    }
    switchOn()
    const wanted = testFilter && new Set(testFilter)
    const killsOf = (/** @type {{ id: string }} */ { id }) => this.kills.get(id) ?? 0
    const inOrder = tests.filter(({ id }) => wanted?.has(id) ?? true).sort((a, b) => killsOf(b) - killsOf(a))
    const results = await this.run(inOrder, true)
    const last = results.at(-1)
    if (last?.status === TestStatus.Failed) this.kills.set(last.id, killsOf(last) + 1)
    return this.verdict(results)
  }

  /** @param {TestResult[]} tests */
  verdict(tests) {
    const circles = determineHitLimitReached(this.state.hitCount, this.state.hitLimit)
    return toMutantRunResult(circles ?? { status: DryRunStatus.Complete, tests })
  }

  /**
   * @param {readonly Test[]} tests
   * @param {boolean} stopsAtFailure
   */
  async run(tests, stopsAtFailure) {
    /** @type {TestResult[]} */
    const results = []
    for (const { id, run } of tests) {
      this.state.currentTestId = id
      const began = performance.now()
      try {
        await run()
        results.push({ id, name: id, status: TestStatus.Success, timeSpentMs: performance.now() - began })
      } catch (error) {
        results.push(failed(id, error, performance.now() - began))
        if (stopsAtFailure) break
      }
    }
    delete this.state.currentTestId
    return results
  }
}

/** @type {(id: string, error: unknown, timeSpentMs: number) => TestResult} */
const failed = (id, error, timeSpentMs) => ({
  id,
  name: id,
  status: TestStatus.Failed,
  failureMessage: error instanceof Error ? error.message : String(error),
  timeSpentMs,
})

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'kill-suite', KillSuiteRunner)]
