import type { Slot } from '../arch/brand'
import { PF_USER } from '../arch/error-code'
import { ACCESSED, DIRTY, frameOf, has, PRESENT, withFlags } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { faultOf, type KernelCx } from '../kernel/context'
import { doPageFault } from '../kernel/fault'
import { FRAME } from '../kernel/frames'
import type { Platform } from '../kernel/context'
import { putStored, resume } from '../kernel/set-pte'
import { adjustGuestL1e } from './adjust'
import { makePte, pteVal } from './p2m'

type Xstep = Step<KernelCx>

const traps = (name: string) => ({ file: 'xen/arch/x86/traps.c', function: name })
const mm = (name: string) => ({ file: 'xen/arch/x86/mm.c', function: name })

/** [XB1] Xen takes every #PF first and hands it to the guest, with the USER bit of the error code set to the guest's mode. */
const bounce: Xstep = step({
  name: 'Xen bounce',
  lane: 'xen',
  where: traps('propagate_page_fault'),
  to: () => [doPageFault],
  run(cx, actor) {
    const { cpu } = faultOf(cx, actor)
    cx.world.put(cpu.error, cx.world.get(cpu.error) | PF_USER)
    return doPageFault
  },
})

/** [XS4] The value goes into memory. */
const storeEntry: Xstep = step({
  name: 'Xen stores',
  lane: 'xen',
  where: mm('mod_l1_entry'),
  to: (cx) => cx.afterStore,
  run(cx, actor) {
    putStored(cx, actor)
    return resume(cx, actor)
  },
})

/** [XS3] A present entry of a validated table is adjusted: this is where bit 8 comes from. */
const adjust: Xstep = step({
  name: 'adjust_guest_l1e',
  lane: 'xen',
  where: mm('adjust_guest_l1e'),
  asks: () => PRESENT,
  to: () => [storeEntry],
  run(cx, actor) {
    const { next } = cx.cpus[actor]!
    cx.world.putPte(next, adjustGuestL1e(cx.world.pte(next)))
    return storeEntry
  },
})

/** [XS5] Xen refuses a present entry whose frame is not the guest's, or is a page table. Memory stays as it was. */
const refuse: Xstep = step({
  name: 'Xen refuses',
  lane: 'xen',
  where: mm('get_page_from_l1e'),
  to: (cx) => cx.afterStore,
  run: (cx, actor) => resume(cx, actor),
})

/** [XS2] Without PRESENT there is nothing to validate; a table that is not validated yet is plain memory. */
function validate(cx: KernelCx, actor: number): Xstep {
  const { cpu, process } = faultOf(cx, actor)
  const wanted = cx.world.pte(cpu.next)
  if (!has(wanted, PRESENT) || !cx.world.get(process.pinned)) return storeEntry
  const frame = cx.frames.indexOfMfn(frameOf(wanted))
  return frame < 0 || cx.frames.kind(frame) === FRAME.table ? refuse : adjust
}

/** [XS1] set_pte_at is a hypercall. Cut: no batching; each call is made at once. */
const mmuUpdate: Xstep = step({
  name: 'mmu_update',
  lane: 'xen',
  where: mm('do_mmu_update'),
  to: () => [adjust, storeEntry, refuse],
  run: (cx, actor) => validate(cx, actor),
})

/** [XS6] ptep_modify_prot_commit: ACCESSED and DIRTY of the entry as it stands now are kept, present or not. */
const mmuUpdatePreserve: Xstep = step({
  name: 'mmu_update, keep A and D',
  lane: 'xen',
  where: mm('do_mmu_update'),
  to: () => [adjust, storeEntry, refuse],
  run(cx, actor) {
    const cpu = cx.cpus[actor]!
    const standing = cx.world.pte(cx.world.get(cpu.target) as Slot)
    cx.world.putPte(cpu.next, withFlags(cx.world.pte(cpu.next), standing.lo & (ACCESSED | DIRTY)))
    return validate(cx, actor)
  },
})

/** [XS7] A plain store into a page table traps, for Xen maps tables read-only into the guest; Xen emulates it. */
const trapAndEmulate: Xstep = step({
  name: 'trap and emulate',
  lane: 'xen',
  where: mm('ptwr_emulated_update'),
  to: () => [adjust, storeEntry, refuse],
  run: (cx, actor) => validate(cx, actor),
})

/** [XS8] Pinning validates a whole address space: every present entry is adjusted at once. */
const pin: Xstep = step({
  name: 'pin the tables',
  lane: 'xen',
  where: mm('alloc_l1_table'),
  to: (cx) => cx.afterStore,
  run(cx, actor) {
    const process = cx.processes[cx.world.get(cx.cpus[actor]!.target)]!
    for (const slot of process.slots) {
      const entry = cx.world.pte(slot)
      if (has(entry, PRESENT)) cx.world.putPte(slot, adjustGuestL1e(entry))
    }
    cx.world.put(process.pinned, 1)
    return resume(cx, actor)
  },
})

export const xenPv: Platform = {
  id: 'xen',
  name: 'Xen PV',
  pageFault: bounce,
  setPte: mmuUpdate,
  commit: mmuUpdatePreserve,
  plainStore: trapAndEmulate,
  activate: pin,
  pteVal,
  makePte,
}
