import { describe, expect, test } from 'vitest'
import type { Slot } from '../arch/brand'
import { idle } from '../arch/mmu'
import { frameOf, pte, withFrame } from '../arch/pte'
import { indices } from '../arch/vaddr'
import { bareMetal } from '../kernel/bare-metal'
import type { Platform } from '../kernel/context'
import { FRAME } from '../kernel/frames'
import { v4_0, v6_1, type Kernel } from '../kernel/variants'
import { xenPv } from '../xen/pv'
import type { ImageFrame, ProcessImage } from './image'
import { CPU, HAND, leafOf, Machine, SECOND_CPU } from './machine'
import { snapshotOf } from './snapshot'
import { PAGE, smallProcess, type ExtraPage } from './scenarios/small-process'

const HUGE: ExtraPage = {
  name: 'huge',
  address: 0x7f5e_c080_0000,
  mapping: 'huge pages, anon',
  backing: 'anon',
  rights: 'rw',
  filePfn: 0,
  huge: true,
}
const hugePage = Object.keys(PAGE).length
const built = (
  platform: Platform,
  changes: Partial<ProcessImage> = {},
  extra: readonly ExtraPage[] = [],
  kernel: Kernel = v4_0,
) => new Machine({ ...smallProcess(extra), ...changes }, kernel, platform)
const each = (machine: Machine) => Array.from({ length: machine.frames.count }, (_, frame) => frame)
const word = (machine: Machine, cell: number) => machine.world.words[cell]

/** The entries of the walk to a page, root first, and where the last one lies. */
function walkTo(machine: Machine, process: number, page: number, levels = 4) {
  let table = machine.tableAt(machine.rootOf(process))
  let at = -1
  const entries = indices(machine.addresses[page]!)
    .slice(0, levels)
    .map((index) => {
      at = table! + 2 * index
      const entry = machine.world.pte(at as Slot)
      table = machine.tableAt(frameOf(entry) as never)
      return entry
    })
  return { entries, at }
}

describe('tables', () => {
  test('[HW2] [XA2] the walk of each process leads to the leaf of each page, through entries with P RW US A D alone', () => {
    for (const platform of [bareMetal, xenPv]) {
      const machine = built(platform)
      for (const process of [0, 1]) {
        for (const page of machine.pages.keys()) {
          const { entries, at } = walkTo(machine, process, page)
          expect(at).toBe(machine.processes[process]!.slots[page])
          expect(entries.slice(0, 3).map(({ lo, hi }) => [lo & 0xfff, hi >>> 20])).toEqual(Array(3).fill([0x67, 0]))
        }
      }
      expect(machine.rootOf(0)).not.toBe(machine.rootOf(1))
      expect(machine.tableAt(0x7_7777 as never)).toBeNull()
    }
  })

  test('pages of one 2 MB have their last table in common, and no others', () => {
    const machine = built(bareMetal)
    const tables = machine.processes[0]!.slots.map((slot, page) => slot - 2 * indices(machine.addresses[page]!)[3])
    const windows = machine.addresses.map((address) => Math.floor(address / 0x20_0000))
    for (const a of tables.keys())
      for (const b of tables.keys()) expect(tables[a] === tables[b]).toBe(windows[a] === windows[b])
  })

  test('[HP1] a huge page is mapped by its PMD; under Xen PV it is a page of 4 KB, and no huge zero page is there', () => {
    const [bare, xen] = [built(bareMetal, {}, [HUGE]), built(xenPv, {}, [HUGE])]
    expect(walkTo(bare, 0, hugePage, 3).at).toBe(bare.processes[0]!.slots[hugePage])
    expect(walkTo(xen, 0, hugePage, 4).at).toBe(xen.processes[0]!.slots[hugePage])
    expect([bare.pages[hugePage]!.huge, xen.pages[hugePage]!.huge]).toEqual([true, undefined])
    expect(word(bare, bare.frames.kindCell(bare.hugeZeroFrame))).toBe(FRAME.zero)
    expect(xen.hugeZeroFrame).toBe(-1)
    expect(built(bareMetal).hugeZeroFrame).toBe(-1)
    // All else of the page is as it was.
    expect({ ...xen.pages[hugePage], huge: true }).toEqual(bare.pages[hugePage])
  })
})

describe('frames', () => {
  test('on bare metal the machine counts as the guest does; under Xen every frame has another number', () => {
    const [bare, xen] = [built(bareMetal), built(xenPv)]
    for (const frame of each(bare)) {
      expect(bare.frames.mfn(frame)).toBe(bare.frames.pfn(frame))
      expect(xen.frames.pfn(frame)).toBe(bare.frames.pfn(frame))
      expect(xen.frames.mfn(frame)).toBe(xen.frames.pfn(frame) + 0x5_0000)
      expect(xen.frames.indexOfPfn(xen.frames.pfn(frame))).toBe(frame)
      expect(xen.frames.indexOfMfn(xen.frames.mfn(frame))).toBe(frame)
    }
    expect([xen.frames.indexOfPfn(0x7_7777), xen.frames.indexOfMfn(0x7_7777)]).toEqual([-1, -1])
  })

  test('behind the frames of the image come those of the page tables, one after the other, and hold nothing else', () => {
    const image = smallProcess()
    const machine = built(bareMetal)
    const tables = each(machine).slice(image.frames.length)
    expect(tables.length).toBeGreaterThan(20)
    expect(tables.map((frame) => machine.frames.pfn(frame))).toEqual(
      tables.map((_, index) => image.firstTableFrame + index),
    )
    for (const frame of tables) {
      expect(machine.frames.kind(frame)).toBe(FRAME.table)
      expect(machine.tableAt(machine.frames.mfn(frame))).not.toBeNull()
    }
    expect(each(machine).filter((frame) => machine.frames.kind(frame) === FRAME.table)).toEqual(tables)
  })

  test('[PG2] an anonymous page mapped once is its process’s alone, where the image says nothing else; before 6.1 nothing is marked', () => {
    const image = smallProcess()
    const told: readonly Partial<ImageFrame>[] = [
      { kind: FRAME.anon, mapcount: 1 },
      { kind: FRAME.anon, mapcount: 2 },
      { kind: FRAME.file, mapcount: 1 },
      { kind: FRAME.anon, mapcount: 1, exclusive: false },
      { kind: FRAME.anon, mapcount: 2, exclusive: true },
    ]
    const frames = image.frames.map((frame, index) => ({ ...frame, ...told[index] }))
    const marks = (kernel: Kernel) => {
      const machine = built(bareMetal, { frames }, [], kernel)
      return told.map((_, frame) => word(machine, machine.frames.exclusiveCell(frame)))
    }
    expect(marks(v6_1)).toEqual([1, 0, 0, 0, 1])
    expect(marks(v4_0)).toEqual([0, 0, 0, 0, 0])
    const machine = built(bareMetal, { frames })
    expect(told.map((_, frame) => machine.frames.kind(frame))).toEqual([1, 1, 2, 1, 1])
    expect(told.map((_, frame) => machine.frames.mapcount(frame))).toEqual([1, 2, 1, 1, 2])
  })

  test('[MI1] bare metal has two nodes, a CPU and frames on each; Xen shows Linux one', () => {
    const [bare, xen] = [built(bareMetal), built(xenPv)]
    const nodes = (machine: Machine) => [CPU, SECOND_CPU, HAND].map((actor) => machine.nodeOf(actor))
    expect([nodes(bare), nodes(xen)]).toEqual([
      [0, 1, 0],
      [0, 0, 0],
    ])
    expect(new Set(each(bare).map((frame) => bare.frames.node(frame)))).toEqual(new Set([0, 1]))
    expect(new Set(each(xen).map((frame) => xen.frames.node(frame)))).toEqual(new Set([0]))
    // The first touch takes a frame of the toucher’s node.
    expect(bare.frames.node(bare.frames.firstFree(1)!)).toBe(1)
    expect(bare.frames.node(bare.frames.firstFree(0)!)).toBe(0)
  })
})

describe('what the machine begins with', () => {
  test('what the image says, in the first process; the second does not exist yet', () => {
    const image = smallProcess()
    const machine = built(bareMetal, {
      pages: image.pages.map((page, index) => (index === PAGE.heap ? { ...page, entry: pte(0x1234_5067, 0) } : page)),
      written: image.written.map((_, index) => index === 3),
      swapSlots: [0, 2, 1],
    })
    const [parent, child] = machine.processes as [(typeof machine.processes)[0], (typeof machine.processes)[0]]
    expect(parent.flags.map((cell) => word(machine, cell))).toEqual(image.pages.map(({ flags }) => flags))
    expect(leafOf(machine, 0, PAGE.heap)).toEqual(pte(0x1234_5067, 0))
    expect(leafOf(machine, 0, PAGE.shared)).toEqual(pte(0, 0))
    expect(parent.written.map((cell) => word(machine, cell))).toEqual([0, 0, 0, 1, 0, 0, 0, 0])
    expect(machine.swapSlots.map((cell) => word(machine, cell))).toEqual([0, 2, 1])
    expect([word(machine, parent.alive), word(machine, child.alive)]).toEqual([1, 0])
    expect([word(machine, parent.lock), word(machine, parent.killed)]).toEqual([0, 0])
    expect(machine.world.mark).toBe(0)
  })

  test('[XS8] tables may begin unknown to Xen, if the image says so; bare metal has nobody who would know them', () => {
    const pinned = (platform: Platform, said?: boolean) => {
      const machine = built(platform, said === undefined ? {} : { pinned: said })
      return machine.processes.map(({ pinned: cell }) => word(machine, cell))
    }
    expect([pinned(xenPv), pinned(xenPv, true), pinned(xenPv, false), pinned(bareMetal, false)]).toEqual([
      [1, 0],
      [1, 0],
      [0, 0],
      [1, 0],
    ])
  })

  test('every actor is idle, and does nothing', () => {
    const machine = built(bareMetal)
    for (const actor of [CPU, SECOND_CPU, HAND]) {
      expect([machine.isIdle(actor), machine.nextStep(actor)]).toEqual([true, idle])
      expect(machine.tick(actor)).toBe(idle)
      expect(machine.isIdle(actor)).toBe(true)
    }
    machine.world.put(machine.cpus[CPU]!.pc, bareMetal.pageFault.id)
    expect([machine.isIdle(CPU), machine.isIdle(SECOND_CPU)]).toEqual([false, true])
  })

  test('statistics lie behind the words that decide, and no two words share a place', () => {
    const machine = built(bareMetal)
    const { cpus, processes, swapSlots, counters, faultsRaised, decidingWords, world } = machine
    const statistics = [...Object.values(counters), ...faultsRaised]
    const deciding = [
      ...cpus.flatMap(({ tlb, entry, next, ...cells }) => [
        ...Object.values(cells),
        ...[entry, next].flatMap((slot) => [slot, slot + 1]),
        ...machine.pages.flatMap((_, page) => [tlb + 2 * page, tlb + 2 * page + 1]),
      ]),
      ...processes.flatMap(({ flags, slots, written, pinned, alive, lock, killed }) => [
        ...flags,
        ...slots.flatMap((slot) => [slot, slot + 1]),
        ...written,
        pinned,
        alive,
        lock,
        killed,
      ]),
      ...swapSlots,
      ...each(machine).flatMap((frame) => [
        machine.frames.kindCell(frame),
        machine.frames.mapcountCell(frame),
        machine.frames.dirtyCell(frame),
        machine.frames.exclusiveCell(frame),
        machine.frames.nodeCell(frame),
      ]),
    ]
    expect(Math.max(...deciding)).toBeLessThan(decidingWords)
    expect(Math.min(...statistics)).toBe(decidingWords)
    expect(Math.max(...statistics)).toBe(world.words.length - 1)
    const all = [...deciding, ...statistics]
    expect(new Set(all).size).toBe(all.length)
  })
})

test('what a machine holds is the beginning of another that holds the same', () => {
  const image = smallProcess()
  const machine = built(bareMetal, {}, [], v6_1)
  const { world, frames, swapSlots } = machine
  const parent = machine.processes[0]!
  world.putPte(parent.slots[PAGE.heap]!, withFrame(pte(0x165, 0x8000_0000), 0x12345))
  world.put(parent.flags[PAGE.guard]!, 0x10_0070)
  world.put(parent.written[3]!, 1)
  world.put(frames.kindCell(5), FRAME.anon)
  world.put(frames.mapcountCell(5), 1)
  world.put(frames.kindCell(6), FRAME.anon)
  world.put(frames.mapcountCell(6), 2)
  world.put(frames.exclusiveCell(6), 1)
  world.put(swapSlots[2]!, 3)
  const again = new Machine(snapshotOf(machine, image), v6_1, bareMetal)
  expect(again.world.words).toEqual(machine.world.words)
})
