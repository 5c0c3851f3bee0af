// `npm run bench`: how long the core takes, and how designs that reach the same compare.
import { same, type Pte } from '../src/arch/pte'
import { bareMetal } from '../src/kernel/bare-metal'
import { modify } from '../src/kernel/linux-pte'
import { PAGE_NONE } from '../src/kernel/protection'
import { v3_20_rc0 } from '../src/kernel/variants'
import { readCapture } from '../src/decode/capture-reader'
import { captureImage } from '../src/decode/capture-image'
import { capturedPages } from '../src/decode/captured-page'
import { Machine } from '../src/machine/machine'
import { scenarioById } from '../src/machine/scenario'
import { pageRow, pageRows } from '../src/trace/page-row'
import { replay } from '../src/trace/replay'
import { sceneAt } from '../src/trace/scene'
import { record, wordsAt } from '../src/trace/tape'
import { xenPv } from '../src/xen/pv'
import { modifyWide, narrow, wide } from './wide-entry'
import { longRun, RECORDED_TEXT, recordedProcess, SETTING } from './material'
import { compare, machineLine } from './measure'

const TICKS = 10_000
/** Rows of a long table that are in the document at a time. */
const ROWS_DRAWN = 48

const small = scenarioById('cow')!
const long = longRun(small, TICKS)
const { tape, machine } = long.playback
const recorded = recordedProcess()
const recordedScene = sceneAt(replay(recorded, SETTING, []), 0)
const capture = recorded.capture
const keptWords = wordsAt(tape, tape.ticks.length)

console.log(machineLine())
console.log('Medians; × is the ratio to the first line of a group.')

compare(`State after ${tape.ticks.length} ticks of ${long.choices.length} choices (${keptWords.length} words)`, [
  { name: 'replay from the notes (the app)', run: () => wordsAt(tape, tape.ticks.length) },
  { name: 'run the rules again, taking notes', run: () => record(machine, long.choices) },
  { name: 'copy a state that was kept', run: () => keptWords.slice() },
])

compare('A scene at the end of that tape', [
  { name: 'words and outcome (the app)', run: () => sceneAt(long.playback, tape.ticks.length) },
  { name: 'the words alone', run: () => wordsAt(tape, tape.ticks.length) },
])

compare('A machine', [
  {
    name: 'small process: image and machine',
    run: () => new Machine(small.image(v3_20_rc0, 'xen'), v3_20_rc0, xenPv),
  },
  {
    name: 'small process: and all that happened before the tape',
    run: () => replay(small, SETTING, small.opening),
  },
  {
    name: `recorded process, ${recordedScene.machine.pages.length} pages: image kept`,
    run: () => new Machine(recorded.image(v3_20_rc0, 'xen'), v3_20_rc0, xenPv),
  },
  {
    name: 'recorded process: image written anew',
    run: () => new Machine(captureImage(capture, capturedPages(capture), v3_20_rc0, 'xen').image, v3_20_rc0, xenPv),
  },
  { name: 'recorded process: on bare metal', run: () => replay(recorded, { ...SETTING, platform: bareMetal }, []) },
  { name: 'read all recordings out of their text', run: () => readCapture(RECORDED_TEXT) },
])

compare(`Rows of a page table with ${recordedScene.machine.pages.length} pages`, [
  { name: 'every row (the app)', run: () => pageRows(recordedScene, 0) },
  {
    name: `only the ${ROWS_DRAWN} that are drawn`,
    run: () => Array.from({ length: ROWS_DRAWN }, (_, page) => pageRow(recordedScene, 0, page)),
  },
])

const entries: readonly Pte[] = recordedScene.machine.pages.flatMap(({ entry }) => (entry ? [entry] : []))
const wides = entries.map(wide)
const wideNone = wide(PAGE_NONE)
const agree = entries.every((entry, index) =>
  same(modify(v3_20_rc0, entry, PAGE_NONE), narrow(modifyWide(wides[index]!, wideNone))),
)
if (!agree) throw new Error('The two kinds of entry disagree: comparing their speed would say nothing.')
compare(`pte_modify of ${entries.length} entries`, [
  { name: 'pairs of 32-bit halves (the app)', run: () => entries.map((entry) => modify(v3_20_rc0, entry, PAGE_NONE)) },
  { name: 'one BigInt each', run: () => wides.map((entry) => modifyWide(entry, wideNone)) },
])
