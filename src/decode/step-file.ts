import { ACCESSES } from '../arch/error-code'
import { EMPTY, fromHex, type Pte } from '../arch/pte'
import { hugeFrame } from '../kernel/huge-pmd'
import { v6_1 } from '../kernel/variants'
import type { RecordedEntry, RecordedRequest, RecordedSignal, RecordedStep } from './recorded-step'
import type { UndoneAccess } from './undone-run'
import type { MachineId } from '../machine/platforms'

/** An access of the experiment, and how long it took. */
export interface TimedAccess extends UndoneAccess {
  readonly milliseconds: number
}

/** All that was recorded step by step on one machine. */
export interface StepRecording {
  readonly machine: MachineId
  /** One process from step to step. */
  readonly steps: readonly RecordedStep[]
  /** Accesses to pages that the NUMA scanner had marked, each by itself. */
  readonly hints: readonly RecordedStep[]
  /** Short accesses of the experiment with the fix undone. */
  readonly cases: readonly TimedAccess[]
  /** Its one long access: first on the kernel as shipped, then with the fix undone. */
  readonly long: readonly TimedAccess[]
}

const HEAD = 'one-bit-two-names steps 1'

/** Read the packed steps that come with the app; a line that is none is an error in the packing, and is named. */
export function readStepFile(text: string): readonly StepRecording[] {
  const [head, ...lines] = text.trimEnd().split('\n')
  if (head !== HEAD) throw new Error(`Line 1: “${HEAD}” is needed.`)
  const recordings: { -readonly [K in keyof StepRecording]: StepRecording[K] }[] = []
  for (const [index, line] of lines.entries()) {
    const [kind, ...fields] = line.split(' ')
    const last = recordings.at(-1)
    if (kind === 'machine' && (fields[0] === 'bare' || fields[0] === 'xen'))
      recordings.push({ machine: fields[0], steps: [], hints: [], cases: [], long: [] })
    else if (last && kind === 'step' && fields.length === 10) last.steps = [...last.steps, readStep(fields)]
    else if (last && kind === 'hint' && fields.length === 10) last.hints = [...last.hints, readStep(fields)]
    else if (last && kind === 'case' && fields.length === 12) last.cases = [...last.cases, readAccess(fields)]
    else if (last && kind === 'long' && fields.length === 12) last.long = [...last.long, readAccess(fields)]
    else throw new Error(`Line ${index + 2}: “${line.slice(0, 40)}” is no step.`)
  }
  return recordings
}

function readStep(fields: readonly string[]): RecordedStep {
  const [number = '', label = '', operation = '', address = '', process = '', ...told] = fields
  const [before = '', after = '', faults = '', signal = '', requests = ''] = told
  return {
    number: Number(number),
    label,
    operation: operation === 'syscall' ? operation : accessNamed(operation),
    address,
    process: Number(process),
    before: entryOf(before),
    after: entryOf(after),
    faults: listOf(faults).map(codeOf),
    signal: signalOf(signal),
    requests: listOf(requests).map(requestOf),
  }
}

function readAccess(fields: readonly string[]): TimedAccess {
  const [number = '', label = '', operation = '', address = '', before = '', after = '', ...told] = fields
  const [codes = '', signal = '', undone = '', count = '', hints = '', took = ''] = told
  return {
    step: {
      number: Number(number),
      label,
      operation: accessNamed(operation),
      address,
      process: 0,
      before: entryOf(before),
      after: entryOf(after),
      faults: listOf(codes).map(codeOf),
      signal: signal === '-' ? null : { error: codeOf(signal), code: 0 },
      requests: [],
    },
    undone: undone === '1',
    faultCount: Number(count),
    hints: Number(hints),
    milliseconds: Number(took),
  }
}

const listOf = (text: string): readonly string[] => (text === '-' ? [] : text.split(','))
const codeOf = (digits: string): number => Number.parseInt(digits, 16)
const wordOf = (digits: string): Pte => {
  const word = fromHex(digits)
  if (!word) throw new Error(`“${digits}” is no word.`)
  return word
}

function accessNamed(text: string): RecordedStep['operation'] {
  const access = ACCESSES.find((each) => each === text)
  if (!access) throw new Error(`“${text}” is no access.`)
  return access
}

function entryOf(text: string): RecordedEntry {
  if (text === '-') return { level: 'PTE', word: EMPTY, pfn: null }
  if (text.startsWith('M')) {
    const word = wordOf(text.slice(1))
    return { level: 'PMD', word, pfn: hugeFrame(v6_1, word) }
  }
  const [word = '', frame] = text.split(':')
  return { level: 'PTE', word: wordOf(word), pfn: frame === undefined ? null : codeOf(frame) }
}

function signalOf(text: string): RecordedSignal | null {
  if (text === '-') return null
  const [error = '', code] = text.split('/')
  return { error: codeOf(error), code: Number(code) }
}

const REQUESTS: Record<string, RecordedRequest['what']> = { s: 'set', p: 'start', c: 'commit' }

function requestOf(text: string): RecordedRequest {
  const what = REQUESTS[text[0] ?? '']
  if (!what) throw new Error(`“${text}” is no request.`)
  return { what, word: wordOf(text.slice(1)) }
}
