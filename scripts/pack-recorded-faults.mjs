// `node scripts/pack-recorded-faults.mjs FOLDER`: packs the recorded runs of 2015's kernels in FOLDER into conform/data.
// transitions.csv and loop_matrix.csv are kept whole. The runs' RUN.faults.csv become one table with the run in its first
// column: of faults that repeat the one before them in all but number and time the first of the series is kept, and of the
// columns those that are read.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotli } from './brotli.mjs'
import { readCsv } from './csv.mjs'
import { ROOT } from './run.mjs'

/** What conform reads (src/decode/recorded-fault.ts), in its order. */
const COLUMNS = 'pid scenario rep src addr region page cpu ec lvl0 lvl1 pte0_raw pte0_val pte1_raw pte1_val want_raw'
  .split(' ')
  .concat('vm_flags vm_page_prot file_backed nid0 nid1 mapc0 mapc1 path'.split(' '))
const COUNTS = ['rep', 'cpu']
const SUFFIX = '.faults.csv'
const LARGEST_SUM = 80_000

/** The faults of a run without those that say nothing new. */
function fold(/** @type {import('./csv.mjs').Row[]} */ rows) {
  const last = new Map()
  return rows.filter((row) => {
    const says = COLUMNS.filter((name) => !COUNTS.includes(name))
      .map((name) => row[name])
      .join()
    const node = Math.floor(Number(row.cpu) / 2)
    const series = `${row.pid} ${row.src}`
    if (last.get(series) === `${says} ${node}`) return false
    last.set(series, `${says} ${node}`)
    return true
  })
}

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node scripts/pack-recorded-faults.mjs FOLDER')
  process.exit(2)
}

const runs = readdirSync(folder)
  .filter((name) => name.endsWith(SUFFIX))
  .sort()
const faults = runs.flatMap((name) =>
  fold(readCsv(readFileSync(join(folder, name), 'utf8'))).map((row) =>
    [name.slice(0, -SUFFIX.length), ...COLUMNS.map((column) => row[column])].join(),
  ),
)
const tables = new Map([
  ['transitions.csv', readFileSync(join(folder, 'transitions.csv'))],
  ['loop_matrix.csv', readFileSync(join(folder, 'loop_matrix.csv'))],
  ['recorded-faults.csv', Buffer.from(`${[['run', ...COLUMNS].join(), ...faults].join('\n')}\n`)],
])
let sum = 0
for (const [name, bytes] of tables) {
  const packed = brotli(bytes)
  writeFileSync(join(ROOT, 'conform', 'data', `${name}.br`), packed)
  console.log(`${name}: ${bytes.length} bytes, packed ${packed.length}`)
  sum += packed.length
}
console.log(`${sum} bytes in all`)
process.exitCode = sum <= LARGEST_SUM ? 0 : 1
