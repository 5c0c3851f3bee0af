// `node scripts/pack-recorded-steps.mjs FOLDER`: packs the recorded steps of Linux 6.1 in FOLDER/{bare,xen} and the experiment
// with the fix undone in FOLDER/pre_fix_experiment/{bare,xen}: the files whole into conform/data, for the tests, and what the
// app opens of them into src/decode/recorded-steps.txt. docs/recorded-steps-format.md describes the format. The same
// recordings give the same bytes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { brotli } from './brotli.mjs'
import { readCsv } from './csv.mjs'
import { ROOT } from './run.mjs'

/**
 * @typedef {Record<string, string | number>} Walk
 * @typedef {{ error_code: string }} Fault
 * @typedef {{ kind: string, raw: string }} Request
 * @typedef {{ n: number, pid: number, label: string, op: string, va: string, before: Walk, after: Walk,
 *   signal: { err: string, si_code: number } | null, faults_on_page: Fault[], xen_pte_writes_on_page: Request[] }} Step
 * @typedef {{ n: number, case: string, patched: number, op: string, va: string, before: Walk, after: Walk, signal: number,
 *   sig_err: string, took_s: number, numa_hint_faults_delta: number, faults_on_page: number,
 *   error_codes: Record<string, number> }} Case
 * @typedef {{ ms_asked: number, va: string, before: Walk, after: Walk, cow_write_took_s: number,
 *   numa_hint_faults_delta: number }} Result
 */

const MACHINES = ['xen', 'bare']
const LARGEST = { data: 40_000, gzip: 15_000 }

/** Files for the tests, whole. */
const FILES = MACHINES.flatMap((machine) => [
  `${machine}/faults_steps.jsonl`,
  `${machine}/faults_numa.jsonl`,
  ...['cases.jsonl', 'result.jsonl', 'faults_control.csv', 'faults_patched_1000ms.csv'].map(
    (name) => `pre_fix_experiment/${machine}/${name}`,
  ),
])

const PSE = 0x80n
const digits = (/** @type {string | number | undefined} */ hex) => BigInt(hex ?? 0).toString(16)

/** `word` or `word:frame`; `-` for a walk that found nothing; `M` before the word of a huge page. */
function entry(/** @type {Walk} */ walk) {
  if (!('pte_raw' in walk)) {
    const pmd = BigInt(walk.pmd_raw ?? 0)
    return pmd & PSE ? `M${digits(walk.pmd_raw)}` : '-'
  }
  const word = digits(walk.pte_raw)
  if (word === '0') return '-'
  return walk.k_present === 1 ? `${word}:${digits(walk.pfn)}` : word
}

const list = (/** @type {string[]} */ parts) => parts.join() || '-'
const REQUEST = new Map([
  ['xen_mmu_set_pte', 's'],
  ['xen_mmu_ptep_modify_prot_start', 'p'],
  ['xen_mmu_ptep_modify_prot_commit', 'c'],
])

function stepLine(/** @type {string} */ kind, /** @type {Step} */ step, /** @type {number} */ parent) {
  const { n, label, op, va, signal } = step
  return [
    kind,
    n,
    label,
    op,
    digits(va),
    step.pid === parent ? 0 : 1,
    entry(step.before),
    entry(step.after),
    list(step.faults_on_page.map(({ error_code }) => digits(error_code))),
    signal ? `${digits(signal.err)}/${signal.si_code}` : '-',
    list(step.xen_pte_writes_on_page.map(({ kind: call, raw }) => REQUEST.get(call) + digits(raw))),
  ].join(' ')
}

const OPERATION = new Map([
  ['r', 'read'],
  ['w', 'write'],
  ['x', 'exec'],
])

function caseLine(/** @type {Case} */ each) {
  return [
    'case',
    each.n,
    each.case,
    OPERATION.get(each.op),
    digits(each.va),
    entry(each.before),
    entry(each.after),
    list(Object.keys(each.error_codes).map(digits)),
    each.signal ? digits(each.sig_err) : '-',
    each.patched,
    each.faults_on_page,
    each.numa_hint_faults_delta,
    Math.round(each.took_s * 1000),
  ].join(' ')
}

/** The one long access, with the faults of its page out of the list beside it. */
function resultLine(/** @type {Result} */ result, /** @type {number} */ index, /** @type {string} */ folder) {
  const { ms_asked: ms, va } = result
  const name = ms === 0 ? 'faults_control.csv' : `faults_patched_${ms}ms.csv`
  const faults = readCsv(readFileSync(join(folder, name), 'utf8')).filter(
    ({ event, address }) => event === 'page_fault_user' && address === va,
  )
  const places = new Set(faults.map(({ ip }) => ip))
  if (places.size !== 1) throw new Error(`${name}: the faults at ${va} come from ${places.size} instructions.`)
  return [
    'long',
    index + 1,
    'cow-after-fork-write',
    'write',
    digits(va),
    entry(result.before),
    entry(result.after),
    list([...new Set(faults.map(({ error_code }) => digits(error_code)))]),
    '-',
    ms > 0 ? 1 : 0,
    faults.length,
    result.numa_hint_faults_delta,
    Math.round(result.cow_write_took_s * 1000),
  ].join(' ')
}

/** @template Line @returns {Line[]} */
const jsonLines = (/** @type {string} */ file) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

/** All of one machine, a line each. */
function recording(/** @type {string} */ folder, /** @type {string} */ machine) {
  /** @type {Step[]} */
  const steps = jsonLines(join(folder, machine, 'faults_steps.jsonl'))
  /** @type {Step[]} */
  const hints = jsonLines(join(folder, machine, 'faults_numa.jsonl'))
  const experiment = join(folder, 'pre_fix_experiment', machine)
  /** @type {Case[]} */
  const cases = jsonLines(join(experiment, 'cases.jsonl'))
  /** @type {Result[]} */
  const results = jsonLines(join(experiment, 'result.jsonl'))
  return [
    `machine ${machine}`,
    ...steps.map((step) => stepLine('step', step, steps[0]?.pid ?? 0)),
    ...hints.map((step) => stepLine('hint', step, hints[0]?.pid ?? 0)),
    ...cases.map(caseLine),
    ...results.map((result, index) => resultLine(result, index, experiment)),
  ]
}

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node scripts/pack-recorded-steps.mjs FOLDER')
  process.exit(2)
}

let sum = 0
for (const name of FILES) {
  const packed = brotli(readFileSync(join(folder, name)))
  const target = join(ROOT, 'conform', 'data', '6.1', `${name}.br`)
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, packed)
  sum += packed.length
}
const text = `${['one-bit-two-names steps 1', ...MACHINES.flatMap((machine) => recording(folder, machine))].join('\n')}\n`
writeFileSync(join(ROOT, 'src', 'decode', 'recorded-steps.txt'), text)
const gzip = gzipSync(text, { level: 9 }).length
console.log(
  `${FILES.length} files for the tests, ${sum} bytes packed; for the app ${text.length} bytes, ${gzip} with gzip`,
)
process.exitCode = sum <= LARGEST.data && gzip <= LARGEST.gzip ? 0 : 1
