// `npm run explore`: what the explorer finds, written into docs/explored.md. What is large is explored with `-- --big` only; without it
// its lines stay as they are.
//   -- --check  compares with the page and writes nothing
//   -- --json   prints one line of JSON for each world, with states, transitions, seconds and bytes, and writes nothing
//   -- rights   (any words) only worlds whose model, kernel or machine is named; the lines of the others stay
import { readFileSync, writeFileSync } from 'node:fs'
import { BIG_WORLDS, rowOf, WORLDS, type Row, type World } from './explored-rows'
import { cellsOf, differences, keyOf, linesOf, PAGE, pageFrom } from './explored-table'

const words = process.argv.slice(2)
const options = new Set(words.filter((word) => word.startsWith('--')))
const named = words.filter((word) => !word.startsWith('--'))

const isNamed = ({ model, kernel, machine }: World): boolean =>
  named.every((word) => word === model || word === kernel || word === machine)

const wanted = (options.has('--big') ? [...WORLDS, ...BIG_WORLDS] : WORLDS).filter(isNamed)
if (wanted.length === 0) throw new Error(`There is no world called “${named.join(' ')}”.`)

const rounded = (value: number): number => Number(value.toPrecision(4))

/** What is told of a row as it is. */
const TOLD = [
  'model',
  'kernel',
  'machine',
  'state',
  'states',
  'transitions',
  'statesReduced',
  'statesRenamed',
  'depth',
] as const satisfies readonly (keyof Row)[]

/** A row for comparison with other model checkers: sizes, time and memory, and verdicts by property. */
const jsonOf = (row: Row): string =>
  JSON.stringify({
    ...Object.fromEntries(TOLD.map((key) => [key, row[key]])),
    seconds: rounded(row.seconds),
    statesPerSecond: Math.round(row.states / row.seconds),
    peakBytes: row.peakBytes,
    bytesPerState: rounded(row.peakBytes / row.states),
    processPeakBytes: process.resourceUsage().maxRSS * 1024,
    verdicts: Object.fromEntries(row.verdicts.map(({ property, holds }) => [property, holds])),
  })

const lines = new Map<string, readonly string[]>()
for (const world of wanted) {
  const row = rowOf(world)
  lines.set(keyOf(world), cellsOf(row))
  console.log(options.has('--json') ? jsonOf(row) : `${keyOf(world).padEnd(20)} ${cellsOf(row).slice(2).join('  ')}`)
}

if (options.has('--check')) {
  const changed = differences(linesOf(readFileSync(PAGE, 'utf8')), lines)
  for (const each of changed) console.error(each)
  console.log(`${lines.size} worlds explored, ${changed.length} differ from ${PAGE}`)
  process.exitCode = changed.length > 0 ? 1 : 0
} else if (!options.has('--json')) {
  const before = linesOf(readFileSync(PAGE, { encoding: 'utf8', flag: 'a+' }))
  writeFileSync(PAGE, await pageFrom([...WORLDS, ...BIG_WORLDS], new Map([...before, ...lines])))
  console.log(`${lines.size} worlds explored; ${PAGE} is written`)
}
