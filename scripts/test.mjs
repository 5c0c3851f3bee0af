// `npm test`: runs every gate, one after the other, and ends with one table and one line of sums.
import './check-node.mjs'
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { installDependencies } from './dependencies.mjs'
import { freePort } from './free-port.mjs'
import { gates } from './gates.mjs'
import { ROOT } from './run.mjs'
import { REPORTS, readReport, stripColours } from './test-reports.mjs'

/** @typedef {import('./gates.mjs').Gate} Gate */

/**
 * What became of one gate.
 * @typedef {object} Outcome
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} seconds
 * @property {string} note
 * @property {string[]} [trouble] lines to print below the table
 */

/**
 * Runs a command, shows its output as it comes, and returns its exit status with all that it said.
 * @param {string[]} command
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ status: number, said: string }>}
 */
function runAndListen([program = '', ...args], env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    let said = ''
    const listen = (/** @type {NodeJS.WriteStream} */ screen) => (/** @type {Buffer} */ chunk) => {
      said += chunk
      screen.write(chunk)
    }
    child.stdout.on('data', listen(process.stdout))
    child.stderr.on('data', listen(process.stderr))
    child.on('error', (error) => resolve({ status: 1, said: String(error) }))
    child.on('close', (status) => resolve({ status: status ?? 1, said }))
  })
}

/**
 * Runs one gate to its verdict. A gate that looked at nothing has failed.
 * @param {Gate} gate
 * @returns {Promise<Omit<Outcome, 'name' | 'seconds'>>}
 */
async function judge({ command, sees, tests, env }) {
  const { status, said } = await runAndListen(command(), env)
  if (tests) return readReport(tests, status)
  const [sight = '', count] = (sees && stripColours(said).match(sees)) ?? []
  const sawNothing = sees && !(Number(count) > 0)
  const good = status === 0 && !sawNothing
  return { passed: good ? 1 : 0, failed: good ? 0 : 1, note: sawNothing ? 'saw nothing to check' : sight }
}

/**
 * Runs one gate, unless one that it needs has failed, and times it.
 * @param {Gate} gate
 * @param {Outcome[]} before
 * @returns {Promise<Outcome>}
 */
async function pass(gate, before) {
  const { name, needs = [] } = gate
  console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`)
  const missing = before.find((outcome) => needs.includes(outcome.name) && outcome.failed > 0)
  if (missing) return { name, passed: 0, failed: 1, seconds: 0, note: `not run: ${missing.name} failed` }
  const began = performance.now()
  const verdict = await judge(gate)
  return { name, ...verdict, seconds: (performance.now() - began) / 1000 }
}

/** Installs what is locked; nothing else can run without it. */
function install() {
  const began = performance.now()
  const good = installDependencies()
  const seconds = (performance.now() - began) / 1000
  return { name: 'install', passed: good ? 1 : 0, failed: good ? 0 : 1, seconds, note: good ? '' : 'npm ci failed' }
}

/** Prints the table, the single tests that made trouble, and the sums; the last line is `N passed, M failed`. */
function conclude(/** @type {Outcome[]} */ outcomes) {
  console.log(`\n${'─'.repeat(64)}`)
  for (const { name, passed, failed, seconds, note } of outcomes) {
    const counts = `${passed} passed, ${failed} failed`
    console.log(
      `${failed ? 'FAIL' : 'ok  '}  ${name.padEnd(9)}${seconds.toFixed(1).padStart(7)} s  ${counts.padEnd(22)}  ${note}`,
    )
  }
  for (const line of outcomes.flatMap(({ trouble = [] }) => trouble)) console.log(`\n${line}`)
  const sum = (/** @type {'passed' | 'failed'} */ key) => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
  process.exitCode = sum('failed') === 0 ? 0 : 1
}

mkdirSync(join(ROOT, '.cache'), { recursive: true })
for (const report of Object.values(REPORTS)) rmSync(join(ROOT, report), { force: true })

/** @type {Outcome[]} */
const outcomes = [install()]
if (outcomes[0]?.failed === 0) {
  for (const gate of gates(await freePort())) outcomes.push(await pass(gate, outcomes))
}
conclude(outcomes)
