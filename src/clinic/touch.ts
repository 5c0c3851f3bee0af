import type { Access } from '../arch/error-code'
import { ACCESSES } from '../arch/error-code'
import { holds } from '../arch/predicate'
import { EMPTY, type Pte } from '../arch/pte'
import { OUTCOME } from '../arch/cpu'
import { modelFaults } from '../decode/model-fault'
import type { Kernel } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import { CPU, Machine } from '../machine/machine'
import { PLATFORMS, type MachineId } from '../machine/platforms'
import { entryIn } from '../trace/scene'
import { record, wordsAt, type Tape } from '../trace/tape'
import type { Vma } from './context'
import { entryKind, type EntryLevel } from './entry-kind'
import { touchImage, type Standing } from './touch-image'

/** How a touch ends. `waits`: for a page on the move. `fault`: the reader knows no further. */
export type TouchEnd = 'no fault' | 'fault' | 'done' | 'endless' | 'sigsegv' | 'bug' | 'refused' | 'waits' | 'not known'

/** What one touch comes to, read off a run of the machine. */
export interface Touch {
  /** Error codes, in order, as Linux gets them; of an endless touch those before the first repeat. */
  readonly errors: readonly number[]
  /** Functions entered, in order, over all faults. */
  readonly path: readonly string[]
  readonly end: TouchEnd
  /** The entry afterwards, as it lies in memory. */
  readonly after: Pte
}

/** All that decides what a touch comes to. */
export interface TouchCase {
  readonly word: Pte
  readonly level: EntryLevel
  readonly asVal: boolean
  readonly address: number
  readonly vma: Vma | null
  /** Is the page mapped by another process too? */
  readonly shared: boolean
  readonly machine: MachineId
  readonly kernel: Kernel
  /** Made by the kernel for a program, or by itself. */
  readonly byKernel: boolean
  /** A note that stands for a page on the move. */
  readonly moving: boolean
}

/** Carry out a read, a write and a fetch of the page behind a word, each from the word as it stands. */
export function touches(from: TouchCase): Readonly<Record<Access, Touch>> {
  const { word, level, asVal, address, vma, shared, kernel } = from
  const special = holds(kernel.special, word.lo)
  const kind = entryKind(kernel, level, word)
  const standing: Standing = { word, level, kind, asVal, address, vma, shared, special }
  const machine = new Machine(touchImage(standing, kernel, from.machine), kernel, PLATFORMS[from.machine])
  const [read, write, exec] = ACCESSES.map((access) => touchOnce(machine, from, access))
  return { read: read!, write: write!, exec: exec! }
}

function touchOnce(machine: Machine, { byKernel, moving }: TouchCase, access: Access): Touch {
  if (byKernel && access === 'exec') return UNKNOWN
  const choice: Choice = { do: 'access', process: 0, page: 0, access, ...(byKernel ? { byKernel: true as const } : {}) }
  const tape = record(machine, [choice])
  const faults = modelFaults(machine, tape)
  const path = faults.flatMap((fault) => fault.path)
  const words = wordsAt(tape, tape.ticks.length)
  const first = faults.slice(0, 1)
  // The model has no note of this page to swap in: it goes as far as the first fault, which waits for the page.
  if (moving)
    return {
      errors: first.map(({ error }) => error),
      path: first.flatMap((fault) => upTo(fault.path, 'do_swap_page')),
      end: first[0]?.path.includes('do_swap_page') ? 'waits' : endOf(machine, tape, words, faults.length),
      after: entryIn(tape.start, machine.processes[0]!.slots[0]!),
    }
  return {
    errors: faults.map(({ error }) => error),
    path,
    end: endOf(machine, tape, words, faults.length),
    after: entryIn(words, machine.processes[0]!.slots[0]!),
  }
}

/** The path as far as one function, where it leads there. */
const upTo = (path: readonly string[], name: string): readonly string[] =>
  path.includes(name) ? path.slice(0, path.indexOf(name) + 1) : path

function endOf(machine: Machine, tape: Tape, words: Uint32Array, faults: number): TouchEnd {
  if (tape.problem) return 'not known'
  if (tape.lassos.length > 0) return 'endless'
  switch (words[machine.cpus[CPU]!.outcome]) {
    case OUTCOME.completed:
      return faults > 0 ? 'done' : 'no fault'
    case OUTCOME.sigsegv:
      return 'sigsegv'
    case OUTCOME.efault:
      return 'refused'
    case OUTCOME.bug:
      return 'bug'
    default:
      return 'not known'
  }
}

/** The kernel fetches no code of a program's. */
const UNKNOWN: Touch = { errors: [], path: [], end: 'not known', after: EMPTY }
