// Starting other programs the same way on every system. Built-ins only: used before anything is installed.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository; every program is started there. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * @typedef {object} RunOptions
 * @property {number} [timeout] milliseconds until the program is stopped
 * @property {NodeJS.ProcessEnv} [env] variables on top of the present ones
 */

/**
 * Shows the command, runs it with its output on the screen, and says whether it succeeded.
 * @param {string[]} command
 * @param {RunOptions} [options]
 */
export function run([program = '', ...args], { timeout, env } = {}) {
  console.log(`> ${program} ${args.join(' ')}`)
  const options = { cwd: ROOT, stdio: /** @type {const} */ ('inherit'), env: { ...process.env, ...env } }
  return spawnSync(program, args, timeout === undefined ? options : { ...options, timeout }).status === 0
}

/**
 * Runs npm by the same Node, so that no shell is needed on Windows; falls back to the npm on PATH.
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runNpm(args, options) {
  const npm = process.env.npm_execpath
  return run(npm?.endsWith('.js') ? [process.execPath, npm, ...args] : ['npm', ...args], options)
}

/**
 * Runs an installed tool, such as tsc or playwright.
 * @param {string} name
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runTool(name, args, options) {
  return run(toolCommand(name, args), options)
}

/** Tools whose package has another name than they have. */
const PACKAGE_OF = new Map([
  ['tsc', 'typescript'],
  ['depcruise', 'dependency-cruiser'],
  ['stryker', '@stryker-mutator/core'],
])

/**
 * The command that starts an installed tool by Node itself: no shell, no .cmd files.
 * @param {string} tool
 * @param {string[]} args
 */
export function toolCommand(tool, args) {
  const manifest = join(ROOT, 'node_modules', PACKAGE_OF.get(tool) ?? tool, 'package.json')
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return [process.execPath, join(dirname(manifest), typeof bin === 'string' ? bin : bin[tool]), ...args]
}
