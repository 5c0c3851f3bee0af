import { same, type Pte } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { faultOf, type KernelCx } from './context'
import { FRAME } from './frames'
import { migratingFrame, migrationEntry, movedEntry } from './migration-entry'
import { asksPage, countedFrame, normalPage, throughPlatform } from './page'
import { VM_RIGHTS, VM_WRITE } from './protection'
import { bug, lock, returnFromFault } from './return'
import { store } from './set-pte'

type Kstep = Step<KernelCx>

const where = { file: 'mm/memory.c', function: 'do_numa_page' }

/**
 * [NF1] A hinting fault: give the entry its protection back and return. It never looks at whether the access was a write,
 * so it never repairs a missing RW.
 */
export const doNumaPage: Kstep = step({
  name: 'do_numa_page',
  rule: 'NF1',
  lane: 'kernel',
  where,
  to: (cx) => [doNumaPage, bug, returnFromFault, cx.kernel.numaWritesLast ? countHint : cx.platform.setPte],
  run(cx, actor) {
    const { cpu, process, slot, flags } = faultOf(cx, actor)
    if (cx.kernel.bugOnForbidden && !(flags & VM_RIGHTS)) return bug
    if (!lock(cx, actor, process)) return doNumaPage
    const entry = cx.world.pte(cpu.entry)
    if (!same(cx.world.pte(slot), entry)) return returnFromFault
    if (cx.kernel.numaWritesLast) return countHint
    return store(cx, actor, 'setPte', slot, restored(cx, actor), countHint)
  },
})

/** [NF2] Count the hint and ask whether the page lies on the wrong node; entries that no struct page counts are passed over. */
export const countHint: Kstep = step({
  name: 'count the hint',
  rule: 'NF2',
  lane: 'kernel',
  where,
  asks: asksPage,
  to: (cx) => [bug, migrateMisplaced, cx.kernel.numaWritesLast ? putBack : returnFromFault],
  run(cx, actor) {
    const frame = normalPage(cx, cx.kernel.numaWritesLast ? restored(cx, actor) : storedNow(cx, actor))
    if (frame === cx.zeroFrame && cx.kernel.bugOnZeroPage) return bug
    if (frame >= 0) {
      cx.world.add(cx.counters.hintFaults, 1)
      if (cx.frames.node(frame) !== cx.nodeOf(actor)) return migrateMisplaced
      cx.world.add(cx.counters.hintFaultsLocal, 1)
    }
    return cx.kernel.numaWritesLast ? putBack : returnFromFault
  },
})

const storedNow = (cx: KernelCx, actor: number): Pte => cx.world.pte(faultOf(cx, actor).slot)

/** The hinted entry with its protection given back, as it will lie in memory. */
function restored(cx: KernelCx, actor: number): Pte {
  const { cpu, protection } = faultOf(cx, actor)
  return throughPlatform(cx, cx.kernel.markingTranslates, cx.world.pte(cpu.entry), (value) =>
    cx.kernel.unhint(value, protection),
  )
}

/**
 * [MI1] The page lies on another node than the CPU that touched it: move it, if it may move and the node has room. Its entry
 * becomes a migration entry, which nobody can use. Cut: the two-stage filter by last_cpupid, so the first touch moves; no
 * policy but "where it is used"; a page of a file or one that more than one entry maps stays; the lock is kept meanwhile.
 */
const migrateMisplaced: Kstep = step({
  name: 'migrate_misplaced_page',
  rule: 'MI1',
  lane: 'kernel',
  where: { file: 'mm/migrate.c', function: 'migrate_misplaced_page' },
  asks: asksPage,
  to: (cx) => [cx.kernel.numaWritesLast ? putBack : returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const { cpu, slot } = faultOf(cx, actor)
    const raw = cx.world.pte(slot)
    const frame = countedFrame(cx, raw)
    const target = cx.frames.firstFree(cx.nodeOf(actor))
    const moves = cx.frames.kind(frame) === FRAME.anon && cx.frames.mapcount(frame) === 1
    if (!moves || target === null) return cx.kernel.numaWritesLast ? putBack : returnFromFault
    cx.world.put(cx.frames.kindCell(target), FRAME.anon)
    cx.world.put(cpu.fresh, target + 1)
    const moving = migrationEntry(cx.kernel, cx.frames.pfn(frame), raw)
    return store(cx, actor, 'setPte', slot, moving, mapMoved)
  },
})

/**
 * [MI2] The page is copied, and its entry names the new frame, with the mapping's protection and RW if it had RW. Up to 4.0
 * the entry is old and clean, for the struct page remembers; 6.1 carries ACCESSED and DIRTY over.
 */
export const mapMoved: Kstep = step({
  name: 'remove_migration_pte',
  rule: 'MI2',
  lane: 'kernel',
  where: { file: 'mm/migrate.c', function: 'remove_migration_pte' },
  to: (cx) => [cx.platform.setPte],
  run(cx, actor) {
    const { cpu, processIndex, slot, protection, flags, page } = faultOf(cx, actor)
    // Not before the entry is gone: another CPU would walk and remember it anew.
    shootDown(cx, processIndex, page)
    const moving = cx.world.pte(slot)
    const target = cx.world.get(cpu.fresh) - 1
    const old = cx.frames.indexOfPfn(migratingFrame(cx.kernel, moving))
    cx.world.put(cx.frames.exclusiveCell(target), cx.world.get(cx.frames.exclusiveCell(old)))
    cx.frames.unmap(old)
    cx.frames.map(target)
    cx.world.add(cx.counters.pagesMigrated, 1)
    const value = movedEntry(cx.kernel, moving, cx.frames.pfn(target), protection, (flags & VM_WRITE) !== 0)
    return store(cx, actor, 'setPte', slot, cx.platform.makePte(cx, value), returnFromFault)
  },
})

/** [NF3] Kernels that write last: only now is the hint undone. */
const putBack: Kstep = step({
  name: 'put the entry back',
  rule: 'NF3',
  lane: 'kernel',
  where,
  to: (cx) => [cx.platform.commit],
  run: (cx, actor) => store(cx, actor, 'commit', faultOf(cx, actor).slot, restored(cx, actor), returnFromFault),
})
