import { OUTCOME } from '../src/arch/cpu'
import { raisePageFault } from '../src/arch/mmu'
import { EMPTY, type Pte } from '../src/arch/pte'
import type { Step } from '../src/arch/step'
import { backingOf, type KernelCx } from '../src/kernel/context'
import { pageProtection } from '../src/kernel/protection'
import { returnFromFault, SEGV } from '../src/kernel/return'
import { CPU, leafOf, type Machine } from '../src/machine/machine'

type Kstep = Step<KernelCx>

/** More steps than any single fault or operation on one page takes. */
const ENOUGH = 200

/** Functions that the tables list, by the upstream name of the steps that stand for them. */
const LISTED: ReadonlySet<string> = new Set([
  'handle_pte_fault',
  'do_numa_page',
  'do_wp_page',
  'do_page_mkwrite',
  'do_anonymous_page',
  'do_fault',
  'do_read_fault',
  'do_cow_fault',
  'do_shared_fault',
  'do_swap_page',
  'change_pte_range',
  'bad_area',
  'bad_area_access_error',
])

const BAD_PTE = 'print_bad_pte'
const VM_FAULT_WRITE = 8
const VM_FAULT_LOCKED = 512

/** What a program or the kernel does in one go: up to the return from one fault, or to the end of an operation. */
export interface Episode {
  readonly out: 'return' | 'SEGV_ACCERR' | 'SEGV_MAPERR' | 'BUG' | 'completed' | 'stopped' | 'no end'
  /** Error code of the fault; 0 where none was raised. */
  readonly error: number
  /** Functions entered that the tables list, in order. */
  readonly functions: readonly string[]
  readonly before: Pte
  readonly after: Pte
  readonly copied: number
  readonly newPages: number
  readonly hints: number
  readonly scanned: number
  readonly vmFault: number
}

/** Let the CPU run one episode. `stopAt` is asked each time a fault has been raised, and may end the episode there. */
export function watch(machine: Machine, stopAt: () => boolean = () => false): Episode {
  const before = leafOf(machine, 0, 0)
  const countersBefore = counters(machine)
  const functions: string[] = []
  let error = 0
  let last: Kstep | null = null
  let stopped = false
  for (let ticks = 0; ticks < ENOUGH && !stopped && !machine.isIdle(CPU) && last !== returnFromFault; ticks++) {
    const badBefore = counter(machine, 'badEntries')
    const errorBefore = machine.world.get(machine.cpus[CPU]!.error)
    last = machine.tick(CPU)
    if (last === (raisePageFault as unknown)) {
      error = errorBefore
      stopped = stopAt()
    }
    const name = listedName(machine, last)
    if (name && !functions.includes(name)) functions.push(name)
    for (let bad = badBefore; bad < counter(machine, 'badEntries'); bad++) functions.push(BAD_PTE)
  }
  const now = counters(machine)
  return {
    out: stopped ? 'stopped' : outcomeOf(machine, last),
    error,
    functions,
    before,
    after: leafOf(machine, 0, 0),
    copied: now.copies - countersBefore.copies,
    newPages: now.newPages - countersBefore.newPages,
    hints: now.hintFaults - countersBefore.hintFaults,
    scanned: now.hintUpdates - countersBefore.hintUpdates,
    vmFault: vmFaultOf(functions),
  }
}

/** vm_flags of the page's mapping. */
export const flagsOf = (machine: Machine): number => machine.world.get(machine.processes[0]!.flags[0]!)

/** vm_page_prot of the page's mapping; empty where nothing is mapped. */
export const protectionOf = (machine: Machine): Pte =>
  machine.pages[0]!.mapping < 0 ? EMPTY : pageProtection(flagsOf(machine), backingOf(machine, 0))

const counter = (machine: Machine, name: keyof Machine['counters']): number => machine.world.get(machine.counters[name])

const counters = (machine: Machine) => ({
  copies: counter(machine, 'copies'),
  newPages: counter(machine, 'newPages'),
  hintFaults: counter(machine, 'hintFaults'),
  hintUpdates: counter(machine, 'hintUpdates'),
})

/** 3.19 enters a linear file fault under another name. */
function listedName(machine: Machine, step: Kstep): string | null {
  const name = step.where?.function
  if (name === undefined || !LISTED.has(name)) return null
  return name === 'do_fault' && machine.kernel.hint.name === 'pte_numa' ? 'do_linear_fault' : name
}

/** The core returns no VM_FAULT bits: which path was taken tells them. */
function vmFaultOf(functions: readonly string[]): number {
  if (functions.includes('do_wp_page')) return VM_FAULT_WRITE
  const file = ['do_read_fault', 'do_cow_fault', 'do_shared_fault']
  return functions.some((name) => file.includes(name)) ? VM_FAULT_LOCKED : 0
}

function outcomeOf(machine: Machine, last: Kstep | null): Episode['out'] {
  if (last === returnFromFault) return 'return'
  if (!machine.isIdle(CPU)) return 'no end'
  const { outcome, operand } = machine.cpus[CPU]!
  switch (machine.world.get(outcome)) {
    case OUTCOME.sigsegv:
      return machine.world.get(operand) === SEGV.mapError ? 'SEGV_MAPERR' : 'SEGV_ACCERR'
    case OUTCOME.bug:
      return 'BUG'
    default:
      return 'completed'
  }
}
