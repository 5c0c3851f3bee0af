import type { Cell, Slot } from '../arch/brand'
import type { Cpu } from '../arch/cpu'
import type { Hardware } from '../arch/hardware'
import type { Pte } from '../arch/pte'
import type { Step } from '../arch/step'
import type { Frames } from './frames'
import type { PlatformOf } from './platform'
import { pageProtection, type Backing } from './protection'
import type { Kernel } from './variants'

/** One mapping (VMA) of the process. Cut: rights are kept per page, so that mprotect need not split a mapping. */
export interface Mapping {
  /** As /proc/PID/maps would name it. */
  readonly name: string
  readonly backing: Backing
}

/** One page of address space that the model can touch. */
export interface VirtualPage {
  readonly address: number
  /** Index of its mapping; -1 where nothing is mapped. */
  readonly mapping: number
  /**
   * Memory below the stack: how far below the stack pointer, and the vm_flags it gets when the stack grows over it. Its
   * vm_flags are 0 until then.
   */
  readonly belowStack?: { readonly distance: number; readonly flags: number }
  /** Is it a page of 2 MB, mapped by its PMD? */
  readonly huge?: boolean
  /** vm_flags of its mapping when the process is new. */
  readonly flags: number
  /** Index of the frame that holds the file's page; -1 for anonymous memory. */
  readonly fileFrame: number
}

/** The words of one process. */
export interface Process {
  /** vm_flags of each page's mapping; 0 where nothing is mapped any more, or not yet. */
  readonly flags: readonly Cell[]
  /** Leaf entry of each page. */
  readonly slots: readonly Slot[]
  /** Per mapping: 1 once something in it was written (anon_vma), which is what makes fork copy its entries. */
  readonly written: readonly Cell[]
  /** 1 while Xen has validated this process's tables. */
  readonly pinned: Cell
  /** 1 while the process exists. */
  readonly alive: Cell
  /** Page-table lock: 0, or CPU plus one. */
  readonly lock: Cell
  /** 1 while a SIGKILL is pending. */
  readonly killed: Cell
}

/** Counters that vmstat or ps would show. They decide nothing and are left out when states are compared. */
export interface Counters {
  readonly pageFaults: Cell
  readonly hintFaults: Cell
  /** Of these, hints on pages that lie on the node of the CPU that touched them. */
  readonly hintFaultsLocal: Cell
  readonly hintUpdates: Cell
  readonly pagesMigrated: Cell
  /** print_bad_pte was called. */
  readonly badEntries: Cell
  /** Pages copied by copy-on-write; pages given out. */
  readonly copies: Cell
  readonly newPages: Cell
}

/** What lies below this Linux. */
export type Platform = PlatformOf<KernelCx>

/** All that a kernel or platform step may see. */
export interface KernelCx extends Hardware {
  readonly kernel: Kernel
  readonly platform: Platform
  readonly mappings: readonly Mapping[]
  readonly pages: readonly VirtualPage[]
  readonly processes: readonly Process[]
  readonly frames: Frames
  /** Swap slots: how many entries name each. */
  readonly swapSlots: readonly Cell[]
  readonly zeroFrame: number
  /** The huge zero page; -1 where there are no huge pages. */
  readonly hugeZeroFrame: number
  /** Threads of the process. */
  readonly threads: number
  /** NUMA node of a CPU, as Linux sees it. */
  nodeOf(actor: number): number
  readonly counters: Counters
  /** Every step that may follow a store into a page table. */
  readonly afterStore: readonly Step<KernelCx>[]
  /** Every step that a fault may go back to once it is handled. */
  readonly afterFault: readonly Step<KernelCx>[]
}

/** What an actor is busy with, read out of its words. */
export class Fault {
  readonly cpu: Cpu
  readonly process: Process
  readonly processIndex: number
  readonly page: number
  readonly slot: Slot
  readonly flags: number
  private readonly cx: KernelCx

  constructor(cx: KernelCx, actor: number, processIndex: number, page: number) {
    this.cx = cx
    this.cpu = cx.cpus[actor]!
    this.process = cx.processes[processIndex]!
    this.processIndex = processIndex
    this.page = page
    this.slot = this.process.slots[page]!
    this.flags = cx.world.get(this.process.flags[page]!)
  }

  /** What new entries of the page get. */
  get protection(): Pte {
    return pageProtection(this.flags, backingOf(this.cx, this.page))
  }
}

/** The operation of an actor: its process, page and what the mapping says of it. */
export function faultOf(cx: KernelCx, actor: number): Fault {
  const cpu = cx.cpus[actor]!
  const processIndex = cx.world.get(cpu.process)
  const page = cx.world.get(cpu.page)
  return placeOf(cx, actor, processIndex, page)
}

/** The same for another page than the one being touched: fork, scan and mprotect go from page to page. */
export const placeOf = (cx: KernelCx, actor: number, processIndex: number, page: number): Fault =>
  new Fault(cx, actor, processIndex, page)

/** What lies behind a page; anonymous where nothing is mapped. */
export const backingOf = (cx: KernelCx, page: number): Backing =>
  cx.mappings[cx.pages[page]!.mapping]?.backing ?? 'anon'

/** The pages of the mapping that `page` belongs to; none where nothing is mapped. */
export function pagesOfMapping(cx: KernelCx, page: number): readonly number[] {
  return pagesByMapping(cx.pages).get(cx.pages[page]!.mapping) ?? []
}

// Pages never change mapping, and walks over a large mapping ask at each of its pages.
const grouped = new WeakMap<readonly VirtualPage[], ReadonlyMap<number, readonly number[]>>()

function pagesByMapping(pages: readonly VirtualPage[]): ReadonlyMap<number, readonly number[]> {
  const known = grouped.get(pages)
  if (known) return known
  const groups = new Map<number, number[]>()
  for (const [index, { mapping }] of pages.entries()) {
    if (mapping < 0) continue
    const group = groups.get(mapping)
    if (group) group.push(index)
    else groups.set(mapping, [index])
  }
  grouped.set(pages, groups)
  return groups
}
