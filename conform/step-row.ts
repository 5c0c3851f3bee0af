import type { Pte } from '../src/arch/pte'
import type { Platform } from '../src/kernel/context'
import type { Kernel } from '../src/kernel/variants'
import type { Choice } from '../src/machine/choice'
import type { JsonLine } from './json-lines'
import { KERNEL_OF, PLATFORM_OF } from './kernels'

/** Which page the entry names before the step. */
export type PageKind = 'zero' | 'file' | 'anon' | '-'
const PAGE_KINDS: readonly string[] = ['zero', 'file', 'anon', '-'] satisfies readonly PageKind[]

/** A choice that an actor begins at once. */
export type Operation = Exclude<Choice, { do: 'hold' }>

/** One of the combinations of kernel and platform for which a row holds. */
export interface Place {
  /** As in the table, e.g. 'B0/xen64pv'. */
  readonly name: string
  readonly kernel: Kernel
  readonly platform: Platform
}

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

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['read', { do: 'access', process: 0, page: 0, access: 'read' }],
  ['write', { do: 'access', process: 0, page: 0, access: 'write' }],
  ['exec', { do: 'access', process: 0, page: 0, access: 'exec' }],
  ['fork', { do: 'fork' }],
  ['scan', { do: 'scan', page: 0 }],
  ['mprotect-none', { do: 'mprotect', page: 0, rights: 'none' }],
  ['mprotect-ro', { do: 'mprotect', page: 0, rights: 'read' }],
  ['mprotect-rw', { do: 'mprotect', page: 0, rights: 'read-write' }],
])

/** Read where a step starts; what makes no sense is malformed input. */
export function readStepRow(json: JsonLine): StepRow {
  const op = json.text('op')
  const page = json.text('page')
  if (!PAGE_KINDS.includes(page)) json.refuse(`page: ${page} is none of ${PAGE_KINDS.join(' ')}`)
  if (json.texts('on').length === 0) json.refuse('on: at least one kernel and platform is needed')
  const vma = json.text('vma')
  if (!/^(anon|file|shm)-|^none$/.test(vma)) json.refuse(`vma: ${vma} is no kind of mapping known here`)
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

function readPlace(json: JsonLine, name: string): Place {
  const [kernelName = '', platformName = '', ...rest] = name.split('/')
  const kernel = KERNEL_OF.get(kernelName)
  const platform = PLATFORM_OF.get(platformName)
  if (!kernel || !platform || rest.length) return json.refuse(`on: ${name} is no kernel and platform known here`)
  return { name, kernel, platform }
}
