import { PF_WRITE } from '../arch/error-code'
import { same } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { faultOf, type KernelCx } from './context'
import { FRAME } from './frames'
import {
  isSoftDirty,
  makeDirty,
  makeEntry,
  makeWritable,
  swapEntry,
  swapExclusive,
  swapOffset,
  swapSoftDirty,
} from './linux-pte'
import { SOFT_DIRTY, withFlags } from '../arch/pte'
import { asksPresentPage, clearExclusive, isExclusive, presentPage, takeAnonymousPage } from './page'
import { VM_WRITE } from './protection'
import { lock, operationDone, returnFromFault, unlock } from './return'
import { store } from './set-pte'
import { doWpPage } from './write-protect'

type Kstep = Step<KernelCx>

/**
 * [SW2] Bring a page back from swap: RW at once for a write that nobody shares; else read-only, and a write goes on to
 * do_wp_page. Cut: reading the disk takes no time, and the swap slot is given back at once; there is no swap
 * cache, so a page shared through swap is read once for each.
 */
export const doSwapPage: Kstep = step({
  name: 'do_swap_page',
  rule: 'SW2',
  lane: 'kernel',
  where: { file: 'mm/memory.c', function: 'do_swap_page' },
  to: (cx) => [doSwapPage, returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const { cpu, process, slot, flags, protection, page } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return doSwapPage
    const entry = cx.world.pte(cpu.entry)
    const swapSlot = cx.swapSlots[swapOffset(cx.kernel, entry)]
    if (!same(cx.world.pte(slot), entry) || swapSlot === undefined) return returnFromFault
    const sharers = cx.world.get(swapSlot)
    cx.world.put(swapSlot, Math.max(0, sharers - 1))
    const frame = takeAnonymousPage(cx, actor, process, page)
    const write = (cx.world.get(cpu.error) & PF_WRITE) !== 0
    const exclusive = sharers <= 1
    if (!exclusive || !(write || swapExclusive(cx.kernel, entry))) clearExclusive(cx, frame)
    let value = makeEntry(cx.kernel, cx.frames.pfn(frame), protection)
    if (write && exclusive) {
      value = makeDirty(cx.kernel, value)
      if (flags & VM_WRITE) value = makeWritable(value)
    }
    if (swapSoftDirty(cx.kernel, entry) && cx.kernel.keepsSoftDirty) value = withFlags(value, SOFT_DIRTY)
    const after = write && !exclusive ? swappedInForWrite : returnFromFault
    return store(cx, actor, 'setPte', slot, cx.platform.makePte(cx, value), after)
  },
})

/** A shared page was swapped in for a write: the same fault goes on as a write-protect fault. */
export const swappedInForWrite: Kstep = step({
  name: 'swapped in, still shared',
  rule: 'SW2',
  lane: 'kernel',
  where: { file: 'mm/memory.c', function: 'do_swap_page' },
  to: () => [doWpPage],
  run(cx, actor) {
    const { cpu, slot } = faultOf(cx, actor)
    cx.world.putPte(cpu.entry, cx.world.pte(slot))
    return doWpPage
  },
})

/** [SW3] Reclaim writes an anonymous page to swap. Cut: only a page of 4 KB that a single entry maps. */
export const reclaim: Kstep = step({
  name: 'reclaim: try_to_unmap',
  rule: 'SW3',
  lane: 'kernel',
  where: { file: 'mm/rmap.c', function: 'try_to_unmap_one' },
  asks: asksPresentPage,
  to: (cx) => [reclaim, operationDone, cx.platform.setPte],
  run(cx, actor) {
    const { cpu, process, slot, page } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return reclaim
    const raw = cx.world.pte(slot)
    const frame = presentPage(cx, raw)
    const mayGo = !cx.pages[page]!.huge && cx.frames.kind(frame) === FRAME.anon && cx.frames.mapcount(frame) === 1
    const free = cx.swapSlots.findIndex((cell, index) => index > 0 && cx.world.get(cell) === 0)
    if (!mayGo || free < 0) {
      unlock(cx, actor, process)
      return operationDone
    }
    const swapped = swapEntry(cx.kernel, free, isSoftDirty(raw), isExclusive(cx, frame))
    cx.frames.unmap(frame)
    cx.world.put(cx.swapSlots[free]!, 1)
    cx.world.put(cpu.cursor, page)
    return store(cx, actor, 'setPte', slot, swapped, reclaimed)
  },
})

/** The TLBs are flushed once the entry is gone: before that, another CPU would walk and remember it anew. */
export const reclaimed: Kstep = step({
  name: 'reclaimed',
  rule: 'SW3',
  lane: 'kernel',
  to: () => [operationDone],
  run(cx, actor) {
    const { process, processIndex, page } = faultOf(cx, actor)
    shootDown(cx, processIndex, page)
    unlock(cx, actor, process)
    return operationDone
  },
})
