import type { Cell, Slot } from './brand'
import type { CellAllocator } from './world'

/**
 * The words of one CPU. What a fault needs while it is handled (snapshot, new value, continuation) lies here
 * too, so that a step touches only the world. `entry`, `next` and the words after them are dead between
 * accesses and are cleared then: otherwise a repeated state would not look repeated.
 */
export interface Cpu {
  /** Number of the next step. */
  readonly pc: Cell
  /** Index of the process whose tables CR3 names. */
  readonly process: Cell
  /** Index of the virtual page being touched: CR2, once a fault is raised. */
  readonly page: Cell
  /** Code of the access (see error-code.ts). */
  readonly access: Cell
  /** On whose behalf the page is touched: see `MODE`. */
  readonly mode: Cell
  /** Operand of an operation that is no access: protection asked for, kind of pin. */
  readonly operand: Cell
  /** Outcome of the operation: see `OUTCOME`. Decides nothing later, but is compared harmlessly. */
  readonly outcome: Cell
  /** Page-fault error code. */
  readonly error: Cell
  /** Snapshot of the entry, as handle_pte_fault read it. */
  readonly entry: Slot
  /** Value on its way into a page table, as it will be stored. */
  readonly next: Slot
  /** Word index of the entry being written; 0 while none is. */
  readonly target: Cell
  /** Number of the step after the store. */
  readonly after: Cell
  /** Number of the step that a fault goes back to; 0 for the instruction that raised it. */
  readonly backTo: Cell
  /** Page reached by a walk over many pages (fork, scan, mprotect). */
  readonly cursor: Cell
  /** 1 once the fault handler has dealt with a write to a read-only entry: VM_FAULT_WRITE. */
  readonly wroteThrough: Cell
  /** Frame index plus one of a page taken for this fault; 0 while none is. */
  readonly fresh: Cell
  /** One cached leaf entry per virtual page; PRESENT 0 means nothing is cached. */
  readonly tlb: Slot
}

/** How an operation stands. `endless` is no outcome of a step: only a comparison of states can tell. */
export const OUTCOME = { idle: 0, running: 1, completed: 2, sigsegv: 3, bug: 4, efault: 5, killed: 6 } as const

/** First and one-past-last of the words that are dead between accesses. */
export const scratchOf = (cpu: Cpu): readonly [number, number] => [cpu.error, cpu.tlb]

/** Lay out one CPU for `pages` virtual pages. */
export function layoutCpu(cells: CellAllocator, pages: number): Cpu {
  return {
    pc: cells.cell(),
    process: cells.cell(),
    page: cells.cell(),
    access: cells.cell(),
    mode: cells.cell(),
    operand: cells.cell(),
    outcome: cells.cell(),
    error: cells.cell(),
    entry: cells.slot(),
    next: cells.slot(),
    target: cells.cell(),
    after: cells.cell(),
    backTo: cells.cell(),
    cursor: cells.cell(),
    wroteThrough: cells.cell(),
    fresh: cells.cell(),
    tlb: cells.block(2 * pages) as Slot,
  }
}
