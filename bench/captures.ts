// `npm run bench:captures`: how long a recording takes to read, for each of its entries, from ten thousand to a million.
import { CaptureReader } from '../src/decode/capture-reader'
import { machineLine, median } from './measure'
import { largeRecording, wordsOnly } from './large-recording'

const SIZES = [10_000, 100_000, 1_000_000] as const
/** Characters that are read at a time, as the app reads a file. */
const PIECE = 2 ** 18
const ROUNDS = 7

/** Microseconds of the processor for each entry of a text that is read in pieces: the median of several rounds. */
function timePerEntry(text: string, entries: number): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const before = process.cpuUsage()
    const reader = new CaptureReader()
    for (let at = 0; at < text.length; at += PIECE) reader.feed(text.slice(at, at + PIECE))
    const result = reader.end()
    const { user, system } = process.cpuUsage(before)
    if (!result.ok || result.captures[0]!.entries.count !== entries) throw new Error('The text was not read whole.')
    return (user + system) / entries
  })
  return median(times)
}

console.log(machineLine())
console.log('Microseconds of the processor for each entry; × is the ratio to the shortest text.')
for (const [name, write] of [
  ['a line for each entry', largeRecording],
  ['a bare list of words', wordsOnly],
] as const) {
  console.log(`\n${name}`)
  timePerEntry(write(SIZES[1]), SIZES[1])
  const times = SIZES.map((size) => timePerEntry(write(size), size))
  for (const [index, size] of SIZES.entries()) {
    const ratio = (times[index]! / times[0]!).toPrecision(2)
    console.log(
      `  ${String(size).padStart(9)} entries ${times[index]!.toFixed(3).padStart(9)} µs ${ratio.padStart(6)} ×`,
    )
  }
}
