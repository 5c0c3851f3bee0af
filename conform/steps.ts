import { v4_0 } from '../src/kernel/variants'
import { toHex, withFrame, type Pte } from '../src/arch/pte'
import { linuxFrame } from '../src/kernel/linux-pte'
import type { JsonLine } from './json-lines'
import { protectionOf } from './episode'
import type { Place } from './kernels'
import { FIRST_ANON_PFN, FIRST_TABLE_PFN } from './one-page'
import { machineOf } from './step-machine'
import { readStepRow, type StepRow } from './step-row'
import { runStep, type StepResult } from './step-run'
import { Tally, type Verdict } from './verdict'

/** Fields that say where a step starts and what it is. */
const GIVEN = ['on', 'vma', 'vm_flags', 'vm_page_prot', 'page', 'mapcount', 'dirty', 'op', 'before']

/** What the table says of one field, and what the core says. */
interface Comparison {
  readonly name: string
  readonly expected: string
  readonly got: string
}

type Compare = (row: StepRow, result: StepResult) => Omit<Comparison, 'name'>

const hex = (number: number): string => `0x${number.toString(16)}`

/** A word with a name for its frame: anonymous frames are the same or not, their numbers mean nothing. */
function wordName(word: Pte, before: Pte): string {
  const frame = linuxFrame(v4_0, word)
  const fresh = frame >= FIRST_ANON_PFN && frame < FIRST_TABLE_PFN && frame !== linuxFrame(v4_0, before)
  return fresh ? `${toHex(withFrame(word, 0, v4_0.frameBits))} of a fresh frame` : toHex(word)
}

const integer =
  (name: string, got: (result: StepResult) => number): Compare =>
  ({ json }, result) => ({ expected: String(json.integer(name)), got: String(got(result)) })

const flags =
  (name: string, got: (result: StepResult) => number): Compare =>
  ({ json }, result) => ({ expected: hex(json.flags(name)), got: hex(got(result)) })

const word =
  (name: string, got: (result: StepResult) => Pte): Compare =>
  ({ json, entry }, result) => ({
    expected: wordName(json.word(name), entry),
    got: wordName(got(result), entry),
  })

/** Every field that is compared, by its name in the table. */
const COMPARED: ReadonlyMap<string, Compare> = new Map<string, Compare>([
  ['ec', flags('ec', ({ error }) => error)],
  ['fn', ({ json }, { functions }) => ({ expected: json.texts('fn').join(' '), got: functions.join(' ') })],
  ['after', word('after', ({ after }) => after)],
  ['child', word('child', ({ child }) => child)],
  ['rc', integer('rc', ({ returned }) => returned)],
  ['out', ({ json }, { out }) => ({ expected: json.text('out'), got: out })],
  ['vmf', integer('vmf', ({ vmFault }) => vmFault)],
  ['copied', integer('copied', ({ copied }) => copied)],
  ['newpage', integer('newpage', ({ newPages }) => newPages)],
  ['hint', integer('hint', ({ hints }) => hints)],
  ['scanned', integer('scanned', ({ scanned }) => scanned)],
  ['vm_flags_after', flags('vm_flags_after', ({ flagsAfter }) => flagsAfter)],
  ['vm_page_prot_after', word('vm_page_prot_after', ({ protectionAfter }) => protectionAfter)],
])

/** Fields without which a row says nothing. */
const needed = (row: StepRow): readonly string[] => {
  if (row.operation.do === 'access') return ['ec', 'fn', 'after', 'out', 'copied', 'newpage', 'hint']
  const own: Partial<Record<string, string[]>> = { fork: ['child'], scan: ['scanned'] }
  return ['fn', 'after', 'vm_flags_after', 'vm_page_prot_after', ...(own[row.operation.do] ?? [])]
}

/** Run one row on one kernel and platform, and compare all that it says. */
function compareStep(row: StepRow, place: Place): readonly Comparison[] {
  const machine = machineOf(row, place)
  const protection = {
    name: 'vm_page_prot',
    expected: toHex(row.json.word('vm_page_prot')),
    got: toHex(protectionOf(machine)),
  }
  const result = runStep(machine, row.operation)
  const compared = row.json.names.flatMap((name): Comparison[] => {
    const compare = COMPARED.get(name)
    return compare ? [{ name, ...compare(row, result) }] : []
  })
  if (row.operation.do === 'access') return [protection, ...compared]
  return [protection, { name: 'end', expected: 'completed', got: result.out }, ...compared]
}

/** Hold every row of a table of steps against the core, on every kernel and platform it names. */
export function judgeSteps(lines: readonly JsonLine[], file: string): Verdict {
  const tally = new Tally()
  for (const json of lines) {
    const row = readStepRow(json)
    for (const name of needed(row)) if (!json.has(name)) json.refuse(`${name} is missing`)
    for (const name of json.names) {
      if (!GIVEN.includes(name) && !COMPARED.has(name)) tally.doNotCompare(name, 'unknown here')
    }
    for (const place of row.places) {
      for (const { name, expected, got } of compareStep(row, place)) {
        tally.compare(json.line, `${place.name} ${json.text('op')} ${name}`, expected, got)
      }
    }
  }
  return tally.verdict(file, lines.length)
}
