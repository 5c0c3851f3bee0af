import { ACCESSED, EMPTY, RW, same, withFlags } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { faultOf, type KernelCx } from './context'
import { FRAME } from './frames'
import { linuxFrame, makeDirty, makeEntry, makeWritable } from './linux-pte'
import { asksPage, asksUsed, countedFrame, markExclusive, normalPage, takeAnonymousPage } from './page'
import { isSharedWritable, VM_WRITE } from './protection'
import { returnFromFault } from './return'
import { store } from './set-pte'

type Kstep = Step<KernelCx>

const where = (name: string) => ({ file: 'mm/memory.c', function: name })

/**
 * [WP1] A write met a read-only entry of a writable mapping: reuse the page if nobody else maps it or all sharers may
 * write, else copy it. Cut: no KSM, no swap cache, no page lock held by others.
 */
export const doWpPage: Kstep = step({
  name: 'do_wp_page',
  rule: 'WP1',
  lane: 'kernel',
  where: where('do_wp_page'),
  asks: asksPage,
  to: () => [reusePage, copyPage, pageMkwrite],
  run(cx, actor) {
    const { cpu, flags } = faultOf(cx, actor)
    const old = normalPage(cx, cx.world.pte(cpu.entry))
    const shared = isSharedWritable(flags)
    if (old < 0) return shared ? reusePage : copyPage
    if (cx.frames.kind(old) === FRAME.anon) return cx.frames.mapcount(old) <= 1 ? reusePage : copyPage
    return shared ? pageMkwrite : copyPage
  },
})

/**
 * [WP2] The file system hears of the first write to a shared page. Cut: the page-table lock is
 * kept while it is asked.
 */
const pageMkwrite: Kstep = step({
  name: 'do_page_mkwrite',
  rule: 'WP2',
  lane: 'kernel',
  where: where('do_page_mkwrite'),
  to: () => [reusePage],
  run(cx, actor) {
    const { cpu } = faultOf(cx, actor)
    const frame = cx.frames.indexOfPfn(linuxFrame(cx.kernel, cx.platform.pteVal(cx, cx.world.pte(cpu.entry))))
    cx.world.put(cx.frames.dirtyCell(frame), 1)
    return reusePage
  },
})

/** [WP3] Reuse: the entry becomes young, dirty and writable; the frame stays. */
const reusePage: Kstep = step({
  name: 'reuse the page',
  rule: 'WP3',
  lane: 'kernel',
  where: where('do_wp_page'),
  asks: (cx) => asksUsed(cx) | RW,
  to: (cx) => [returnFromFault, cx.platform[cx.kernel.accessFlagsBy]],
  run(cx, actor) {
    const { cpu, slot, flags } = faultOf(cx, actor)
    const old = cx.world.pte(cpu.entry)
    let entry = makeDirty(cx.kernel, withFlags(old, ACCESSED))
    if (flags & VM_WRITE) entry = makeWritable(entry)
    markExclusive(cx, countedFrame(cx, old))
    cx.world.put(cpu.wroteThrough, 1)
    if (same(entry, cx.world.pte(slot))) return returnFromFault
    return store(cx, actor, cx.kernel.accessFlagsBy, slot, entry, returnFromFault)
  },
})

/** [WP4] Copy: take a page, copy, and empty the old entry first so that no CPU writes through it any more. */
const copyPage: Kstep = step({
  name: 'copy the page',
  rule: 'WP4',
  lane: 'kernel',
  where: where('do_wp_page'),
  to: (cx) => [cx.platform.plainStore],
  run(cx, actor) {
    const { cpu, process, slot, page } = faultOf(cx, actor)
    const old = cx.platform.pteVal(cx, cx.world.pte(cpu.entry))
    if (cx.frames.indexOfPfn(linuxFrame(cx.kernel, old)) !== cx.zeroFrame) cx.world.add(cx.counters.copies, 1)
    cx.world.put(cpu.fresh, takeAnonymousPage(cx, actor, process, page) + 1)
    return store(cx, actor, 'plainStore', slot, EMPTY, mapCopy)
  },
})

/** [WP5] Map the copy with the mapping's protection, dirty and writable; the old page loses one mapper. */
export const mapCopy: Kstep = step({
  name: 'map the copy',
  rule: 'WP5',
  lane: 'kernel',
  where: where('do_wp_page'),
  to: (cx) => [cx.platform.setPte],
  run(cx, actor) {
    const { cpu, processIndex, slot, flags, protection, page } = faultOf(cx, actor)
    // do_wp_page has looked already; what it found bad is reported once.
    const old = countedFrame(cx, cx.world.pte(cpu.entry))
    if (old >= 0) cx.frames.unmap(old)
    shootDown(cx, processIndex, page)
    cx.world.put(cpu.wroteThrough, 1)
    let value = makeDirty(cx.kernel, makeEntry(cx.kernel, cx.frames.pfn(cx.world.get(cpu.fresh) - 1), protection))
    if (flags & VM_WRITE) value = makeWritable(value)
    return store(cx, actor, 'setPte', slot, cx.platform.makePte(cx, value), returnFromFault)
  },
})
