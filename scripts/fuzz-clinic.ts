// `npm run fuzz:clinic`: reads a million random and mutated pastes in the Clinic, and fails on one that throws, takes more than 50 ms
// a kilobyte or comes out wrong. A seed that fails belongs into FAILED in test/clinic-fuzz.test.ts.
//   -- COUNT [FIRST]   so many pastes, from this seed on
import { readFileSync } from 'node:fs'
import { chanceFrom, randomPaste, wrongIn } from './clinic-pastes'
import { samplesIn } from '../src/clinic/samples'

const [count = 1_000_000, first = 1] = process.argv.slice(2).map(Number)
const SEEDS = samplesIn(readFileSync(new URL('../src/clinic/samples.txt', import.meta.url), 'utf8')).map(
  ({ text }) => text,
)
/** Every so manieth paste is run on the machine as well. */
const DEEP = 500
const SLOWEST = 50

let failed = 0
let read = 0
let pauses = 0
let characters = 0
let slowest = { perKilobyte: 0, seed: 0 }
const started = performance.now()

for (let seed = first; seed < first + count; seed++) {
  const text = randomPaste(chanceFrom(seed), SEEDS)
  const deep = seed % DEEP === 0
  const from = performance.now()
  let wrong: string | null
  try {
    wrong = wrongIn(text, deep)
  } catch (error) {
    wrong = error instanceof Error ? (error.stack ?? error.message) : String(error)
  }
  const perKilobyte = deep ? 0 : (performance.now() - from) / Math.max(1, text.length / 1024)
  if (perKilobyte > SLOWEST) {
    const own = ownTime(text)
    if (own > SLOWEST) wrong ??= `${own.toFixed(0)} ms a kilobyte`
    else pauses++
  } else if (perKilobyte > slowest.perKilobyte) slowest = { perKilobyte, seed }
  characters += text.length
  read++
  if (wrong === null) continue
  console.error(`seed ${seed}: ${wrong}\n${JSON.stringify(text.slice(0, 400))}`)
  if (++failed >= 10) break
}

const seconds = (performance.now() - started) / 1000
console.log(
  `${read.toLocaleString('en')} pastes, ${(characters / 2 ** 20).toFixed(0)} MB, in ${seconds.toFixed(0)} s (${((seconds * 1e3) / (characters / 1024)).toFixed(2)} ms a kilobyte); ` +
    `slowest ${slowest.perKilobyte.toFixed(1)} ms a kilobyte (seed ${slowest.seed}); ${pauses} interrupted by other processes; ${failed} failed`,
)
process.exitCode = failed > 0 ? 1 : 0

/** Milliseconds of the processor's time a kilobyte, the best of a few: other processes and the collector are not the reader's. */
function ownTime(text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const from = process.cpuUsage()
    wrongIn(text, false)
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1000 / Math.max(1, text.length / 1024)
  })
  return Math.min(...times)
}
