import { same, type Pte } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { faultOf, type KernelCx } from './context'
import { normalPage } from './page'
import { VM_RIGHTS } from './protection'
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

/**
 * [NF2] Count the hint and think of moving the page; entries that no struct page counts are passed over.
 * Cut: one NUMA node, or the page is on the right one: it never moves.
 */
export const countHint: Kstep = step({
  name: 'count the hint',
  lane: 'kernel',
  where,
  to: (cx) => [bug, cx.kernel.numaWritesLast ? putBack : returnFromFault],
  run(cx, actor) {
    const frame = normalPage(cx, cx.kernel.numaWritesLast ? restored(cx, actor) : storedNow(cx, actor))
    if (frame === cx.zeroFrame && cx.kernel.bugOnZeroPage) return bug
    if (frame >= 0) cx.world.add(cx.counters.hintFaults, 1)
    return cx.kernel.numaWritesLast ? putBack : returnFromFault
  },
})

const storedNow = (cx: KernelCx, actor: number): Pte => cx.world.pte(faultOf(cx, actor).slot)

/** The hinted entry with its protection given back, as it will lie in memory. */
function restored(cx: KernelCx, actor: number): Pte {
  const { cpu, protection } = faultOf(cx, actor)
  const value = cx.kernel.unhint(cx.platform.pteVal(cx, cx.world.pte(cpu.entry)), protection)
  return cx.platform.makePte(cx, value)
}

/** [NF3] Kernels that write last: only now is the hint undone. */
const putBack: Kstep = step({
  name: 'put the entry back',
  lane: 'kernel',
  where,
  to: (cx) => [cx.platform.commit],
  run: (cx, actor) => store(cx, actor, 'commit', faultOf(cx, actor).slot, restored(cx, actor), returnFromFault),
})
