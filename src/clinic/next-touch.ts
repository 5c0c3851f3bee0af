import { ACCESSES, errorCode, type Access } from '../arch/error-code'
import { allowed } from '../arch/mmu'
import { EMPTY, GUEST_KERNEL_HI, has, PRESENT, PSE, RW, USER, type Pte } from '../arch/pte'
import { TASK_SIZE_MAX } from '../arch/vaddr'
import type { Kernel } from '../kernel/variants'
import { anonymous, vmaText, type Vma } from './context'
import {
  dependsOnMake,
  entryKind,
  isExecutable,
  isPageToCpu,
  isTopmost,
  type EntryKind,
  type EntryLevel,
} from './entry-kind'
import { shutBy } from './origin'
import type { LinuxReader } from './readers'
import { touches, type Touch, type TouchCase, type TouchEnd } from './touch'
import { noteFields } from './notes'
import { onMachine } from './words'
import type { MachineId } from '../machine/platforms'

/** One entry, and what is known of the place where it stands. */
export interface Subject {
  readonly word: Pte
  readonly level: EntryLevel
  /** Printed as Linux counts frames (pte_val), not as it lies in memory. */
  readonly asVal: boolean
  /** First address it covers; null where that is not known. */
  readonly address: number | null
  /** Null: not known. */
  readonly machine: MachineId | null
  /** The guest's frame, where it is known beside the word. */
  readonly pfn?: number | null
  /** The mapping; `none` where there is none, null where it is not known. */
  readonly vma: Vma | 'none' | null
}

/** What a touch comes to, and when: `when` is empty where it comes to that in any case. */
export interface NextAnswer {
  readonly when: readonly string[]
  readonly errors: readonly number[]
  readonly path: readonly string[]
  readonly end: TouchEnd
}

/** What the next touch of one kind will do. More than one answer: what the word does not say decides. */
export interface NextTouch {
  readonly access: Access
  readonly answers: readonly NextAnswer[]
}

/** An answer under one set of circumstances. */
interface Cell {
  readonly by: Readonly<Record<Circumstance, string>>
  readonly touch: Touch
}

/** What the answer may depend on, in the order in which it is told. */
const CIRCUMSTANCES = ['as', 'machine', 'vma', 'page'] as const
type Circumstance = (typeof CIRCUMSTANCES)[number]

/** An address in each half, for a word that is pasted without its own. */
export const SOME_ADDRESS = { program: 0x7f5e_c000_0000, kernel: 0xffff_8880_0000_0000 }

/** Is it an entry of the kernel's half: by its address, or by who may use it? */
export function isKernels({ address, word, level, machine }: Subject): boolean {
  if (address !== null) return address >= TASK_SIZE_MAX
  if (!has(word, PRESENT) || !isPageToCpu(level, word)) return false
  return (word.hi & GUEST_KERNEL_HI) !== 0 || (machine !== 'xen' && !has(word, USER))
}

/** Where the half of the address space is not told by the entry, programs have it. */
const addressOf = (subject: Subject): number =>
  subject.address ?? (isKernels(subject) ? SOME_ADDRESS.kernel : SOME_ADDRESS.program)

/** What the next read, write and fetch will do, in a program or in the kernel, by the steps of the model. */
export function nextTouches(subject: Subject, reader: LinuxReader, byKernel = false): readonly NextTouch[] {
  // What depends on who made the CPU is not told.
  const cells = dependsOnMake(subject.level, subject.word) ? [] : cellsOf(subject, reader, byKernel)
  const accesses = byKernel ? ACCESSES.filter((access) => access !== 'exec') : ACCESSES
  return accesses.map((access) => ({
    access,
    answers: cells.length > 0 ? distinct(cells.map((each) => ({ by: each.by, touch: each.touches[access] }))) : [],
  }))
}

function cellsOf(subject: Subject, reader: LinuxReader, byKernel: boolean) {
  return reader.paths.flatMap((path) =>
    machinesOf(subject).flatMap((machine) =>
      vmasOf(subject, path).flatMap((vma) =>
        (canBeShared(subject, path, vma) ? [false, true] : [false]).map((shared) => ({
          by: {
            as: `as ${path.name}`,
            machine: onMachine(machine),
            vma: vma ? `in ${vmaText(vma)}` : 'where nothing is mapped',
            page: shared ? 'if another process maps it too' : 'if nobody else maps it',
          },
          touches: touchesIn(subject, reader, { kernel: path, machine, vma, shared, byKernel }),
        })),
      ),
    ),
  )
}

type Circumstances = Pick<TouchCase, 'kernel' | 'machine' | 'vma' | 'shared' | 'byKernel'>

function touchesIn(subject: Subject, reader: LinuxReader, under: Circumstances): Readonly<Record<Access, Touch>> {
  const { word, level, asVal } = subject
  const { kernel, machine, byKernel } = under
  const kind = entryKind(kernel, level, word)
  const note = kind === 'note' && level === 'PTE' ? noteFields(reader, word).what : null
  const run = { ...under, asVal, address: addressOf(subject), moving: note === 'migration' }
  // A program's own tables of a PV guest have nothing of the kernel's half in them.
  if (machine === 'xen' && !byKernel && isKernels(subject)) return touches({ ...run, word: EMPTY, level: 'PTE' })
  if (level === 'PTE' && note !== 'not known') return touches({ ...run, word, level })
  if (
    level === 'PMD' &&
    machine === 'bare' &&
    (kind === 'huge page' || kind === 'shut huge' || kind === 'hint by bit 9')
  )
    return touches({ ...run, word, level })
  return firstOnly(subject, byKernel)
}

/** What the CPU does with an entry above those that the model runs: its first error code, and nothing of what follows. */
function firstOnly({ word, level }: Subject, byKernel: boolean): Readonly<Record<Access, Touch>> {
  const present = has(word, PRESENT)
  const reserved = present && isTopmost(level) && has(word, PSE)
  const passes = (access: Access): boolean =>
    present && !reserved && allowed(access, has(word, USER) || byKernel, has(word, RW), !isExecutable(word))
  const one = (access: Access): Touch => ({
    errors: passes(access) ? [] : [errorCode(access, present, reserved, !byKernel)],
    path: [],
    end: 'not known',
    after: word,
  })
  return { read: one('read'), write: one('write'), exec: one('exec') }
}

/** Does it matter to a write whether another process maps the page too? Only of memory that may be written. */
function canBeShared(subject: Subject, kernel: Kernel, vma: Vma | null): boolean {
  const kind = entryKind(kernel, subject.level, subject.word)
  return vma !== null && vma.rights.includes('w') && kind !== 'empty' && kind !== 'table' && kind !== 'strange'
}

const machinesOf = ({ machine }: Subject): readonly MachineId[] => (machine ? [machine] : ['bare', 'xen'])

/** The mappings in which an entry like this can stand; only the one that is known, where one is. */
function vmasOf(subject: Subject, kernel: Kernel): readonly (Vma | null)[] {
  const { vma, word, level } = subject
  if (isKernels(subject)) return [null]
  if (vma) return [vma === 'none' ? null : vma]
  return rightsFor(kernel, entryKind(kernel, level, word), word).map((rights) =>
    rights === null ? null : anonymous(rights),
  )
}

/** Rights of mappings, as letters; null: no mapping. */
function rightsFor(kernel: Kernel, kind: EntryKind, word: Pte): readonly (string | null)[] {
  const writable = has(word, RW)
  switch (kind) {
    case 'page':
    case 'huge page': {
      const fetch = isExecutable(word) ? 'x' : ''
      return writable ? [`rw${fetch}`] : [`rw${fetch}`, `r${fetch}`]
    }
    case 'shut':
    case 'shut huge':
    case 'hint by bit 9':
      return rightsOfShut(kernel, word)
    case 'empty':
      return ['rw', 'r', 'rx', '', null]
    case 'note':
      return ['rw', 'r', 'rx', '']
    case 'table':
    case 'strange':
      return ['rw']
  }
}

function rightsOfShut(kernel: Kernel, word: Pte): readonly string[] {
  const allowed = has(word, RW) ? ['rw'] : ['rw', 'r', 'rx']
  switch (shutBy(kernel, word, null)) {
    case 'mprotect':
      return ['']
    case 'hint':
      return allowed
    case 'hint or mprotect':
    case 'nobody':
      return [...allowed, '']
  }
}

/** The answers that differ, each with the circumstances that decide. */
function distinct(cells: readonly Cell[]): readonly NextAnswer[] {
  const decisive = CIRCUMSTANCES.filter((circumstance) => decides(cells, circumstance))
  const answers = new Map<string, { readonly touch: Touch; readonly cells: Cell[] }>()
  for (const cell of cells) {
    const answer = answers.get(keyOf(cell.touch)) ?? { touch: cell.touch, cells: [] }
    answers.set(keyOf(cell.touch), answer)
    answer.cells.push(cell)
  }
  return [...answers.values()].map(({ touch: { errors, path, end }, cells: own }) => ({
    when: whenOf(own, decisive, cells),
    errors,
    path,
    end,
  }))
}

/** The circumstances of some of the cells: in one line where they are all combinations of some values, else line by line. */
function whenOf(own: readonly Cell[], decisive: readonly Circumstance[], all: readonly Cell[]): readonly string[] {
  const valuesOf = (cells: readonly Cell[], circumstance: Circumstance): readonly string[] => [
    ...new Set(cells.map(({ by }) => by[circumstance])),
  ]
  const rows = new Set(own.map(({ by }) => decisive.map((circumstance) => by[circumstance]).join()))
  const sets = decisive.map((circumstance) => valuesOf(own, circumstance))
  const combinations = sets.reduce((product, values) => product * values.length, 1)
  if (rows.size !== combinations)
    return [...new Set(own.map(({ by }) => decisive.map((circumstance) => by[circumstance]).join(', ')))]
  // A circumstance is not told where nothing else was possible beside the others.
  const possible = all.filter(({ by }) =>
    decisive.every((each, index) => each === 'page' || sets[index]!.includes(by[each])),
  )
  const telling = decisive.flatMap((circumstance, index) => {
    const among = circumstance === 'page' ? possible : all
    return sets[index]!.length === valuesOf(among, circumstance).length ? [] : [alternatives(sets[index]!)]
  })
  return telling.length > 0 ? [telling.join(', ')] : []
}

/** 'in rw-p, r--p or ---p': what the values begin with is said once. */
function alternatives(values: readonly string[]): string {
  const [first = '', ...others] = values
  const start = /^(in |on |under |as )/.exec(first)?.[0] ?? ''
  const rest = others.map((value) => (start && value.startsWith(start) ? value.slice(start.length) : value))
  const last = rest.pop()
  return last === undefined ? first : `${[first, ...rest].join(', ')} or ${last}`
}

/** Does the answer change with this circumstance while all others stay? */
function decides(cells: readonly Cell[], circumstance: Circumstance): boolean {
  const others = new Map<string, string>()
  return cells.some(({ by, touch }) => {
    const rest = CIRCUMSTANCES.filter((each) => each !== circumstance)
      .map((each) => by[each])
      .join()
    const known = others.get(rest)
    others.set(rest, keyOf(touch))
    return known !== undefined && known !== keyOf(touch)
  })
}

const keyOf = ({ errors, path, end }: Touch): string => `${errors.join()} ${path.join()} ${end}`
