import type { Cell, Mfn, Pfn, Slot } from '../arch/brand'
import { layoutCpu, OUTCOME, type Cpu } from '../arch/cpu'
import type { Hardware } from '../arch/hardware'
import { idle } from '../arch/mmu'
import { pte, withFrame, type Pte } from '../arch/pte'
import { stepById, type Step } from '../arch/step'
import { indices } from '../arch/vaddr'
import { CellAllocator, World } from '../arch/world'
import { AFTER_FAULT } from '../kernel/after-fault'
import { AFTER_STORE } from '../kernel/after-store'
import type { Counters, KernelCx, Mapping, Process } from '../kernel/context'
import { FRAME, Frames, type FrameName } from '../kernel/frames'
import type { Platform } from '../kernel/context'
import type { Kernel } from '../kernel/variants'
import type { ImagePage, ProcessImage } from './image'

/** The CPU that programs run on. */
export const CPU = 0
/** Another CPU, for a second thread of the process. It is idle unless a choice names it. */
export const SECOND_CPU = 1
/** The reader, who edits memory. An actor like a CPU, with words of its own. */
export const HAND = 2
const ACTORS = 3
const PROCESSES = 2

/** [XA2] P RW US A D: what Linux puts into upper entries; Xen adds nothing that is not there. */
const TABLE_ENTRY = pte(0x67, 0)

/** World, kernel, platform and actors in one: what every step runs on. */
export class Machine implements KernelCx, Hardware {
  readonly world: World
  readonly cpus: readonly Cpu[]
  readonly addresses: readonly number[]
  readonly frameBits = 34
  readonly kernel: Kernel
  readonly platform: Platform
  readonly mappings: readonly Mapping[]
  readonly pages: readonly ImagePage[]
  readonly processes: readonly Process[]
  readonly frames: Frames
  readonly swapSlots: readonly Cell[]
  readonly zeroFrame: number
  readonly hugeZeroFrame: number
  readonly threads: number
  readonly counters: Counters
  readonly faultsRaised: readonly Cell[]
  readonly afterStore = AFTER_STORE
  readonly afterFault = AFTER_FAULT
  /** Words before this one decide what happens next; those from here on are statistics. */
  readonly decidingWords: number
  /** Page tables lie from here on. */
  readonly firstTableWord: number
  private readonly tables: ReadonlyMap<Mfn, Slot>
  private readonly roots: readonly Mfn[]
  private readonly entries: readonly Slot[]

  constructor(image: ProcessImage, kernel: Kernel, platform: Platform) {
    this.kernel = kernel
    this.platform = platform
    this.mappings = image.mappings
    this.pages = platform.hugePages ? image.pages : image.pages.map(({ huge: _huge, ...page }) => page)
    this.hugeZeroFrame = platform.hugePages ? (image.hugeZeroFrame ?? -1) : -1
    this.zeroFrame = image.zeroFrame
    this.threads = image.threads
    this.addresses = image.pages.map((page) => page.address)

    const cells = new CellAllocator()
    const plans = Array.from({ length: PROCESSES }, () => planTables(this.pages))
    const names = frameNames(image, platform, plans)
    this.cpus = Array.from({ length: ACTORS }, () => layoutCpu(cells, this.pages.length))
    const processes = plans.map(() => layoutProcess(cells, this.pages.length, this.mappings.length))
    this.swapSlots = image.swapSlots.map(() => cells.cell())
    this.frames = new Frames(() => this.world, names, cells)
    this.firstTableWord = cells.next
    const placed = placeTables(cells, plans, names.slice(image.frames.length))
    this.tables = placed.tables
    this.roots = placed.roots
    this.processes = processes.map((laidOut, index) => laidOut(placed.slots[index]!))
    this.entries = [...placed.slots.flat(), ...placed.entries.flat().map(({ slot }) => slot)]
    this.decidingWords = cells.next
    this.faultsRaised = this.cpus.map(() => cells.cell())
    this.counters = layoutCounters(cells)
    this.world = new World(cells.next)
    this.fillTables(plans, placed.entries)
    this.fillImage(image)
    this.world.takeNotes()
  }

  /** Each CPU has a node of its own where Linux sees more than one. */
  nodeOf(actor: number): number {
    return actor === SECOND_CPU && this.platform.nodes > 1 ? 1 : 0
  }

  get kernelInRing3(): boolean {
    return this.platform.kernelInRing3
  }

  get switchesWithoutPge(): boolean {
    return this.platform.switchesWithoutPge
  }

  get pageFault(): Step<never> {
    return this.platform.pageFault as Step<never>
  }

  rootOf(process: number): Mfn {
    return this.roots[process]!
  }

  tableAt(frame: Mfn): Slot | null {
    return this.tables.get(frame) ?? null
  }

  /** Where each entry of a page lies, and each entry that leads to a table. */
  entrySlots(): readonly Slot[] {
    return this.entries
  }

  /** What this actor does next. */
  nextStep(actor: number): Step<KernelCx> {
    return stepById<KernelCx>(this.world.get(this.cpus[actor]!.pc))
  }

  isIdle(actor: number): boolean {
    return this.nextStep(actor) === (idle as Step<never>)
  }

  /** Let an actor take its next step; returns the step taken. */
  tick(actor: number): Step<KernelCx> {
    const taken = this.nextStep(actor)
    const next = taken.run(this, actor)
    this.world.put(this.cpus[actor]!.pc, next.id)
    return taken
  }

  private fillTables(plans: readonly TablePlan[], entries: readonly (readonly TableEntry[])[]): void {
    for (const [process] of plans.entries()) {
      for (const { slot, frame } of entries[process]!) {
        this.world.putPte(slot, withFrame(TABLE_ENTRY, frame))
      }
    }
  }

  private fillImage(image: ProcessImage): void {
    const { world } = this
    const parent = this.processes[0]!
    for (const cpu of this.cpus) world.put(cpu.pc, idle.id)
    for (const [index, page] of image.pages.entries()) {
      world.put(parent.flags[index]!, page.flags)
      if (page.entry) world.putPte(parent.slots[index]!, page.entry)
    }
    for (const [index, frame] of image.frames.entries()) {
      world.put(this.frames.kindCell(index), frame.kind)
      world.put(this.frames.mapcountCell(index), frame.mapcount)
      world.put(this.frames.nodeCell(index), this.platform.nodes > 1 ? (frame.node ?? 0) : 0)
      const alone = frame.exclusive ?? (frame.kind === FRAME.anon && frame.mapcount === 1)
      world.put(this.frames.exclusiveCell(index), this.kernel.marksExclusive && alone ? 1 : 0)
    }
    for (let index = image.frames.length; index < this.frames.count; index++) {
      world.put(this.frames.kindCell(index), FRAME.table)
    }
    for (const [index, written] of image.written.entries()) world.put(parent.written[index]!, written ? 1 : 0)
    for (const [index, users] of image.swapSlots.entries()) world.put(this.swapSlots[index]!, users)
    world.put(parent.alive, 1)
    world.put(parent.pinned, this.platform.id === 'xen' && image.pinned === false ? 0 : 1)
    for (const cpu of this.cpus) world.put(cpu.outcome, OUTCOME.idle)
  }
}

/** The tables one process needs: each by its level and the indices that lead to it. */
interface TablePlan {
  readonly keys: readonly string[]
  /** Per page: the keys of its tables, root first; three for a huge page, else four. */
  readonly paths: readonly (readonly string[])[]
  readonly indices: readonly (readonly number[])[]
}

function planTables(pages: readonly ImagePage[]): TablePlan {
  const keys = new Set<string>()
  const paths = pages.map(({ address, huge }) => {
    const path = indices(address)
    const own = (huge ? [0, 1, 2] : [0, 1, 2, 3]).map((level) => path.slice(0, level).join('.'))
    for (const key of own) keys.add(key)
    return own
  })
  return { keys: [...keys], paths, indices: pages.map(({ address }) => indices(address)) }
}

/** Data frames, then table frames. On bare metal the machine counts as the guest does. */
function frameNames(image: ProcessImage, platform: Platform, plans: readonly TablePlan[]): FrameName[] {
  const virtual = platform.id === 'xen'
  const data: FrameName[] = image.frames.map(({ pfn, mfn, huge = false, foreign = false }) => ({
    pfn,
    mfn: virtual ? mfn : (pfn as number as Mfn),
    huge,
    foreign: virtual && foreign,
  }))
  const tables = plans.reduce((sum, plan) => sum + plan.keys.length, 0)
  for (let index = 0; index < tables; index++) {
    const pfn = (image.firstTableFrame + index) as Pfn
    data.push({ pfn, mfn: (pfn + (virtual ? image.tableOffset : 0)) as Mfn })
  }
  return data
}

interface TableEntry {
  readonly slot: Slot
  readonly frame: Mfn
}

/** Give each table 512 slots, and find the leaf slot of each page and the entry that leads to each table. */
function placeTables(cells: CellAllocator, plans: readonly TablePlan[], frames: readonly FrameName[]) {
  const tables = new Map<Mfn, Slot>()
  let used = 0
  const placed = plans.map((plan) => {
    const byKey = new Map<string, { readonly base: Slot; readonly frame: Mfn }>()
    for (const key of plan.keys) {
      const frame = frames[used++]!.mfn
      const base = cells.block(2 * 512) as Slot
      byKey.set(key, { base, frame })
      tables.set(frame, base)
    }
    const slotOf = (page: number, level: number): Slot =>
      (byKey.get(plan.paths[page]![level]!)!.base + 2 * plan.indices[page]![level]!) as Slot
    const entries = new Map<Slot, Mfn>()
    for (const [page, path] of plan.paths.entries()) {
      for (let level = 0; level < path.length - 1; level++)
        entries.set(slotOf(page, level), byKey.get(path[level + 1]!)!.frame)
    }
    return {
      root: byKey.get('')!.frame,
      slots: plan.paths.map((path, page) => slotOf(page, path.length - 1)),
      entries: [...entries].map(([slot, frame]) => ({ slot, frame })),
    }
  })
  return {
    tables,
    roots: placed.map(({ root }) => root),
    slots: placed.map(({ slots }) => slots),
    entries: placed.map(({ entries }): readonly TableEntry[] => entries),
  }
}

/** Lay out the words of a process; where its entries lie is known later. All processes are made in one place, and so alike. */
function layoutProcess(cells: CellAllocator, pages: number, mappings: number): (slots: Process['slots']) => Process {
  const flags = Array.from({ length: pages }, () => cells.cell())
  const written = Array.from({ length: mappings }, () => cells.cell())
  const [pinned, alive, lock, killed] = [cells.cell(), cells.cell(), cells.cell(), cells.cell()]
  return (slots) => ({ flags, slots, written, pinned, alive, lock, killed })
}

const layoutCounters = (cells: CellAllocator): Counters => ({
  pageFaults: cells.cell(),
  hintFaults: cells.cell(),
  hintFaultsLocal: cells.cell(),
  hintUpdates: cells.cell(),
  pagesMigrated: cells.cell(),
  badEntries: cells.cell(),
  copies: cells.cell(),
  newPages: cells.cell(),
})

/** The leaf entry of a page of a process, as it lies in memory. */
export const leafOf = (machine: Machine, process: number, page: number): Pte =>
  machine.world.pte(machine.processes[process]!.slots[page]!)
