import { step, type Step } from '../arch/step'
import type { KernelCx } from './context'
import { doPageFault } from './fault'
import type { Platform } from './context'
import { putStored, resume } from './set-pte'

type Kstep = Step<KernelCx>

/**
 * [BM1] The value lies in memory as Linux wrote it. Cut: ptep_modify_prot_start, which takes the entry out with one exchange so
 * that no CPU can use it meanwhile, is no step; what another CPU sets in the entry between reading and writing it is lost.
 */
const storeEntry: Kstep = step({
  name: 'store',
  rule: 'BM1',
  lane: 'kernel',
  where: { file: 'arch/x86/include/asm/pgtable_64.h', function: 'native_set_pte' },
  to: (cx) => cx.afterStore,
  run(cx, actor) {
    putStored(cx, actor)
    return resume(cx, actor)
  },
})

/** Nobody has to be asked before a finished address space is used. */
const activateNow: Kstep = step({
  name: 'activate_mm',
  rule: 'BM2',
  lane: 'kernel',
  to: (cx) => cx.afterStore,
  run(cx, actor) {
    cx.world.put(cx.processes[cx.world.get(cx.cpus[actor]!.target)]!.pinned, 1)
    return resume(cx, actor)
  },
})

export const bareMetal: Platform = {
  id: 'bare',
  name: 'Bare metal',
  hugePages: true,
  nodes: 2,
  kernelInRing3: false,
  switchesWithoutPge: false,
  pageFault: doPageFault,
  setPte: storeEntry,
  commit: storeEntry,
  plainStore: storeEntry,
  activate: activateNow,
  pteVal: (_cx, raw) => raw,
  makePte: (_cx, value) => value,
}
