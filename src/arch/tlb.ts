import type { Slot } from './brand'
import type { Hardware } from './hardware'
import { EMPTY, GLOBAL, has, PRESENT, type Pte } from './pte'

const tlbSlot = (cx: Hardware, cpu: number, page: number): Slot => (cx.cpus[cpu]!.tlb + 2 * page) as Slot

/** The cached leaf entry for a page, or null. */
export function lookUp(cx: Hardware, cpu: number, page: number): Pte | null {
  const cached = cx.world.pte(tlbSlot(cx, cpu, page))
  return has(cached, PRESENT) ? cached : null
}

/** Remember the leaf a walk ended in. */
export const fill = (cx: Hardware, cpu: number, page: number, leaf: Pte): void =>
  cx.world.putPte(tlbSlot(cx, cpu, page), leaf)

/** Forget one page on one CPU: INVLPG, and what every #PF does for its own address (SDM 4.10.4.1). */
export function drop(cx: Hardware, cpu: number, page: number): void {
  if (lookUp(cx, cpu, page)) cx.world.putPte(tlbSlot(cx, cpu, page), EMPTY)
}

function dropAll(cx: Hardware, cpu: number): void {
  for (let page = 0; page < cx.addresses.length; page++) drop(cx, cpu, page)
}

/**
 * Forget one page, or all, on every CPU that runs `process`.
 * Cut: the interrupts that tell other CPUs to flush arrive at once; and a flush of all forgets GLOBAL entries too, also where a
 * kernel only loads CR3 again.
 */
export function shootDown(cx: Hardware, process: number, page?: number): void {
  for (const [index, cpu] of cx.cpus.entries()) {
    if (cx.world.get(cpu.process) !== process) continue
    if (page !== undefined) drop(cx, index, page)
    else dropAll(cx, index)
  }
}

/** [HW8] MOV CR3: everything goes but what is GLOBAL. */
export function loadCr3(cx: Hardware, cpu: number): void {
  for (let each = 0; each < cx.addresses.length; each++) {
    const cached = lookUp(cx, cpu, each)
    if (cached && !has(cached, GLOBAL)) drop(cx, cpu, each)
  }
}

/**
 * [HW7] Another process's tables are taken up. A hypervisor that clears CR4.PGE around the switch leaves nothing of the old
 * process; else what is GLOBAL stays, which on bare metal only an entry made by hand is.
 */
export function switchTo(cx: Hardware, cpu: number, process: number): void {
  const cells = cx.cpus[cpu]!
  if (cx.world.get(cells.process) === process) return
  if (cx.switchesWithoutPge) dropAll(cx, cpu)
  else loadCr3(cx, cpu)
  cx.world.put(cells.process, process)
}
