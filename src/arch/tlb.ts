import type { Slot } from './brand'
import type { Hardware } from './hardware'
import { EMPTY, has, PRESENT, type Pte } from './pte'

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

/**
 * Forget one page, or all, on every CPU that runs `process`.
 * Cut: the interrupts that tell other CPUs to flush arrive at once.
 */
export function shootDown(cx: Hardware, process: number, page?: number): void {
  for (const [index, cpu] of cx.cpus.entries()) {
    if (cx.world.get(cpu.process) !== process) continue
    if (page !== undefined) drop(cx, index, page)
    else for (let each = 0; each < cx.addresses.length; each++) drop(cx, index, each)
  }
}

/**
 * MOV CR3 to another process. Xen clears CR4.PGE around a real switch and Linux on bare metal marks no user page
 * GLOBAL, so nothing of the old process is left either way. Cut: an entry that a reader made GLOBAL on bare metal by hand
 * goes too.
 */
export function switchTo(cx: Hardware, cpu: number, process: number): void {
  const cells = cx.cpus[cpu]!
  if (cx.world.get(cells.process) === process) return
  for (let each = 0; each < cx.addresses.length; each++) drop(cx, cpu, each)
  cx.world.put(cells.process, process)
}
