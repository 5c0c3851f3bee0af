// Reads how many single tests passed and failed out of the JSON reports of Vitest and Playwright.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

/** Where each runner leaves its report. */
export const REPORTS = { vitest: '.cache/unit.json', playwright: '.cache/e2e.json' }

/**
 * The counts in one runner's report. Flaky counts as failed; skipped counts as nothing and is named.
 * @param {keyof typeof REPORTS} runner
 */
function counts(runner) {
  const report = JSON.parse(readFileSync(join(ROOT, REPORTS[runner]), 'utf8'))
  if (runner === 'vitest') {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
  }
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky, skipped }
}

/**
 * The verdict on a test run. No report, no test at all, or a bad exit without a failed test is one failure.
 * @param {keyof typeof REPORTS} runner
 * @param {number} status the runner's exit status
 */
export function readReport(runner, status) {
  try {
    const { passed, failed, skipped } = counts(runner)
    const note = skipped ? `${skipped} skipped` : ''
    if (failed === 0 && status !== 0) return { passed, failed: 1, note: 'the runner itself failed, see above' }
    if (passed + failed === 0) return { passed, failed: 1, note: 'saw no tests' }
    return { passed, failed, note }
  } catch {
    return { passed: 0, failed: 1, note: 'left no report' }
  }
}
