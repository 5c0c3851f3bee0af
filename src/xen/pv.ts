import type { Slot } from '../arch/brand'
import { MODE, PF_USER } from '../arch/error-code'
import { ACCESSED, DIRTY, frameOf, has, PRESENT, RW, withFlags } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { loadCr3 } from '../arch/tlb'
import { faultOf, type KernelCx } from '../kernel/context'
import { doPageFault } from '../kernel/fault'
import { FRAME } from '../kernel/frames'
import type { Platform } from '../kernel/context'
import { putStored, resume } from '../kernel/set-pte'
import { adjustGuestL1e } from './adjust'
import { mapGrantRef } from './grant'
import { makePte, pteVal } from './p2m'

type Xstep = Step<KernelCx>

const traps = (name: string) => ({ file: 'xen/arch/x86/traps.c', function: name })
const mm = (name: string) => ({ file: 'xen/arch/x86/mm.c', function: name })

/** [XB1] Xen takes every #PF first and hands it to the guest, with the USER bit of the error code set to the guest's mode. */
const bounce: Xstep = step({
  name: 'Xen bounce',
  rule: 'XB1',
  lane: 'xen',
  where: traps('propagate_page_fault'),
  to: () => [doPageFault],
  run(cx, actor) {
    const { cpu } = faultOf(cx, actor)
    const guestInUserMode = cx.world.get(cpu.mode) === MODE.user
    const error = cx.world.get(cpu.error)
    cx.world.put(cpu.error, guestInUserMode ? error | PF_USER : error & ~PF_USER)
    // [XB2] Cut: a system call and the way back load CR3 as well; the model does it where a fault leads into the guest's kernel.
    if (guestInUserMode) loadCr3(cx, actor)
    return doPageFault
  },
})

/** [XS4] The value goes into memory. */
const storeEntry: Xstep = step({
  name: 'Xen stores',
  rule: 'XS4',
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
  rule: 'XS3',
  lane: 'xen',
  where: mm('adjust_guest_l1e'),
  local: true,
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
  rule: 'XS5',
  lane: 'xen',
  where: mm('get_page_from_l1e'),
  to: (cx) => cx.afterStore,
  run: (cx, actor) => resume(cx, actor),
})

/**
 * [XG2] The entry that a grant was mapped by is overwritten: Xen takes the mapping away. Cut: the count of mappings that keeps
 * the grant in use, and the debug build of Xen, which crashes the domain here.
 */
const unmapImplicitly: Xstep = step({
  name: 'the grant is unmapped',
  rule: 'XG2',
  lane: 'xen',
  where: mm('put_page_from_l1e'),
  local: true,
  to: () => [storeEntry],
  run: () => storeEntry,
})

/** What validation can come to. */
const VALIDATED: readonly Xstep[] = [adjust, storeEntry, refuse, unmapImplicitly]

/** The low bits that decide whether Xen looks at a word, and whether a grant's entry changes in place. */
const asksOf = (cx: KernelCx): number => (cx.frames.granted >= 0 ? PRESENT | RW : PRESENT)

/** [XS2] Without PRESENT there is nothing to validate; a table that is not validated yet is plain memory. */
function validate(cx: KernelCx, actor: number): Xstep {
  const { cpu, process } = faultOf(cx, actor)
  if (!cx.world.get(process.pinned)) return storeEntry
  const wanted = cx.world.pte(cpu.next)
  const standing = cx.world.pte(cx.world.get(cpu.target) as Slot)
  const present = has(wanted, PRESENT)
  const named = cx.frames.indexOfMfn(frameOf(wanted))
  const isGrant = has(standing, PRESENT) && cx.frames.isForeign(cx.frames.indexOfMfn(frameOf(standing)))
  // [XG3] A grant's entry may change in place.
  if (isGrant && present && frameOf(standing) === frameOf(wanted) && has(standing, RW) === has(wanted, RW))
    return adjust
  if (present && (named < 0 || cx.frames.isForeign(named) || cx.frames.kind(named) === FRAME.table)) return refuse
  if (present) return adjust
  return isGrant ? unmapImplicitly : storeEntry
}

/** [XS1] set_pte_at is a hypercall. Cut: no batching; each call is made at once. */
const mmuUpdate: Xstep = step({
  name: 'mmu_update',
  rule: 'XS1',
  lane: 'xen',
  where: mm('do_mmu_update'),
  asks: asksOf,
  to: () => VALIDATED,
  run: (cx, actor) => validate(cx, actor),
})

/** [XS6] ptep_modify_prot_commit: ACCESSED and DIRTY of the entry as it stands now are kept, present or not. */
const mmuUpdatePreserve: Xstep = step({
  name: 'mmu_update, keep A and D',
  rule: 'XS6',
  lane: 'xen',
  where: mm('do_mmu_update'),
  asks: asksOf,
  to: () => VALIDATED,
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
  rule: 'XS7',
  lane: 'xen',
  where: mm('ptwr_emulated_update'),
  asks: asksOf,
  to: () => VALIDATED,
  run: (cx, actor) => validate(cx, actor),
})

/** [XS8] Pinning validates a whole address space: every present entry is adjusted at once. */
const pin: Xstep = step({
  name: 'pin the tables',
  rule: 'XS8',
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
  hugePages: false,
  // Linux turns NUMA off in every PV guest (arch/x86/xen/setup.c).
  nodes: 1,
  kernelInRing3: true,
  // [XB3] write_cr3 (xen/arch/x86/flushtlb.c).
  switchesWithoutPge: true,
  pageFault: bounce,
  setPte: mmuUpdate,
  commit: mmuUpdatePreserve,
  plainStore: trapAndEmulate,
  mapGrant: mapGrantRef,
  activate: pin,
  pteVal,
  makePte,
}
