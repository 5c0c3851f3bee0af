import { DIRTY, EMPTY, RW } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { faultOf, type KernelCx } from './context'
import { FRAME } from './frames'
import { isDirty, isWritable, makeClean, writeProtect } from './linux-pte'
import { asksPresentPage, presentPage } from './page'
import { VM_SHARED } from './protection'
import { lock, operationDone } from './return'
import { store } from './set-pte'
import { zapped } from './zap'

type Kstep = Step<KernelCx>

const where = { file: 'mm/rmap.c', function: 'page_mkclean_one' }

/**
 * [WB1] Before a dirty file page is written back, the entry of a shared mapping loses DIRTY and RW, so that the next write
 * faults and the file hears of it. Cut: nothing goes to a disk; only the parent's
 * entry is looked at.
 */
export const pageMkclean: Kstep = step({
  name: 'page_mkclean_one',
  rule: 'WB1',
  lane: 'kernel',
  where,
  asks: (cx) => asksPresentPage(cx) | DIRTY | RW,
  to: (cx) => [pageMkclean, operationDone, zapped, cx.platform.plainStore],
  run(cx, actor) {
    const { cpu, process, slot, flags, page } = faultOf(cx, actor)
    if (cx.pages[page]!.fileFrame < 0 || !(flags & VM_SHARED)) return operationDone
    if (!lock(cx, actor, process)) return pageMkclean
    const raw = cx.world.pte(slot)
    const frame = presentPage(cx, raw)
    if (cx.frames.kind(frame) !== FRAME.file || !(isDirty(raw) || isWritable(raw))) return zapped
    cx.world.put(cx.frames.dirtyCell(frame), 0)
    cx.world.putPte(cpu.entry, raw)
    return store(cx, actor, 'plainStore', slot, EMPTY, mapProtected)
  },
})

/** [WB1] And is mapped again, clean and read-only. */
export const mapProtected: Kstep = step({
  name: 'map it clean, read-only',
  rule: 'WB1',
  lane: 'kernel',
  where,
  to: (cx) => [cx.platform.setPte],
  run(cx, actor) {
    const { cpu, slot } = faultOf(cx, actor)
    return store(cx, actor, 'setPte', slot, makeClean(writeProtect(cx.world.pte(cpu.entry))), zapped)
  },
})
