import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Slot } from '../arch/brand'
import { MODE, PF_PROT, PF_USER, PF_WRITE } from '../arch/error-code'
import {
  ACCESSED,
  DIRTY,
  EMPTY,
  frameOf,
  GLOBAL,
  has,
  PRESENT,
  pte,
  RW,
  USER,
  withFlags,
  withFrame,
  withoutFlags,
  type Pte,
} from '../arch/pte'
import { allSteps, type Step } from '../arch/step'
import { fill, lookUp } from '../arch/tlb'
import { indices } from '../arch/vaddr'
import type { KernelCx } from '../kernel/context'
import { CHILD } from '../kernel/fork'
import { operationDone } from '../kernel/return'
import { store } from '../kernel/set-pte'
import { v4_0 } from '../kernel/variants'
import { adjustGuestL1e } from '../xen/adjust'
import { makePte, pteVal } from '../xen/p2m'
import { xenPv } from '../xen/pv'
import { CPU, leafOf, Machine } from './machine'
import { scenarioById } from './scenario'
import { PAGE, smallProcess } from './scenarios/small-process'

const { heap } = PAGE
const PAGE_COUNT = Object.keys(PAGE).length
const NX = 0x8000_0000
const half = fc.nat(0xffff_ffff)
const word = fc.tuple(half, half).map(([lo, hi]) => pte(lo, hi))

const freshMachine = () => new Machine(smallProcess(), v4_0, xenPv)
/** A free frame of the guest, by its guest and machine number. */
const free = (machine: Machine) => {
  const index = Array.from({ length: machine.frames.count }, (_, each) => each).find(
    (each) => machine.frames.kind(each) === 0,
  )!
  return { pfn: machine.frames.pfn(index), mfn: machine.frames.mfn(index) }
}

type Way = 'setPte' | 'commit' | 'plainStore'

/** Linux asks for a word in a page's entry; what is there afterwards, and the steps that Xen took. */
function ask(machine: Machine, way: Way, wanted: Pte, page: number = heap) {
  const slot = machine.processes[0]!.slots[page]!
  machine.world.put(machine.cpus[CPU]!.page, page)
  let next: Step<KernelCx> = store(machine, CPU, way, slot, wanted, operationDone)
  const steps: string[] = []
  while (next.lane === 'xen') {
    steps.push(next.name)
    const declared = next.to(machine)
    next = next.run(machine, CPU)
    expect(declared).toContain(next)
  }
  expect(next).toBe(operationDone)
  return { stored: leafOf(machine, 0, page), steps }
}

const WAYS = [
  ['setPte', 'mmu_update'],
  ['commit', 'mmu_update, keep A and D'],
  ['plainStore', 'trap and emulate'],
] as const

describe('what Xen adds', () => {
  test.each([
    ['present, user', PRESENT | USER, 0, PRESENT | USER | GLOBAL, 0],
    ['present, kernel', PRESENT | RW, NX, PRESENT | RW | USER, NX | 0x10_0000],
    ['present, kernel, GLOBAL asked for', PRESENT | GLOBAL, 0, PRESENT | GLOBAL | USER, 0x10_0000],
    ['present, marked as the guest kernel’s', PRESENT | USER, 0x10_0000, PRESENT | USER, 0x10_0000],
    ['not present', USER | RW, 0, USER | RW, 0],
    ['PROTNONE', GLOBAL | ACCESSED, NX, GLOBAL | ACCESSED, NX],
  ])('[XA1] %s: flags 0x%x', (_name, lo, hi, loAfter, hiAfter) => {
    expect(adjustGuestL1e(pte(lo, hi))).toEqual(pte(loAfter, hiAfter))
  })

  test('[XA1] nothing is ORed into an entry without PRESENT, whatever else it holds', () => {
    fc.assert(
      fc.property(
        word,
        (entry) => void expect(adjustGuestL1e(withoutFlags(entry, PRESENT))).toEqual(withoutFlags(entry, PRESENT)),
      ),
    )
  })

  test('[XA1] a second look adds nothing to what the first one added', () => {
    fc.assert(
      fc.property(word, (entry) => void expect(adjustGuestL1e(adjustGuestL1e(entry))).toEqual(adjustGuestL1e(entry))),
    )
  })

  test('[XA2] no entry above the leaf has GLOBAL, after any store and after a pin', () => {
    const machine = freshMachine()
    ask(machine, 'setPte', withFrame(pte(0x67, NX), free(machine).mfn))
    machine.world.put(machine.cpus[CPU]!.target, CHILD)
    xenPv.activate.run(machine, CPU)
    let seen = 0
    for (const process of [0, 1]) {
      for (const address of machine.addresses) {
        let table = machine.tableAt(machine.rootOf(process))!
        for (const index of indices(address).slice(0, 3)) {
          const entry = machine.world.pte((table + 2 * index) as Slot)
          expect(has(entry, GLOBAL)).toBe(false)
          table = machine.tableAt(frameOf(entry) as never)!
          seen++
        }
      }
    }
    expect(seen).toBeGreaterThan(20)
  })
})

describe('frames', () => {
  test('[XP1] a present machine frame is read as the guest’s; one of somebody else takes PRESENT and the frame', () => {
    const machine = freshMachine()
    const { pfn, mfn } = free(machine)
    expect(pteVal(machine, withFrame(pte(0x967, NX), mfn))).toEqual(withFrame(pte(0x967, NX), pfn))
    expect(pteVal(machine, withFrame(pte(0x967, NX), 0x99999))).toEqual(pte(0x966, NX))
  })

  test('[XP2] a guest frame is written as the machine’s; one that the machine has not gives an empty entry', () => {
    const machine = freshMachine()
    const { pfn, mfn } = free(machine)
    expect(makePte(machine, withFrame(pte(0x867, NX), pfn))).toEqual(withFrame(pte(0x867, NX), mfn))
    expect(makePte(machine, withFrame(pte(0x867, NX), 0x99999))).toEqual(EMPTY)
  })

  test('[XP1] [XP2] without PRESENT nothing is turned; with it each is the inverse of the other, for every frame', () => {
    const machine = freshMachine()
    fc.assert(
      fc.property(word, (entry) => {
        const absent = withoutFlags(entry, PRESENT)
        expect(pteVal(machine, absent)).toEqual(absent)
        expect(makePte(machine, absent)).toEqual(absent)
      }),
    )
    fc.assert(
      fc.property(word, fc.nat(machine.frames.count - 1), (entry, frame) => {
        const value = withFrame(withFlags(entry, PRESENT), machine.frames.pfn(frame))
        expect(pteVal(machine, makePte(machine, value))).toEqual(value)
        expect(frameOf(makePte(machine, value))).toBe(machine.frames.mfn(frame))
      }),
    )
  })
})

describe('the fault arrives', () => {
  test('[XB1] the USER bit says in which mode the guest was, whatever the CPU said; then Linux goes on', () => {
    for (const [mode, expected] of [
      [MODE.user, PF_PROT | PF_WRITE | PF_USER],
      [MODE.kernel, PF_PROT | PF_WRITE],
    ] as const) {
      for (const said of [PF_PROT | PF_WRITE, PF_PROT | PF_WRITE | PF_USER]) {
        const machine = freshMachine()
        const cpu = machine.cpus[CPU]!
        machine.world.put(cpu.mode, mode)
        machine.world.put(cpu.error, said)
        const next = xenPv.pageFault.run(machine, CPU)
        expect(next.name).toBe('do_page_fault')
        expect(xenPv.pageFault.to(machine)).toEqual([next])
        expect(machine.world.get(cpu.error)).toBe(expected)
      }
    }
  })
})

describe('the way into the guest’s kernel', () => {
  test('[XB2] keeps in the TLB what is GLOBAL, from a program; from the kernel itself there is no way to go', () => {
    const [entry, plain] = [withFrame(pte(0x167, NX), 0x62345), withFrame(pte(0x067, NX), 0x62346)]
    for (const [mode, left] of [
      [MODE.user, null],
      [MODE.kernel, plain],
    ] as const) {
      const machine = freshMachine()
      machine.world.put(machine.cpus[CPU]!.mode, mode)
      fill(machine, CPU, heap, entry)
      fill(machine, CPU, PAGE.stack, plain)
      xenPv.pageFault.run(machine, CPU)
      expect([heap, PAGE.stack].map((page) => lookUp(machine, CPU, page))).toEqual([entry, left])
    }
  })
})

describe('stores into page tables', () => {
  test.each(WAYS)('[XS1] [XS3] [XS4] [XS7] %s: Xen is asked, adjusts, and stores', (way, first) => {
    const machine = freshMachine()
    const wanted = withFrame(pte(0x067, NX), free(machine).mfn)
    expect(ask(machine, way, wanted)).toEqual({
      stored: withFlags(wanted, GLOBAL),
      steps: [first, 'adjust_guest_l1e', 'Xen stores'],
    })
  })

  test.each(WAYS)(
    '[XS2] %s: without PRESENT, or in a table not validated, the word is stored as it came',
    (way, first) => {
      const machine = freshMachine()
      // The frame is nobody's, and nobody asks.
      const absent = withFrame(pte(0x160, 0), 0x99999)
      expect(ask(machine, way, absent)).toEqual({ stored: absent, steps: [first, 'Xen stores'] })
      const fresh = freshMachine()
      fresh.world.put(fresh.processes[0]!.pinned, 0)
      const wanted = withFrame(pte(0x067, NX), free(fresh).mfn)
      expect(ask(fresh, way, wanted)).toEqual({ stored: wanted, steps: [first, 'Xen stores'] })
    },
  )

  test.each(WAYS)('[XS5] %s: a frame that is not the guest’s, or is a page table, is refused', (way, first) => {
    for (const mfn of [0x99999, freshMachine().rootOf(0)]) {
      const machine = freshMachine()
      const before = withFrame(pte(0x165, NX), free(machine).mfn)
      machine.world.putPte(machine.processes[0]!.slots[heap]!, before)
      expect(ask(machine, way, withFrame(pte(0x067, NX), mfn))).toEqual({
        stored: before,
        steps: [first, 'Xen refuses'],
      })
    }
  })

  /** The machine of the scenario with a granted page, mapped; and the same for that page as `ask`. */
  const granted = () => {
    const machine = new Machine(scenarioById('grant')!.image(v4_0, 'xen'), v4_0, xenPv)
    const page = PAGE_COUNT
    machine.world.put(machine.cpus[CPU]!.page, page)
    const slot = machine.processes[0]!.slots[page]!
    machine.world.put(machine.cpus[CPU]!.target, slot)
    expect(xenPv.mapGrant!.run(machine, CPU)).toBe(operationDone)
    return { machine, entry: machine.world.pte(slot), ask: (way: Way, word: Pte) => ask(machine, way, word, page) }
  }

  test('[XG1] the entry of a grant is written by Xen: a frame that is not the guest’s, usable at once, with bit 8', () => {
    const { machine, entry } = granted()
    expect(entry).toEqual(withFrame(pte(0x167, NX), 0x94c21))
    expect(machine.frames.isForeign(machine.frames.indexOfMfn(frameOf(entry)))).toBe(true)
    expect(xenPv.mapGrant!.to(machine)).toContain(operationDone)
  })

  test.each(WAYS)('[XG2] %s: a grant overwritten without PRESENT is unmapped, and does not come back', (way, first) => {
    const grant = granted()
    const hint = withFrame(pte(0x162, 0), 0x2f300)
    const { stored, steps } = grant.ask(way, hint)
    expect(steps).toEqual([first, 'the grant is unmapped', 'Xen stores'])
    expect(withFlags(stored, ACCESSED | DIRTY)).toEqual(withFlags(hint, ACCESSED | DIRTY))
    expect(grant.ask(way, withoutFlags(grant.entry, GLOBAL))).toEqual({ stored, steps: [first, 'Xen refuses'] })
    // Empty over empty, and a table that nobody has validated, are nobody's grant.
    expect(grant.ask(way, EMPTY).steps).toEqual([first, 'Xen stores'])
    const fresh = granted()
    fresh.machine.world.put(fresh.machine.processes[0]!.pinned, 0)
    expect(fresh.ask(way, hint).steps).toEqual([first, 'Xen stores'])
  })

  test.each(WAYS)('[XG3] %s: the entry of a grant changes in place while frame, PRESENT and RW stay', (way, first) => {
    const { entry, ask: askFor } = granted()
    const old = withoutFlags(entry, DIRTY | GLOBAL)
    expect(askFor(way, old).steps).toEqual([first, 'adjust_guest_l1e', 'Xen stores'])
    const { mfn } = free(granted().machine)
    for (const [word, end] of [
      [withoutFlags(entry, RW), 'Xen refuses'],
      [withFrame(entry, 0x99999), 'Xen refuses'],
      [withFrame(entry, mfn), 'Xen stores'],
    ] as const)
      expect(granted().ask(way, word).steps.at(-1)).toBe(end)
  })

  test.each(WAYS)('[XG3] %s: only a present entry of a grant is one, and only in place it stays', (way, first) => {
    // The guest's own page, shut off in place: nothing to unmap, nothing to adjust.
    const machine = freshMachine()
    const own = withFrame(pte(0x167, NX), free(machine).mfn)
    machine.world.putPte(machine.processes[0]!.slots[heap]!, own)
    expect(ask(machine, way, withoutFlags(own, PRESENT)).steps).toEqual([first, 'Xen stores'])
    // The same of a grant, frame and RW as they are: it is gone all the same.
    const grant = granted()
    expect(grant.ask(way, withoutFlags(grant.entry, PRESENT)).steps).toEqual([
      first,
      'the grant is unmapped',
      'Xen stores',
    ])
    // A word made by hand that names nobody's frame is no grant either.
    const byHand = freshMachine()
    byHand.world.putPte(byHand.processes[0]!.slots[heap]!, withFrame(pte(0x167, NX), 0x99999))
    expect(ask(byHand, way, EMPTY).steps).toEqual([first, 'Xen stores'])
    // What lies there now names the other domain's frame, and maps nothing.
    expect(grant.ask(way, EMPTY).steps).toEqual([first, 'Xen stores'])
  })

  test('[XS1] RW decides only where a grant can stand', () => {
    expect(xenPv.setPte.asks!(granted().machine)).toBe(PRESENT | RW)
    expect(xenPv.setPte.asks!(freshMachine())).toBe(PRESENT)
  })

  test('[XS6] the commit alone keeps the ACCESSED and DIRTY that stand in memory, with PRESENT and without', () => {
    for (const [way] of WAYS) {
      for (const wanted of [0x001, 0x100]) {
        for (const standing of [0, ACCESSED, DIRTY, ACCESSED | DIRTY]) {
          const machine = freshMachine()
          const { mfn } = free(machine)
          machine.world.putPte(machine.processes[0]!.slots[heap]!, withFrame(pte(0x107 | standing, NX), mfn))
          const { stored } = ask(machine, way, withFrame(pte(wanted | USER, 0), mfn))
          expect(stored.lo & (ACCESSED | DIRTY)).toBe(way === 'commit' ? standing : 0)
          expect(stored.lo & RW).toBe(0)
        }
      }
    }
  })

  test('[XS8] a pin adjusts every present entry of the process, leaves all others, and the table counts as validated', () => {
    const machine = freshMachine()
    const [own, child] = machine.processes as [(typeof machine.processes)[0], (typeof machine.processes)[0]]
    const { mfn } = free(machine)
    const [user, kernel, hinted] = [pte(0x045, NX), pte(0x001, 0), pte(0x160, 0)].map((entry) =>
      withFrame(entry, mfn),
    ) as [Pte, Pte, Pte]
    ;[user, kernel, hinted].forEach((entry, page) => machine.world.putPte(child.slots[page]!, entry))
    machine.world.putPte(own.slots[0]!, user)
    machine.world.put(machine.cpus[CPU]!.target, CHILD)
    machine.world.put(machine.cpus[CPU]!.after, operationDone.id)
    expect(xenPv.activate.run(machine, CPU)).toBe(operationDone)
    expect(xenPv.activate.to(machine)).toContain(operationDone)
    const after = (slot: Slot) => machine.world.pte(slot)
    expect(after(child.slots[0]!)).toEqual(withFlags(user, GLOBAL))
    expect(after(child.slots[1]!)).toEqual(adjustGuestL1e(kernel))
    expect(after(child.slots[2]!)).toEqual(hinted)
    expect(after(own.slots[0]!)).toEqual(user)
    expect(machine.world.get(child.pinned)).toBe(1)
  })

  test('Xen asks PRESENT of what it is to store, and nothing else', () => {
    const [adjust] = xenPv.setPte.to(freshMachine())
    expect(adjust!.asks!(freshMachine())).toBe(PRESENT)
  })

  test('the platform: the kernel runs in ring 3, large pages are not offered, and each step has its place upstream', () => {
    expect([xenPv.id, xenPv.kernelInRing3, xenPv.hugePages]).toEqual(['xen', true, false])
    const steps = allSteps<KernelCx>().filter(({ lane }) => lane === 'xen')
    expect(steps.length).toBeGreaterThan(5)
    for (const { name, where } of steps) {
      expect(where?.file, name).toMatch(/^xen\/arch\/x86\/(?:mm|traps)\.c$/)
      expect(where?.function, name).toMatch(/^[a-z_0-9]+$/)
    }
  })
})
