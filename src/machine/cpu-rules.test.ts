import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Slot } from '../arch/brand'
import { OUTCOME, scratchOf } from '../arch/cpu'
import {
  ACCESSES,
  accessCode,
  accessIn,
  accessOf,
  errorCode,
  errorCodeText,
  MODE,
  type Access,
} from '../arch/error-code'
import { clearScratch, hasReservedBit, idle, landed, pageWalk, raisePageFault, touch } from '../arch/mmu'
import {
  ACCESSED,
  DIRTY,
  EMPTY,
  GLOBAL,
  NX_HI,
  PRESENT,
  pte,
  RW,
  USER,
  withFlags,
  withFrame,
  type Pte,
} from '../arch/pte'
import * as tlb from '../arch/tlb'
import { indices } from '../arch/vaddr'
import { bareMetal } from '../kernel/bare-metal'
import { isAccessible } from '../kernel/linux-pte'
import type { Platform } from '../kernel/context'
import { v4_0 } from '../kernel/variants'
import { xenPv } from '../xen/pv'
import { CPU, Machine, SECOND_CPU } from './machine'
import { PAGE, smallProcess } from './scenarios/small-process'

const { heap, shared } = PAGE
const FRAME = 0x12345
/** A leaf that allows a user everything, old and clean. */
const OPEN = withFrame(pte(PRESENT | RW | USER, 0), FRAME)

interface Touched {
  readonly access: Access
  readonly mode?: number
  readonly platform?: Platform
}

/** A machine about to touch the heap page, whose leaf entry is `leaf`. */
function about(leaf: Pte, { access, mode = MODE.user, platform = bareMetal }: Touched): Machine {
  const machine = new Machine(smallProcess(), v4_0, platform)
  const cpu = machine.cpus[CPU]!
  machine.world.putPte(slots(machine)[3], leaf)
  machine.world.put(cpu.page, heap)
  machine.world.put(cpu.access, accessCode(access))
  machine.world.put(cpu.mode, mode)
  return machine
}

/** Where the four entries of the walk to the heap page lie, root first. */
function slots(machine: Machine): readonly [Slot, Slot, Slot, Slot] {
  const path = indices(machine.addresses[heap]!)
  let table = machine.tableAt(machine.rootOf(0))!
  const found = path.map((index, level) => {
    const slot = (table + 2 * index) as Slot
    const { lo, hi } = machine.world.pte(slot)
    if (level < 3) table = machine.tableAt(((hi & 0xf_ffff) * 0x10_0000 + (lo >>> 12)) as never)!
    return slot
  })
  return found as never
}

/** Walk; what comes next is among what the step declares. */
function walk(machine: Machine) {
  const next = pageWalk.run(machine, CPU)
  expect(pageWalk.to(machine)).toContain(next)
  return next
}
function touched(machine: Machine) {
  const next = touch.run(machine, CPU)
  expect(touch.to(machine)).toContain(next)
  return next
}
const errorIn = (machine: Machine) => machine.world.get(machine.cpus[CPU]!.error)
const leafIn = (machine: Machine) => machine.world.pte(slots(machine)[3])
const word = fc.tuple(fc.nat(0xffff_ffff), fc.nat(0xffff_ffff)).map(([lo, hi]) => pte(lo, hi))

describe('the TLB', () => {
  test('[HW1] an access uses what the TLB holds, whatever memory says; without it the CPU walks', () => {
    const machine = about(EMPTY, { access: 'read' })
    expect(touched(machine)).toBe(pageWalk)
    tlb.fill(machine, CPU, heap, OPEN)
    expect(touched(machine)).toBe(landed)
    expect(leafIn(machine)).toEqual(EMPTY)
  })

  test.each([
    ['read', USER, 0, true],
    ['read', RW, 0, false],
    ['write', USER | RW, 0, true],
    ['write', USER, 0, false],
    ['exec', USER, 0, true],
    ['exec', USER, NX_HI, false],
  ] as const)('[HW1] [HW3] a cached entry is asked for its rights: %s, flags 0x%x', (access, flags, hi, lands) => {
    const machine = about(OPEN, { access })
    tlb.fill(machine, CPU, heap, withFrame(pte(PRESENT | DIRTY | flags, hi), FRAME))
    expect(touched(machine)).toBe(lands ? landed : raisePageFault)
    if (!lands) expect(errorIn(machine)).toBe(errorCode(access, true, false))
  })

  test('[HW1] a write through an entry that is cached clean walks, to set DIRTY in memory', () => {
    const machine = about(OPEN, { access: 'write' })
    tlb.fill(machine, CPU, heap, withFlags(OPEN, ACCESSED))
    expect(touched(machine)).toBe(pageWalk)
    tlb.fill(machine, CPU, heap, withFlags(OPEN, DIRTY))
    expect(touched(machine)).toBe(landed)
  })

  test('[PT4] an entry without PRESENT is never found in it', () => {
    const machine = about(EMPTY, { access: 'read' })
    fc.assert(
      fc.property(word, (entry) => {
        tlb.fill(machine, CPU, heap, entry)
        expect(tlb.lookUp(machine, CPU, heap) !== null).toBe(isAccessible(entry))
        expect(isAccessible(entry)).toBe((entry.lo & 1) === 1)
      }),
    )
  })

  const GLOBALLY = withFlags(OPEN, GLOBAL)
  /** What the TLB holds of the heap page, which is GLOBAL, and of the next one, which is not. */
  const held = (machine: Machine) => [heap, shared].map((page) => tlb.lookUp(machine, CPU, page))
  const filled = (platform: Platform) => {
    const machine = about(EMPTY, { access: 'read', platform })
    tlb.fill(machine, CPU, heap, GLOBALLY)
    tlb.fill(machine, CPU, shared, OPEN)
    return machine
  }

  test('[HW8] loading CR3 keeps what is GLOBAL and nothing else, on the one CPU', () => {
    const machine = filled(bareMetal)
    tlb.fill(machine, SECOND_CPU, shared, OPEN)
    tlb.loadCr3(machine, CPU)
    expect(held(machine)).toEqual([GLOBALLY, null])
    expect(tlb.lookUp(machine, SECOND_CPU, shared)).toEqual(OPEN)
  })

  test('[HW7] [XB3] a GLOBAL entry stays over a switch on bare metal; Xen clears CR4.PGE, and it goes', () => {
    for (const [platform, left] of [
      [bareMetal, GLOBALLY],
      [xenPv, null],
    ] as const) {
      const machine = filled(platform)
      tlb.switchTo(machine, CPU, 0)
      expect(held(machine)).toEqual([GLOBALLY, OPEN])
      tlb.switchTo(machine, CPU, 1)
      expect(held(machine)).toEqual([left, null])
    }
  })

  test('[HW7] INVLPG and a flush take a GLOBAL entry too', () => {
    const machine = filled(bareMetal)
    tlb.shootDown(machine, 0, heap)
    expect(held(machine)).toEqual([null, OPEN])
    const other = filled(bareMetal)
    tlb.shootDown(other, 0)
    expect(held(other)).toEqual([null, null])
  })

  test('[HW7] another process finds nothing of the one before; the same one finds all', () => {
    const machine = about(EMPTY, { access: 'read' })
    for (let page = 0; page < machine.pages.length; page++) tlb.fill(machine, CPU, page, OPEN)
    tlb.fill(machine, SECOND_CPU, heap, OPEN)
    // The words behind the last page's are somebody else's.
    machine.world.put(machine.cpus[SECOND_CPU]!.pc, 1)
    tlb.switchTo(machine, CPU, 0)
    expect(machine.pages.map((_, page) => tlb.lookUp(machine, CPU, page))).toEqual(machine.pages.map(() => OPEN))
    tlb.switchTo(machine, CPU, 1)
    expect(machine.pages.map((_, page) => tlb.lookUp(machine, CPU, page))).toEqual(machine.pages.map(() => null))
    expect(machine.world.get(machine.cpus[CPU]!.process)).toBe(1)
    expect(machine.world.get(machine.cpus[SECOND_CPU]!.pc)).toBe(1)
    expect(tlb.lookUp(machine, SECOND_CPU, heap)).toEqual(OPEN)
  })

  test('a shootdown reaches each CPU that runs the process, and no other; one page, or all', () => {
    const machine = about(EMPTY, { access: 'read' })
    const cached = (cpu: number) => machine.pages.flatMap((_, page) => (tlb.lookUp(machine, cpu, page) ? [page] : []))
    const fill = () =>
      [CPU, SECOND_CPU].forEach((cpu) => [0, heap, shared].forEach((page) => tlb.fill(machine, cpu, page, OPEN)))
    fill()
    tlb.shootDown(machine, 0, heap)
    expect([cached(CPU), cached(SECOND_CPU)]).toEqual([
      [0, shared],
      [0, shared],
    ])
    machine.world.put(machine.cpus[SECOND_CPU]!.process, 1)
    fill()
    machine.world.put(machine.cpus[SECOND_CPU]!.pc, 1)
    tlb.shootDown(machine, 0)
    expect(machine.world.get(machine.cpus[SECOND_CPU]!.pc)).toBe(1)
    expect([cached(CPU), cached(SECOND_CPU)]).toEqual([[], [0, heap, shared]])
    // What is not there is not written again.
    const before = machine.world.mark
    tlb.drop(machine, CPU, heap)
    expect(machine.world.mark).toBe(before)
  })
})

describe('the walk', () => {
  test('[HW2] [HW3] of the low flags it asks PRESENT, RW and USER', () => {
    expect(pageWalk.asks!(about(OPEN, { access: 'read' }))).toBe(PRESENT | RW | USER)
  })

  test('[HW2] without PRESENT nothing else of a leaf is read, and nothing is written or cached', () => {
    fc.assert(
      fc.property(word, fc.constantFrom(...ACCESSES), (entry, access) => {
        const absent = pte(entry.lo & ~PRESENT, entry.hi)
        const machine = about(absent, { access })
        expect(walk(machine)).toBe(raisePageFault)
        expect(errorIn(machine)).toBe(errorCode(access, false, false))
        expect(leafIn(machine)).toEqual(absent)
        expect(tlb.lookUp(machine, CPU, heap)).toBeNull()
      }),
    )
  })

  test.each([0, 1, 2])('[HW2] without PRESENT in table %i the leaf is never reached', (level) => {
    const machine = about(OPEN, { access: 'read' })
    const slot = slots(machine)[level]!
    machine.world.putPte(slot, pte(machine.world.pte(slot).lo & ~PRESENT, 0))
    expect(walk(machine)).toBe(raisePageFault)
    expect(errorIn(machine)).toBe(4)
  })

  test('[HW2] an upper entry that names no table of the model ends the walk', () => {
    const machine = about(OPEN, { access: 'read' })
    machine.world.putPte(slots(machine)[1], withFrame(pte(0x67, 0), 0x7777))
    expect(walk(machine)).toBe(raisePageFault)
    expect(errorIn(machine)).toBe(4)
  })

  const LEVELS = [0, 1, 2, 3] as const
  const rights = fc.tuple(fc.boolean(), fc.boolean(), fc.boolean())
  test('[HW3] a user needs USER everywhere, a write RW everywhere, a fetch NX nowhere', () => {
    fc.assert(
      fc.property(fc.tuple(rights, rights, rights, rights), fc.constantFrom(...ACCESSES), (levels, access) => {
        const machine = about(OPEN, { access })
        const places = slots(machine)
        for (const level of LEVELS) {
          const { lo, hi } = machine.world.pte(places[level])
          const [user, write, noFetch] = levels[level]
          const flags = PRESENT | (user ? USER : 0) | (write ? RW : 0)
          machine.world.putPte(places[level], pte((lo & 0xffff_f000) | flags, (hi & 0xf_ffff) | (noFetch ? NX_HI : 0)))
        }
        const allowed =
          levels.every(([user]) => user) &&
          (access !== 'write' || levels.every(([, write]) => write)) &&
          (access !== 'exec' || levels.every(([, , noFetch]) => !noFetch))
        expect(walk(machine)).toBe(allowed ? landed : raisePageFault)
        expect(errorIn(machine)).toBe(allowed ? 0 : errorCode(access, true, false))
      }),
    )
  })

  test('[HW3] the kernel needs no USER, but RW for a write; a kernel in ring 3 is taken for a user', () => {
    const kernelPage = withFrame(pte(PRESENT | RW, 0), FRAME)
    const of = (leaf: Pte, access: Access, platform: Platform) => {
      const machine = about(leaf, { access, mode: MODE.kernel, platform })
      return [walk(machine), errorIn(machine)]
    }
    expect(of(kernelPage, 'write', bareMetal)).toEqual([landed, 0])
    expect(of(withFrame(pte(PRESENT | USER, 0), FRAME), 'write', bareMetal)).toEqual([raisePageFault, 3])
    expect(of(kernelPage, 'write', xenPv)).toEqual([raisePageFault, 7])
    // The TLB asks the same.
    for (const [platform, next] of [
      [bareMetal, landed],
      [xenPv, raisePageFault],
    ] as const) {
      const machine = about(kernelPage, { access: 'read', mode: MODE.kernel, platform })
      tlb.fill(machine, CPU, heap, kernelPage)
      expect(touched(machine)).toBe(next)
    }
  })

  test.each([
    ['read', ACCESSED],
    ['exec', ACCESSED],
    ['write', ACCESSED | DIRTY],
  ] as const)('[HW4] a %s sets 0x%x in the leaf, and the TLB holds it so', (access, used) => {
    const machine = about(OPEN, { access })
    expect(walk(machine)).toBe(landed)
    expect(leafIn(machine)).toEqual(withFlags(OPEN, used))
    expect(tlb.lookUp(machine, CPU, heap)).toEqual(withFlags(OPEN, used))
  })

  test('[HW4] an access that faults sets neither, and a leaf that has both is not written again', () => {
    const readOnly = withFrame(pte(PRESENT | USER, 0), FRAME)
    const faulting = about(readOnly, { access: 'write' })
    walk(faulting)
    expect(leafIn(faulting)).toEqual(readOnly)
    const used = withFlags(OPEN, ACCESSED | DIRTY)
    const again = about(used, { access: 'write' })
    again.world.takeNotes()
    expect(walk(again)).toBe(landed)
    const written = again.world.takeNotes().filter((_, index) => index % 2 === 0)
    expect(written).not.toContain(slots(again)[3])
  })

  test('[HW6] a frame bit that the CPU does not drive faults with PRESENT, and is nothing without it', () => {
    for (let bit = 12; bit < 52; bit++) {
      const set = bit < 32 ? pte(OPEN.lo | (1 << bit), 0) : pte(OPEN.lo, 1 << (bit - 32))
      const reserved = bit >= 46
      expect(hasReservedBit(set, 34), `bit ${bit}`).toBe(reserved)
      const machine = about(set, { access: 'read' })
      expect(walk(machine)).toBe(reserved ? raisePageFault : landed)
      expect(errorIn(machine)).toBe(reserved ? 0xd : 0)
      const absent = about(pte(set.lo & ~PRESENT, set.hi), { access: 'read' })
      walk(absent)
      expect(errorIn(absent)).toBe(4)
    }
    expect(hasReservedBit(pte(0, 0x8000_0000), 34)).toBe(false)
  })
})

describe('#PF', () => {
  test('[HW5] the page leaves the TLB, all others stay, the fault is counted, the handler is next', () => {
    for (const platform of [bareMetal, xenPv]) {
      const machine = about(EMPTY, { access: 'read', platform })
      tlb.fill(machine, CPU, heap, OPEN)
      tlb.fill(machine, CPU, shared, OPEN)
      expect(raisePageFault.run(machine, CPU)).toBe(platform.pageFault)
      expect(raisePageFault.to(machine)).toEqual([platform.pageFault])
      expect(tlb.lookUp(machine, CPU, heap)).toBeNull()
      expect(tlb.lookUp(machine, CPU, shared)).toEqual(OPEN)
      expect(machine.world.get(machine.faultsRaised[CPU]!)).toBe(1)
    }
  })

  test.each([
    ['read', false, false, true, 0x4, 'not present, read, user'],
    ['write', false, false, true, 0x6, 'not present, write, user'],
    ['exec', false, false, true, 0x14, 'not present, fetch, user'],
    ['write', true, false, true, 0x7, 'present, write, user'],
    ['exec', true, false, true, 0x15, 'present, fetch, user'],
    ['read', true, true, true, 0xd, 'present, read, user, reserved bit'],
    ['write', true, false, false, 0x3, 'present, write, kernel'],
  ] as const)(
    '[HW5] %s, present %s, reserved %s, user %s: error 0x%x',
    (access, present, reserved, user, code, text) => {
      expect(errorCode(access, present, reserved, user)).toBe(code)
      expect(errorCodeText(code)).toBe(text)
      expect(accessIn(code)).toBe(access)
    },
  )

  test('an access is a word and back; an unknown word is a read', () => {
    expect(ACCESSES.map((access) => accessOf(accessCode(access)))).toEqual(ACCESSES)
    expect(accessOf(99)).toBe('read')
  })

  test('[HW1] the access that lands completes the operation, and nothing runs then', () => {
    const machine = about(OPEN, { access: 'read' })
    expect(landed.run(machine, CPU)).toBe(idle)
    expect([landed.to(machine), idle.to(machine), idle.run(machine, CPU)]).toEqual([[idle], [idle], idle])
    expect(machine.world.get(machine.cpus[CPU]!.outcome)).toBe(OUTCOME.completed)
  })

  test('the words of a fault are dead afterwards: all are cleared, no other is touched', () => {
    const machine = about(OPEN, { access: 'read' })
    const cpu = machine.cpus[CPU]!
    const [from, to] = scratchOf(cpu)
    for (let cell = from; cell < to; cell++) machine.world.put(cell as never, 7)
    tlb.fill(machine, CPU, 0, OPEN)
    const others = machine.world.words.slice()
    others.fill(0, from, to)
    clearScratch(machine, CPU)
    expect(machine.world.words).toEqual(others)
    const { mark } = machine.world
    clearScratch(machine, CPU)
    expect(machine.world.mark).toBe(mark)
  })
})
