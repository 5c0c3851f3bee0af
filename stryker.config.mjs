// How `npm run mutation -- FOLDER` mutates one folder of the core. scripts/mutation.mjs names the folder.
const folder = process.env.MUTATION_FOLDER ?? 'arch'

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  testRunner: 'kill-suite',
  plugins: [new URL('scripts/mutation-runner.mjs', import.meta.url).pathname],
  mutate: [`src/${folder}/**/*.ts`, '!**/*.test.ts'],
  // Names and sentences are no rules.
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: `.cache/mutation/${folder}-incremental.json`,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  clearTextReporter: { allowColor: false, allowEmojis: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `.cache/mutation/${folder}.json` },
  tempDirName: '.cache/stryker',
  ignorePatterns: ['dist', '.cache', 'e2e', 'public', 'docs', 'tools'],
  concurrency: Number(process.env.MUTATION_WORKERS ?? 2),
  // A busy machine must kill nothing. What runs in a circle is found by counting, long before.
  timeoutMS: 60_000,
  timeoutFactor: 4,
  thresholds: { high: 95, low: 90, break: 90 },
}
