import type { Slot } from '../arch/brand'
import { asks, holds } from '../arch/predicate'
import type { Pte } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { backingOf, faultOf, pagesOfMapping, placeOf, type Fault, type KernelCx } from './context'
import { FRAME } from './frames'
import { markedHuge } from './huge-pmd'
import { asksPage, countedFrame, linuxPresent, normalPage, throughPlatform } from './page'
import { isCopyOnWrite, VM_READ, VM_RIGHTS, VM_SHARED, VM_WRITE } from './protection'
import { lock, operationDone, unlock } from './return'
import { store } from './set-pte'
import { hintOffPath, markedHint } from './variants'

type Kstep = Step<KernelCx>

/**
 * [SC1] One pass over one mapping. Passed over: mappings that allow nothing, and file mappings that are only read.
 * Cut: no scan window, no period: a pass comes when it is asked for.
 */
export const scanMapping: Kstep = step({
  name: 'task_numa_work',
  rule: 'SC1',
  lane: 'scanner',
  where: { file: 'kernel/sched/fair.c', function: 'task_numa_work' },
  to: () => [scanMapping, operationDone, scanEntry],
  run(cx, actor) {
    const { cpu, process, flags, page } = faultOf(cx, actor)
    if (!cx.kernel.numaBuilt || cx.pages[page]!.mapping < 0 || !(flags & VM_RIGHTS)) return operationDone
    if (backingOf(cx, page) !== 'anon' && (flags & (VM_READ | VM_WRITE)) === VM_READ) return operationDone
    // [SC5] A mapping of grants is VM_MIXEDMAP by then.
    if (cx.kernel.scannerSparesGrants && backingOf(cx, page) === 'grant') return operationDone
    if (!lock(cx, actor, process)) return scanMapping
    cx.world.put(cpu.cursor, 0)
    return scanEntry
  },
})

/** [SC2] Mark one entry, or pass it over: empty, swapped out, not counted by a struct page, or hinted already. */
export const scanEntry: Kstep = step({
  name: 'change_pte_range, hint',
  rule: 'SC2',
  lane: 'scanner',
  where: { file: 'mm/mprotect.c', function: 'change_pte_range' },
  asks: (cx) =>
    asks(cx.kernel.present) | (cx.kernel.scannerLooksAtPage ? asksPage(cx) | asks(hintOffPath(cx.kernel)) : 0),
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
    if (cx.pages[at.page]!.huge) return scanHuge(cx, actor, at.slot, raw)
    if (cx.kernel.scannerLooksAtPage && isSpared(cx, actor, raw, at)) return scanEntry
    cx.world.add(cx.counters.hintUpdates, 1)
    cx.world.put(cpu.operand, 1)
    const marked = throughPlatform(cx, cx.kernel.markingTranslates, raw, (value) =>
      markedHint(cx.kernel, value, at.protection),
    )
    const way = cx.kernel.marking === 'bit 9' || cx.kernel.marking === 'bit 8' ? 'setPte' : 'commit'
    return store(cx, actor, way, at.slot, marked, scanEntry)
  },
})

/** [HP6] A huge page is marked at its PMD, unless it is the huge zero page or looks marked already. Nobody else is spared. */
function scanHuge(cx: KernelCx, actor: number, slot: Slot, raw: Pte): Kstep {
  if (countedFrame(cx, raw) < 0 || holds(cx.kernel.hint, raw.lo)) return scanEntry
  cx.world.add(cx.counters.hintUpdates, 1)
  cx.world.put(cx.cpus[actor]!.operand, 1)
  return store(cx, actor, 'setPte', slot, markedHuge(cx.kernel, raw), scanEntry)
}

/** [SC3] No struct page, hinted already, or a page that this kernel leaves alone. */
function isSpared(cx: KernelCx, actor: number, raw: Pte, { flags, page }: Fault): boolean {
  const backing = backingOf(cx, page)
  const frame = normalPage(cx, raw)
  if (frame < 0 || holds(hintOffPath(cx.kernel), raw.lo)) return true
  return cx.kernel.scannerSpares({
    copyOnWrite: isCopyOnWrite(flags),
    private: !(flags & VM_SHARED),
    mapcount: cx.frames.mapcount(frame),
    ofFile: cx.frames.kind(frame) === FRAME.file,
    // Pages of tmpfs stand in the list of anonymous ones.
    dirtyOfDisk: backing === 'file' && cx.world.get(cx.frames.dirtyCell(frame)) === 1,
    singleThread: cx.threads === 1,
    onThisNode: cx.frames.node(frame) === cx.nodeOf(actor),
  })
}

/** The pass is over: flush if anything was marked (the operand word says), so that the marks take effect. */
export const scanDone: Kstep = step({
  name: 'flush_tlb_range, hint',
  rule: 'SC4',
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
