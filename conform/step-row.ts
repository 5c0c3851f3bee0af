import type { Pte } from '../src/arch/pte'
import type { JsonLine } from './json-lines'
import { placeNamed, type Place } from './kernels'
import { vmaKind } from './one-page'
import { OPERATIONS, type Operation } from './operations'

/** Which page the entry names before the step. */
export type PageKind = 'zero' | 'file' | 'anon' | '-'
const PAGE_KINDS: readonly string[] = ['zero', 'file', 'anon', '-'] satisfies readonly PageKind[]

/** One row of steps.jsonl: where the step starts, and the line to compare its end with. */
export interface StepRow {
  readonly json: JsonLine
  readonly places: readonly Place[]
  /** Kind of mapping: 'anon-rw', 'file-shared-rw', 'none'… */
  readonly vma: string
  readonly flags: number
  readonly page: PageKind
  /** -1 where no page is counted. */
  readonly mapcount: number
  readonly dirty: number
  readonly entry: Pte
  readonly operation: Operation
}

/** Read where a step starts; what makes no sense is malformed input. */
export function readStepRow(json: JsonLine): StepRow {
  const op = json.text('op')
  const page = json.text('page')
  if (!PAGE_KINDS.includes(page)) json.refuse(`page: ${page} is none of ${PAGE_KINDS.join(' ')}`)
  if (json.texts('on').length === 0) json.refuse('on: at least one kernel and platform is needed')
  const vma = json.text('vma')
  if (vmaKind(vma) === undefined) json.refuse(`vma: ${vma} is no kind of mapping known here`)
  return {
    json,
    places: json.texts('on').map((name) => readPlace(json, name)),
    vma,
    flags: json.flags('vm_flags'),
    page: page as PageKind,
    mapcount: json.integer('mapcount'),
    dirty: json.integer('dirty'),
    entry: json.word('before'),
    operation: OPERATIONS.get(op) ?? json.refuse(`op: ${op} is no operation known here`),
  }
}

/** The kernel and platform that a row names, e.g. 'B0/xen64pv'. */
export function readPlace(json: JsonLine, name: string): Place {
  return placeNamed(name, '/') ?? json.refuse(`on: ${name} is no kernel and platform known here`)
}
