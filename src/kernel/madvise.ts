import { EMPTY, has, ACCESSED, DIRTY } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { backingOf, faultOf, type KernelCx } from './context'
import { FRAME } from './frames'
import { isNone, isYoung, makeClean, makeOld } from './linux-pte'
import { asksPresentPage, linuxPresent, normalPage, presentPage } from './page'
import { VM_SHARED } from './protection'
import { lock, operationDone } from './return'
import { store } from './set-pte'
import { reclaim } from './swap'
import { ADVICE } from './advice'
import { zapEntry, zapped } from './zap'

type Kstep = Step<KernelCx>

const where = (name: string) => ({ file: 'mm/madvise.c', function: name })

/** [MA1] madvise on one page: advice that this kernel does not know, or that the mapping cannot take, changes nothing. */
export const madvise: Kstep = step({
  name: 'madvise',
  rule: 'MA1',
  lane: 'kernel',
  where: where('madvise_vma'),
  to: () => [operationDone, zapEntry, freeEntry, ageEntry],
  run(cx, actor) {
    const { cpu, page, flags } = faultOf(cx, actor)
    const advice = ADVICE[cx.world.get(cpu.operand)]!
    const { mapping, huge } = cx.pages[page]!
    if (mapping < 0 || flags === 0 || (huge && advice !== 'dontneed') || !cx.kernel.advice.includes(advice))
      return operationDone
    if (advice === 'dontneed') return zapEntry
    if (advice === 'pageout') return ageEntry
    return backingOf(cx, page) === 'anon' && !(flags & VM_SHARED) ? freeEntry : operationDone
  },
})

/**
 * [MA2] MADV_FREE: the page stays until memory is short, so it counts as neither used nor written. The entry is emptied first,
 * that no CPU dirties it meanwhile. Cut: nothing is ever short, so the page is not taken.
 */
const freeEntry: Kstep = step({
  name: 'madvise_free_pte_range',
  rule: 'MA2',
  lane: 'kernel',
  where: where('madvise_free_pte_range'),
  asks: (cx) => asksPresentPage(cx) | ACCESSED | DIRTY,
  to: (cx) => [freeEntry, zapEntry, zapped, cx.platform.plainStore],
  run(cx, actor) {
    const { cpu, process, slot } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return freeEntry
    const raw = cx.world.pte(slot)
    if (isNone(raw, cx.kernel.noneIgnores)) return zapped
    if (!linuxPresent(cx, raw)) return zapEntry
    if (normalPage(cx, raw) < 0 || !has(raw, ACCESSED | DIRTY)) return zapped
    cx.world.putPte(cpu.entry, raw)
    return store(cx, actor, 'plainStore', slot, EMPTY, mapClean)
  },
})

/** [MA2] And mapped again without A and D. */
export const mapClean: Kstep = step({
  name: 'map it clean and old',
  rule: 'MA2',
  lane: 'kernel',
  where: where('madvise_free_pte_range'),
  to: (cx) => [cx.platform.setPte],
  run(cx, actor) {
    const { cpu, slot } = faultOf(cx, actor)
    return store(cx, actor, 'setPte', slot, makeClean(makeOld(cx.world.pte(cpu.entry))), zapped)
  },
})

/** [MA3] MADV_PAGEOUT: an anonymous page that one entry maps is made old and then reclaimed. Cut: pages of files stay. */
const ageEntry: Kstep = step({
  name: 'madvise_cold_or_pageout_pte_range',
  rule: 'MA3',
  lane: 'kernel',
  where: where('madvise_cold_or_pageout_pte_range'),
  asks: (cx) => asksPresentPage(cx) | ACCESSED,
  to: (cx) => [ageEntry, zapped, reclaim, cx.platform.plainStore],
  run(cx, actor) {
    const { cpu, process, slot } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return ageEntry
    const raw = cx.world.pte(slot)
    const frame = presentPage(cx, raw)
    if (cx.frames.kind(frame) !== FRAME.anon || cx.frames.mapcount(frame) !== 1) return zapped
    if (!isYoung(raw)) return reclaim
    cx.world.putPte(cpu.entry, raw)
    return store(cx, actor, 'plainStore', slot, EMPTY, mapOld)
  },
})

/** [MA3] Mapped again without A; reclaim takes it from there. */
export const mapOld: Kstep = step({
  name: 'map it old',
  rule: 'MA3',
  lane: 'kernel',
  where: where('madvise_cold_or_pageout_pte_range'),
  to: (cx) => [cx.platform.setPte],
  run(cx, actor) {
    const { cpu, slot } = faultOf(cx, actor)
    return store(cx, actor, 'setPte', slot, makeOld(cx.world.pte(cpu.entry)), reclaim)
  },
})
