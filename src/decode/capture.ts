import { toHex, type Pte } from '../arch/pte'
import { checkFrames, leavesOf, vmaOf, type CapturedLeaf, type CapturedVma } from './captured-leaf'
import { flagOf, jsonOf, listOf, objectOf, oneOf, Refusal, textOf, wordOf } from './json-shape'

const TABLE_LEVELS = ['PGD', 'PUD', 'PMD', 'UPGD'] as const

/** One entry that leads to another table. `UPGD`: the second root, which is in use while a program runs. */
export interface CapturedTable {
  readonly level: (typeof TABLE_LEVELS)[number]
  /** First address covered, as hexadecimal digits: Xen's own entries lie beyond what a double holds. */
  readonly address: string
  readonly raw: Pte
  readonly val: Pte
  readonly pinned: boolean | null
}

/** A recorded process. */
export interface Capture {
  readonly platform: 'bare' | 'xen'
  /** The recorded kernel tracks soft-dirty pages, so one that runs these entries has to be `withSoftDirty`. */
  readonly softDirty: boolean
  /** Where it comes from: name and text, in the order to be shown. */
  readonly provenance: readonly (readonly [name: string, text: string])[]
  readonly vmas: readonly CapturedVma[]
  readonly tables: readonly CapturedTable[]
  readonly leaves: readonly CapturedLeaf[]
}

export type CaptureResult =
  { readonly ok: true; readonly capture: Capture } | { readonly ok: false; readonly message: string }

const FORMAT = 'one-bit-two-names capture'
const VERSION = 1
/** Many times what a recording has. */
const MOST_CHARACTERS = 1_000_000

/** Read a packed recording. Whatever the text is, this returns; a message says what is wrong and what to do. */
export function parseCapture(text: string): CaptureResult {
  try {
    return { ok: true, capture: captureOf(jsonOf(text, MOST_CHARACTERS)) }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const advice = 'Open one of the recordings that come with this app, or pack the recording again.'
    return { ok: false, message: `This recording cannot be read: ${error.message}. ${advice}` }
  }
}

function captureOf(json: unknown): Capture {
  const file = objectOf(json, 'the file')
  if (file.format !== FORMAT) throw new Refusal(`it does not say that it is a "${FORMAT}"`)
  if (file.version !== VERSION) {
    const version = typeof file.version === 'number' ? file.version : 'unknown'
    throw new Refusal(`its version is ${version}, and this app reads version ${VERSION}`)
  }
  const platform = oneOf(['bare', 'xen'], file.platform, 'platform')
  const vmas = listOf(file.vmas, 'vmas').map(vmaOf)
  const leaves = leavesOf(listOf(file.runs, 'runs'), vmas)
  checkFrames(leaves, platform)
  const provenance = Object.entries(objectOf(file.provenance, 'provenance'))
  return {
    platform,
    softDirty: file.softDirty === true,
    provenance: provenance.map(([name, value]) => [name, textOf(value, `provenance, ${name}`)]),
    vmas,
    tables: listOf(file.tables, 'tables').map(tableOf),
    leaves,
  }
}

function tableOf(value: unknown, index: number): CapturedTable {
  const what = `table entry ${index + 1}`
  const [level, address, raw, val, pinned] = listOf(value, what, 5)
  return {
    level: oneOf(TABLE_LEVELS, level, `${what}, level`),
    address: toHex(wordOf(address, `${what}, address`)),
    raw: wordOf(raw, `${what}, word`),
    val: wordOf(val, `${what}, value`),
    pinned: flagOf(pinned, `${what}, pinned`),
  }
}
