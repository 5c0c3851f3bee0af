import { PF_WRITE } from '../arch/error-code'
import { asks, holds } from '../arch/predicate'
import { ACCESSED, RW, same, withFlags, type Pte } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { faultOf, type KernelCx } from './context'
import { OutOfModel } from './frames'
import { makeHuge, unmarkedHuge } from './huge-pmd'
import { isNone, isWritable, makeDirty, makeWritable, makeYoung } from './linux-pte'
import { asksUsed, clearExclusive, countedFrame, isExclusive, markExclusive, takeHugePage } from './page'
import { VM_RIGHTS, VM_WRITE } from './protection'
import { bug, lock, returnFromFault } from './return'
import { store } from './set-pte'

type Kstep = Step<KernelCx>

const memory = (name: string) => ({ file: 'mm/memory.c', function: name })
const huge = (name: string) => ({ file: 'mm/huge_memory.c', function: name })

const isWrite = (cx: KernelCx, actor: number): boolean => (cx.world.get(cx.cpus[actor]!.error) & PF_WRITE) !== 0
const snapshot = (cx: KernelCx, actor: number): Pte => cx.world.pte(cx.cpus[actor]!.entry)

/** [HP1] A page of 2 MB is mapped by its PMD, which is read once, before any table below it. Only on bare metal. */
export const handleHugeFault: Kstep = step({
  name: 'handle_mm_fault, huge page',
  rule: 'HP1',
  lane: 'kernel',
  where: memory('__handle_mm_fault'),
  to: () => [isHugeNone],
  run(cx, actor) {
    const { cpu, slot } = faultOf(cx, actor)
    cx.world.putPte(cpu.entry, cx.world.pte(slot))
    return isHugeNone
  },
})

/** [HP1] Is there a page at all? */
const isHugeNone: Kstep = step({
  name: 'pmd_none?',
  rule: 'HP1',
  lane: 'kernel',
  where: memory('__handle_mm_fault'),
  to: () => [doHugeAnonymousPage, isHugeHint],
  run: (cx, actor) => (isNone(snapshot(cx, actor), cx.kernel.noneIgnores) ? doHugeAnonymousPage : isHugeHint),
})

/** [HP2] First touch: the huge zero page for a read, a huge page of its own for a write. */
const doHugeAnonymousPage: Kstep = step({
  name: 'do_huge_pmd_anonymous_page',
  rule: 'HP2',
  lane: 'kernel',
  where: huge('do_huge_pmd_anonymous_page'),
  to: (cx) => [doHugeAnonymousPage, returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const { process, slot, flags, protection, page } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return doHugeAnonymousPage
    if (!isNone(cx.world.pte(slot), cx.kernel.noneIgnores)) return returnFromFault
    const write = isWrite(cx, actor)
    const frame = write ? takeHugePage(cx, process, page) : cx.hugeZeroFrame
    const value = makeHuge(cx.kernel, cx.frames.pfn(frame), protection)
    const entry = write ? usable(cx, value, flags) : value
    return store(cx, actor, 'setPte', slot, entry, returnFromFault)
  },
})

/** Dirty, and writable where the mapping allows it. */
const usable = (cx: KernelCx, value: Pte, flags: number): Pte =>
  flags & VM_WRITE ? makeWritable(makeDirty(cx.kernel, value)) : makeDirty(cx.kernel, value)

/** [PM2] The same question as for a 4 KB entry, asked of the PMD. */
const isHugeHint: Kstep = step({
  name: 'huge hint?',
  rule: 'PM2',
  lane: 'kernel',
  where: memory('__handle_mm_fault'),
  asks: (cx) => asks(cx.kernel.hint),
  to: () => [doHugeNumaPage, isHugeWriteProtected],
  run(cx, actor) {
    const { flags } = faultOf(cx, actor)
    const counts = !cx.kernel.hintNeedsRights || (flags & VM_RIGHTS) !== 0
    return counts && holds(cx.kernel.hint, snapshot(cx, actor).lo) ? doHugeNumaPage : isHugeWriteProtected
  },
})

/** [HP3] A hinting fault on a huge page. Cut: huge pages are never moved; none of those recorded was. */
const doHugeNumaPage: Kstep = step({
  name: 'do_huge_pmd_numa_page',
  rule: 'HP3',
  lane: 'kernel',
  where: huge('do_huge_pmd_numa_page'),
  to: (cx) => [doHugeNumaPage, bug, returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const { process, slot, flags, protection } = faultOf(cx, actor)
    if (cx.kernel.bugOnForbidden && !(flags & VM_RIGHTS)) return bug
    if (!lock(cx, actor, process)) return doHugeNumaPage
    const entry = snapshot(cx, actor)
    if (!same(cx.world.pte(slot), entry)) return returnFromFault
    const frame = countedFrame(cx, entry)
    if (frame >= 0) {
      cx.world.add(cx.counters.hintFaults, 1)
      if (cx.frames.node(frame) === cx.nodeOf(actor)) cx.world.add(cx.counters.hintFaultsLocal, 1)
    }
    return store(cx, actor, 'setPte', slot, unmarkedHuge(cx.kernel, entry, protection), returnFromFault)
  },
})

/** [HP4] A write without RW. */
const isHugeWriteProtected: Kstep = step({
  name: 'write, huge page not RW?',
  rule: 'HP4',
  lane: 'kernel',
  where: memory('__handle_mm_fault'),
  asks: () => RW,
  to: () => [doHugeWpPage, setHugeAccessed],
  run: (cx, actor) => (isWrite(cx, actor) && !isWritable(snapshot(cx, actor)) ? doHugeWpPage : setHugeAccessed),
})

/**
 * [HP4] Reuse a huge page that one process has, else copy all of it. 6.1 splits instead, and goes on with 4 KB pages.
 * Cut: no huge page is split; the model ends there.
 */
const doHugeWpPage: Kstep = step({
  name: 'do_huge_pmd_wp_page',
  rule: 'HP4',
  lane: 'kernel',
  where: huge('do_huge_pmd_wp_page'),
  to: (cx) => [doHugeWpPage, returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const { cpu, process, slot, flags, protection, page } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return doHugeWpPage
    const entry = snapshot(cx, actor)
    if (!same(cx.world.pte(slot), entry)) return returnFromFault
    cx.world.put(cpu.wroteThrough, 1)
    const old = countedFrame(cx, entry)
    if (old >= 0 && (cx.frames.mapcount(old) <= 1 || isExclusive(cx, old))) {
      markExclusive(cx, old)
      return store(cx, actor, 'setPte', slot, usable(cx, withFlags(entry, ACCESSED), flags), returnFromFault)
    }
    if (cx.kernel.splitsHugePages)
      throw new OutOfModel(`Linux ${cx.kernel.name} splits the huge page here, which the model leaves out. Step back.`)
    const frame = takeHugePage(cx, process, page)
    if (old >= 0) {
      cx.frames.unmap(old)
      clearExclusive(cx, old)
      cx.world.add(cx.counters.copies, 1)
    }
    shootDown(cx, cx.processes.indexOf(process), page)
    const value = usable(cx, makeHuge(cx.kernel, cx.frames.pfn(frame), protection), flags)
    return store(cx, actor, 'setPte', slot, value, returnFromFault)
  },
})

/** [HP5] Nothing to repair: young, and dirty for a write; stored only if that changes something and the access is a write. */
const setHugeAccessed: Kstep = step({
  name: 'huge_pmd_set_accessed',
  rule: 'HP5',
  lane: 'kernel',
  where: huge('huge_pmd_set_accessed'),
  asks: asksUsed,
  to: (cx) => [setHugeAccessed, returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const { process, slot } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return setHugeAccessed
    const entry = snapshot(cx, actor)
    const write = isWrite(cx, actor)
    const used = makeYoung(write ? makeDirty(cx.kernel, entry) : entry)
    if (!same(cx.world.pte(slot), entry) || !write || same(used, entry)) return returnFromFault
    return store(cx, actor, 'setPte', slot, used, returnFromFault)
  },
})
