import { EMPTY, type Pte } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { faultOf, type KernelCx, type Process } from './context'
import { isNone, swapOffset } from './linux-pte'
import { linuxPresent, normalPage } from './page'
import { lock, operationDone, unlock } from './return'
import { store } from './set-pte'

type Kstep = Step<KernelCx>

/** [ZP2] munmap of one page: nothing is mapped there from now on, and then the entry goes. */
export const munmap: Kstep = step({
  name: 'do_munmap',
  rule: 'ZP2',
  lane: 'kernel',
  where: { file: 'mm/mmap.c', function: 'do_munmap' },
  to: () => [operationDone, zapEntry],
  run(cx, actor) {
    const { process, page, flags } = faultOf(cx, actor)
    if (cx.pages[page]!.mapping < 0 || flags === 0) return operationDone
    cx.world.put(process.flags[page]!, 0)
    return zapEntry
  },
})

/** [ZP1] Empty an entry: its page loses a mapper, its swap slot a user. */
export const zapEntry: Kstep = step({
  name: 'zap_pte_range',
  rule: 'ZP1',
  lane: 'kernel',
  where: { file: 'mm/memory.c', function: 'zap_pte_range' },
  to: (cx) => [zapEntry, zapped, cx.platform.plainStore],
  run(cx, actor) {
    const { process, slot } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return zapEntry
    const raw = cx.world.pte(slot)
    if (isNone(raw, cx.kernel.noneIgnores)) return zapped
    release(cx, raw)
    return store(cx, actor, 'plainStore', slot, EMPTY, zapped)
  },
})

export const zapped: Kstep = step({
  name: 'flush_tlb_range, zap',
  rule: 'ZP1',
  lane: 'kernel',
  where: { file: 'mm/memory.c', function: 'zap_pte_range' },
  to: () => [operationDone],
  run(cx, actor) {
    const { process, processIndex, page } = faultOf(cx, actor)
    shootDown(cx, processIndex, page)
    unlock(cx, actor, process)
    return operationDone
  },
})

/** What the entry named has one user fewer: its page, or its swap slot. */
function release(cx: KernelCx, raw: Pte): void {
  if (linuxPresent(cx, raw)) {
    const frame = normalPage(cx, raw)
    if (frame >= 0) cx.frames.unmap(frame)
    return
  }
  const cell = cx.swapSlots[swapOffset(cx.kernel, raw)]
  if (cell !== undefined && cx.world.get(cell) > 0) cx.world.add(cell, -1)
}

/** Take every entry of a process away at once. */
export function dropEntries(cx: KernelCx, process: Process): void {
  for (const slot of process.slots) {
    const raw = cx.world.pte(slot)
    if (isNone(raw)) continue
    release(cx, raw)
    cx.world.putPte(slot, EMPTY)
  }
}
