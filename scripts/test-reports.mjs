// Reads how many single tests passed and failed out of the JSON reports of Vitest and Playwright.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

/** Where each runner leaves its report. */
export const REPORTS = { vitest: '.cache/unit.json', playwright: '.cache/e2e.json' }

/**
 * What became of the single tests of one run.
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed flaky ones are among them
 * @property {number} skipped counts as nothing, and is named
 * @property {string[]} trouble a line for each failure: the test, and what it said
 */

/**
 * The counts in one runner's report.
 * @param {keyof typeof REPORTS} runner
 * @returns {Counts}
 */
function counts(runner) {
  const report = JSON.parse(readFileSync(join(ROOT, REPORTS[runner]), 'utf8'))
  return runner === 'vitest' ? countsOfVitest(report) : countsOfPlaywright(report)
}

/** @returns {Counts} */
function countsOfVitest(/** @type {any} */ report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report
  const trouble = testResults
    .flatMap((/** @type {any} */ file) => file.assertionResults)
    .filter((/** @type {any} */ test) => test.status === 'failed')
    .map((/** @type {any} */ test) => `failed: ${test.fullName}: ${shortened(test.failureMessages[0])}`)
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests, trouble }
}

/** @returns {Counts} */
function countsOfPlaywright(/** @type {any} */ report) {
  const { expected, unexpected, flaky, skipped } = report.stats
  const trouble = specsIn(report).flatMap((spec) =>
    spec.tests
      .filter((/** @type {any} */ test) => test.status === 'unexpected' || test.status === 'flaky')
      .map(
        (/** @type {any} */ test) =>
          `failed: ${spec.file}: ${spec.title}: ${shortened(test.results[0]?.error?.message)}`,
      ),
  )
  return { passed: expected, failed: unexpected + flaky, skipped, trouble }
}

/** All specs below a suite of Playwright's report. @returns {any[]} */
function specsIn(/** @type {any} */ { suites = [], specs = [] }) {
  return [...specs, ...suites.flatMap(specsIn)]
}

/** An error's message in one line of the screen. */
function shortened(/** @type {string | undefined} */ message = 'it said nothing') {
  const line = stripColours(message).replaceAll(/\s+/g, ' ')
  return line.length > 400 ? `${line.slice(0, 400)} …` : line
}

/** The text without the escape codes that colour it. */
export function stripColours(/** @type {string} */ text) {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '')
}

/**
 * The verdict on a test run. No report, no test at all, or a bad exit without a failed test is one failure.
 * @param {keyof typeof REPORTS} runner
 * @param {number} status the runner's exit status
 * @returns {{ passed: number, failed: number, note: string, trouble?: string[] }}
 */
export function readReport(runner, status) {
  try {
    const { passed, failed, skipped, trouble } = counts(runner)
    const note = skipped ? `${skipped} skipped` : ''
    if (failed === 0 && status !== 0) return { passed, failed: 1, note: 'the runner itself failed, see above', trouble }
    if (passed + failed === 0) return { passed, failed: 1, note: 'saw no tests' }
    return { passed, failed, note, trouble }
  } catch {
    return { passed: 0, failed: 1, note: 'left no report' }
  }
}
