import { holds } from '../arch/predicate'
import type { Pte } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { backingOf, faultOf, pagesOfMapping, placeOf, type KernelCx } from './context'
import { FRAME } from './frames'
import { linuxPresent, normalPage } from './page'
import { isCopyOnWrite, VM_READ, VM_RIGHTS, VM_SHARED, VM_WRITE } from './protection'
import { lock, operationDone, unlock } from './return'
import { store } from './set-pte'
import { markedHint } from './variants'

type Kstep = Step<KernelCx>

/**
 * [SC1] One pass over one mapping. Passed over: mappings that allow nothing, and file mappings that are only read.
 * Cut: no scan window, no period: a pass comes when it is asked for.
 */
export const scanMapping: Kstep = step({
  name: 'task_numa_work',
  lane: 'scanner',
  where: { file: 'kernel/sched/fair.c', function: 'task_numa_work' },
  to: () => [scanMapping, operationDone, scanEntry],
  run(cx, actor) {
    const { cpu, process, flags, page } = faultOf(cx, actor)
    if (!cx.kernel.numaBuilt || cx.pages[page]!.mapping < 0 || !(flags & VM_RIGHTS)) return operationDone
    if (backingOf(cx, page) !== 'anon' && (flags & (VM_READ | VM_WRITE)) === VM_READ) return operationDone
    if (!lock(cx, actor, process)) return scanMapping
    cx.world.put(cpu.cursor, 0)
    return scanEntry
  },
})

/** [SC2] Mark one entry, or pass it over: empty, swapped out, not counted by a struct page, or hinted already. */
export const scanEntry: Kstep = step({
  name: 'change_pte_range, hint',
  lane: 'scanner',
  where: { file: 'mm/mprotect.c', function: 'change_pte_range' },
  to: (cx) => [scanEntry, scanDone, cx.platform.setPte, cx.platform.commit],
  run(cx, actor) {
    const { cpu, processIndex, page } = faultOf(cx, actor)
    const pages = pagesOfMapping(cx, page)
    const index = cx.world.get(cpu.cursor)
    if (index >= pages.length) return scanDone
    cx.world.put(cpu.cursor, index + 1)
    const at = placeOf(cx, actor, processIndex, pages[index]!)
    const raw = cx.world.pte(at.slot)
    if (!linuxPresent(cx, raw)) return scanEntry
    if (cx.kernel.scannerLooksAtPage && isSpared(cx, raw, at.flags)) return scanEntry
    cx.world.add(cx.counters.hintUpdates, 1)
    cx.world.put(cpu.operand, 1)
    const value = markedHint(cx.kernel, cx.platform.pteVal(cx, raw), at.protection)
    const way = cx.kernel.marking === 'bit 9' ? 'setPte' : 'commit'
    return store(cx, actor, way, at.slot, cx.platform.makePte(cx, value), scanEntry)
  },
})

/** [SC3] No struct page, hinted already, or a page that this kernel leaves alone. */
function isSpared(cx: KernelCx, raw: Pte, flags: number): boolean {
  const frame = normalPage(cx, raw)
  if (frame < 0 || holds(cx.kernel.hint, raw.lo)) return true
  return cx.kernel.scannerSpares({
    copyOnWrite: isCopyOnWrite(flags),
    private: !(flags & VM_SHARED),
    mapcount: cx.frames.mapcount(frame),
    ofFile: cx.frames.kind(frame) === FRAME.file,
    dirty: cx.world.get(cx.frames.dirtyCell(frame)) === 1,
    singleThread: cx.threads === 1,
    onThisNode: cx.world.get(cx.frames.nodeCell(frame)) === cx.nodeOfCpu,
  })
}

/** The pass is over: flush if anything was marked (the operand word says), so that the marks take effect. */
const scanDone: Kstep = step({
  name: 'flush_tlb_range, hint',
  lane: 'scanner',
  where: { file: 'mm/mprotect.c', function: 'change_protection_range' },
  to: () => [operationDone],
  run(cx, actor) {
    const { cpu, process, processIndex } = faultOf(cx, actor)
    if (cx.world.get(cpu.operand)) shootDown(cx, processIndex)
    unlock(cx, actor, process)
    return operationDone
  },
})
