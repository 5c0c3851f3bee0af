// `node scripts/pack-recorded-answers.mjs FOLDER`: packs what the kernel itself answered about each entry of the page tables
// FOLDER/{xen,bare}/ptes_*.csv into conform/data/6.1/answers.csv.br. Rows that are alike are there once, with their number.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotli } from './brotli.mjs'
import { readCsv } from './csv.mjs'
import { ROOT } from './run.mjs'

/** The word in memory, Linux's value of it, and what Linux said of it. */
const COLUMNS = ['level', 'raw', 'val', 'leaf', 'k_present', 'k_protnone', 'special', 'pfn']
const LARGEST = 60_000

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node scripts/pack-recorded-answers.mjs FOLDER')
  process.exit(2)
}

/** @type {Map<string, number>} */
const rows = new Map()
let sum = 0
for (const machine of ['bare', 'xen']) {
  for (const name of readdirSync(join(folder, machine))
    .filter((each) => /^ptes_.*\.csv$/.test(each))
    .toSorted()) {
    const lines = readFileSync(join(folder, machine, name), 'utf8').split('\n')
    for (const row of readCsv(lines.filter((line) => !line.startsWith('#')).join('\n'))) {
      const short = COLUMNS.map((column) => (row[column] ?? '').replace(/^0x0*(?=.)/, ''))
      const key = [machine, ...short].join(',')
      rows.set(key, (rows.get(key) ?? 0) + 1)
      sum++
    }
  }
}
const text = `${['machine', ...COLUMNS, 'entries'].join(',')}\n${[...rows]
  .map(([key, count]) => `${key},${count}\n`)
  .toSorted()
  .join('')}`
const packed = brotli(Buffer.from(text))
writeFileSync(join(ROOT, 'conform', 'data', '6.1', 'answers.csv.br'), packed)
console.log(`${sum} entries, ${rows.size} rows, ${text.length} bytes, packed ${packed.length}`)
process.exitCode = packed.length <= LARGEST ? 0 : 1
