// The gates of `npm test`, in order. `sees` finds the count of what a gate looked at: nothing seen is a failure.
import { toolCommand } from './run.mjs'

/**
 * @typedef {object} Gate
 * @property {string} name
 * @property {() => string[]} command asked for only when it runs, for the tools are installed by then
 * @property {RegExp} [sees] its first group, in the command's output, is a number above zero
 * @property {string[]} [needs] gates that must have passed before
 * @property {'vitest' | 'playwright'} [tests] counts as its single tests, which this runner reports
 * @property {Record<string, string>} [env] variables for the command
 */

const LINTED = [
  'src',
  'test',
  'conform',
  'e2e',
  'bench',
  'scripts',
  'tools',
  'vite.config.ts',
  'playwright.config.ts',
  'stryker.config.mjs',
]

/**
 * A command that runs one of our own scripts.
 * @param {string} name
 */
const script = (name) => () => [process.execPath, `scripts/${name}.mjs`]

/**
 * A command that runs an installed tool.
 * @param {string} tool
 * @param {string[]} args
 */
const tool =
  (tool, ...args) =>
  () =>
    toolCommand(tool, args)

/**
 * All gates after the installation.
 * @param {number} port where the browser tests serve the app
 * @returns {Gate[]}
 */
export function gates(port) {
  return [
    { name: 'format', command: script('check-format'), sees: /(\d+) files looked at/ },
    { name: 'lint', command: tool('oxlint', '--deny-warnings', ...LINTED), sees: /on (\d+) files/ },
    { name: 'types', command: script('types'), sees: /tsconfig\.core\.json: (\d+) files/ },
    { name: 'lock', command: script('check-lock'), sees: /(\d+) locked packages/ },
    { name: 'layers', command: script('layers'), sees: /(\d+) modules/ },
    {
      name: 'unit',
      command: tool('vitest', 'run', '--reporter=default', '--reporter=json', '--outputFile.json=.cache/unit.json'),
      tests: 'vitest',
    },
    { name: 'build', command: tool('vite', 'build'), sees: /(\d+) modules transformed/ },
    { name: 'budget', command: script('budget'), sees: /(\d+) scripts/, needs: ['build'] },
    {
      name: 'specimens',
      command: tool('vite', 'build', '--mode', 'specimens'),
      sees: /(\d+) modules transformed/,
    },
    { name: 'browser', command: script('ensure-browser'), sees: /chromium: .* (\d+)\./ },
    {
      name: 'e2e',
      command: tool('playwright', 'test', '--reporter=list,json'),
      needs: ['build', 'specimens', 'browser'],
      tests: 'playwright',
      env: { E2E_PORT: String(port), PLAYWRIGHT_JSON_OUTPUT_NAME: '.cache/e2e.json' },
    },
  ]
}
