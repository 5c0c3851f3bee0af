import { ACCESSED, SOFT_DIRTY, withoutFlags } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { faultOf, type KernelCx } from './context'
import { isYoung, makeOld, swapEntry, swapExclusive, swapOffset, swapSoftDirty, writeProtect } from './linux-pte'
import { asksPresentPage, linuxPresent, presentPage } from './page'
import { VM_SOFTDIRTY } from './protection'
import { lock, operationDone, unlock } from './return'
import { store } from './set-pte'

type Kstep = Step<KernelCx>

/** What is written into /proc/PID/clear_refs: 1 forgets which pages were used, 4 which were written. */
export type Forgotten = 'accessed' | 'soft-dirty'
export const FORGOTTEN: readonly Forgotten[] = ['accessed', 'soft-dirty']

const where = (name: string) => ({ file: 'fs/proc/task_mmu.c', function: name })

const forgotten = (cx: KernelCx, actor: number): Forgotten => FORGOTTEN[cx.world.get(cx.cpus[actor]!.operand)]!

/** [CR1] A write to clear_refs goes over the whole process; 4 turns the tracking of writes on for every mapping. */
export const clearRefs: Kstep = step({
  name: 'clear_refs_write',
  rule: 'CR1',
  lane: 'kernel',
  where: where('clear_refs_write'),
  to: () => [clearRefs, clearRef],
  run(cx, actor) {
    const { cpu, process } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return clearRefs
    if (forgotten(cx, actor) === 'soft-dirty') {
      for (const cell of process.flags) {
        const flags = cx.world.get(cell)
        if (flags & VM_SOFTDIRTY) cx.world.put(cell, flags & ~VM_SOFTDIRTY)
      }
    }
    cx.world.put(cpu.cursor, 0)
    return clearRef
  },
})

/**
 * [CR2] One entry: A off where a struct page counts it; or RW and SOFT_DIRTY off, so that the next write faults and is
 * noticed. A swap entry loses its own soft-dirty bit.
 */
export const clearRef: Kstep = step({
  name: 'clear_refs_pte_range',
  rule: 'CR2',
  lane: 'kernel',
  where: where('clear_refs_pte_range'),
  asks: (cx) => asksPresentPage(cx) | ACCESSED,
  to: (cx) => [clearRef, refsCleared, cx.platform.plainStore, cx.platform.setPte, cx.platform.commit],
  run(cx, actor) {
    const { cpu, process } = faultOf(cx, actor)
    const page = cx.world.get(cpu.cursor)
    if (page >= cx.pages.length) return refsCleared
    cx.world.put(cpu.cursor, page + 1)
    const slot = process.slots[page]!
    const raw = cx.world.pte(slot)
    if (forgotten(cx, actor) === 'accessed') {
      const counts = presentPage(cx, raw) >= 0 && isYoung(raw)
      return counts ? store(cx, actor, 'plainStore', slot, makeOld(raw), clearRef) : clearRef
    }
    if (!cx.kernel.keepsSoftDirty) return clearRef
    if (linuxPresent(cx, raw)) {
      return store(cx, actor, cx.kernel.clearRefs.by, slot, withoutFlags(writeProtect(raw), SOFT_DIRTY), clearRef)
    }
    if (!swapSoftDirty(cx.kernel, raw)) return clearRef
    const clean = swapEntry(cx.kernel, swapOffset(cx.kernel, raw), false, swapExclusive(cx.kernel, raw))
    return store(cx, actor, 'setPte', slot, clean, clearRef)
  },
})

/** [CR3] Stale A bits in the TLB do no harm, and 6.1 does not flush for them; a stale RW would. */
const refsCleared: Kstep = step({
  name: 'flush_tlb_mm, refs',
  rule: 'CR3',
  lane: 'kernel',
  where: where('clear_refs_write'),
  to: () => [operationDone],
  run(cx, actor) {
    const { process, processIndex } = faultOf(cx, actor)
    if (cx.kernel.clearRefs.flushesAlways || forgotten(cx, actor) === 'soft-dirty') shootDown(cx, processIndex)
    unlock(cx, actor, process)
    return operationDone
  },
})
