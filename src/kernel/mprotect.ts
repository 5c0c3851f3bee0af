import { asks, holds } from '../arch/predicate'
import type { Pte } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { backingOf, faultOf, type Fault, type KernelCx } from './context'
import { modifyHuge } from './huge-pmd'
import { isDirty, isSoftDirty, isWritable, makeWritable, modify } from './linux-pte'
import { countedFrame, isExclusive, linuxPresent } from './page'
import { flagsAfterMprotect, RIGHTS, VM_SHARED, VM_WRITE, wantsWriteNotify } from './protection'
import { lock, operationDone, unlock } from './return'
import { store } from './set-pte'
import { hintOffPath } from './variants'

type Kstep = Step<KernelCx>

const where = (name: string) => ({ file: 'mm/mprotect.c', function: name })

/** [MP2] Change what the mapping allows; nothing more happens if it allowed just that, or never may. */
export const mprotectFixup: Kstep = step({
  name: 'mprotect_fixup',
  rule: 'MP2',
  lane: 'kernel',
  where: where('mprotect_fixup'),
  to: () => [operationDone, changeProtection],
  run(cx, actor) {
    const { cpu, process, flags, page } = faultOf(cx, actor)
    if (cx.pages[page]!.mapping < 0) return operationDone
    const wanted = flagsAfterMprotect(flags, RIGHTS[cx.world.get(cpu.operand)] ?? 'none')
    if (wanted === null || wanted === flags) return operationDone
    cx.world.put(process.flags[page]!, wanted)
    return changeProtection
  },
})

/**
 * [MP4] Whose dirty pages need not fault once more to be writable: those of a shared mapping that reports its writes; since
 * 6.1 also a private page that is this process's alone.
 */
function mayGiveRwBack(cx: KernelCx, { flags, page }: Fault, value: Pte): boolean {
  if (wantsWriteNotify(flags, backingOf(cx, page))) return true
  if (!cx.kernel.mprotectTriesWritable || flags & VM_SHARED || !(flags & VM_WRITE) || isWritable(value)) return false
  return isExclusive(cx, countedFrame(cx, cx.platform.makePte(cx, value)))
}

/** [MP3] Give an entry the new protection; some dirty pages get RW with it. */
const changeProtection: Kstep = step({
  name: 'change_pte_range',
  rule: 'MP3',
  lane: 'kernel',
  where: where('change_pte_range'),
  asks: (cx) => asks(cx.kernel.present),
  to: (cx) => [changeProtection, protectionDone, cx.platform.commit],
  run(cx, actor) {
    const fault = faultOf(cx, actor)
    const { process, slot, flags, protection } = fault
    if (!lock(cx, actor, process)) return changeProtection
    const raw = cx.world.pte(slot)
    if (!linuxPresent(cx, raw)) return protectionDone
    if (cx.pages[fault.page]!.huge) return changeHuge(cx, actor, fault, raw)
    let value = cx.platform.pteVal(cx, raw)
    if (cx.kernel.mprotectUnhints && holds(hintOffPath(cx.kernel), raw.lo)) value = cx.kernel.unhint(value, protection)
    value = modify(cx.kernel, value, protection)
    const writesKnown = isSoftDirty(value) || !cx.kernel.keepsSoftDirty || cx.kernel.trustsDirty(flags)
    if (mayGiveRwBack(cx, fault, value) && isDirty(value) && writesKnown) value = makeWritable(value)
    return store(cx, actor, 'commit', slot, cx.platform.makePte(cx, value), protectionDone)
  },
})

/** [HP7] A huge page gets the new protection at its PMD. RW is never given back with it. */
function changeHuge(cx: KernelCx, actor: number, { slot, protection }: Fault, raw: Pte): Kstep {
  const unhinted = cx.kernel.mprotectUnhints && holds(cx.kernel.hint, raw.lo) ? cx.kernel.unhint(raw, protection) : raw
  return store(cx, actor, 'commit', slot, modifyHuge(cx.kernel, unhinted, protection), protectionDone)
}

export const protectionDone: Kstep = step({
  name: 'flush_tlb_range',
  rule: 'MP5',
  lane: 'kernel',
  where: where('change_protection_range'),
  to: () => [operationDone],
  run(cx, actor) {
    const { process, processIndex, page } = faultOf(cx, actor)
    shootDown(cx, processIndex, page)
    unlock(cx, actor, process)
    return operationDone
  },
})
