// `node scripts/pack-oracle.mjs FOLDER`: compresses the golden tables in FOLDER into conform/data. Of the longest two only
// every 40th row is kept; each packed file unfolds to the very bytes it was made from.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotli } from './brotli.mjs'
import { ROOT } from './run.mjs'

/**
 * @typedef {object} Sample
 * @property {number} head lines at the beginning that are no rows
 * @property {number} step one row of so many is kept
 */

/** The tables; `null`: whole. */
const TABLES = new Map(
  /** @type {[string, Sample | null][]} */ ([
    ['predicates-A.csv', null],
    ['predicates-B.csv', null],
    ['predicates-C.csv', null],
    ['predicates-Csd.csv', null],
    ['predicates-D.csv', null],
    ['steps.jsonl', null],
    ['init-states.csv', null],
    ['verdicts.csv', { head: 1, step: 40 }],
    ['cases.jsonl', { head: 0, step: 40 }],
  ]),
)
const LARGEST_SUM = 350_000

/** The rows that are kept, as bytes. */
function sample(/** @type {Buffer} */ bytes, /** @type {Sample} */ { head, step }) {
  const lines = bytes.toString('utf8').trimEnd().split('\n')
  const kept = lines.filter((_, index) => index < head || (index - head) % step === 0)
  return Buffer.from(`${kept.join('\n')}\n`)
}

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node scripts/pack-oracle.mjs FOLDER')
  process.exit(2)
}

const target = join(ROOT, 'conform', 'data')
mkdirSync(target, { recursive: true })
let sum = 0
for (const [name, part] of TABLES) {
  const whole = readFileSync(join(folder, name))
  const bytes = part ? sample(whole, part) : whole
  const packed = brotli(bytes)
  writeFileSync(join(target, `${name}.br`), packed)
  console.log(`${name}: ${bytes.length} bytes, packed ${packed.length}`)
  sum += packed.length
}
console.log(`${sum} bytes in all`)
process.exitCode = sum <= LARGEST_SUM ? 0 : 1
