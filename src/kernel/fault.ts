import { asksUsed } from './page'
import { PF_PROT, PF_RSVD, PF_WRITE } from '../arch/error-code'
import { asks, holds } from '../arch/predicate'
import { RW, same } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { TASK_SIZE_MAX } from '../arch/vaddr'
import { doAnonymousPage } from './anonymous'
import { faultOf, type KernelCx } from './context'
import { doFault } from './file'
import { handleHugeFault } from './huge'
import { isNone, isWritable, makeDirty, makeYoung } from './linux-pte'
import { doNumaPage } from './numa'
import { VM_RIGHTS, VM_WRITE } from './protection'
import {
  accessErrorSignal,
  corruptedTable,
  fixupException,
  lock,
  mapErrorSignal,
  refusal,
  returnFromFault,
} from './return'
import { store } from './set-pte'
import { doSwapPage } from './swap'
import { doWpPage } from './write-protect'

type Kstep = Step<KernelCx>

const arch = (name: string) => ({ file: 'arch/x86/mm/fault.c', function: name })
const mm = { file: 'mm/memory.c', function: 'handle_pte_fault' }

const errorOf = (cx: KernelCx, actor: number): number => cx.world.get(cx.cpus[actor]!.error)

/** [PF1] Kernel addresses and corrupted tables never reach the memory manager. */
export const doPageFault: Kstep = step({
  name: 'do_page_fault',
  rule: 'PF1',
  lane: 'kernel',
  where: arch('__do_page_fault'),
  local: true,
  to: () => [mapErrorSignal, fixupException, corruptedTable, findVma],
  run(cx, actor) {
    const cpu = cx.cpus[actor]!
    if (cx.addresses[cx.world.get(cpu.page)]! >= TASK_SIZE_MAX) {
      cx.world.put(cpu.error, errorOf(cx, actor) | PF_PROT)
      return refusal(cx, actor, mapErrorSignal)
    }
    return errorOf(cx, actor) & PF_RSVD ? corruptedTable : findVma
  },
})

/** Linux up to 4.0 lets the stack grow for an access at most this far below the stack pointer. */
const STACK_REACH = 65536 + 32 * 8

/**
 * [PF2] Which mapping is it? None where munmap left vm_flags at 0. Memory below the stack is none until it is touched: then the stack grows, if the access is
 * close enough to the stack pointer for this kernel.
 */
const findVma: Kstep = step({
  name: 'find_vma',
  rule: 'PF2',
  lane: 'kernel',
  where: arch('__do_page_fault'),
  to: () => [mapErrorSignal, fixupException, accessError],
  run(cx, actor) {
    const { process, page, flags } = faultOf(cx, actor)
    const { mapping, belowStack } = cx.pages[page]!
    if (mapping < 0 || (flags === 0 && !belowStack)) return refusal(cx, actor, mapErrorSignal)
    if (!belowStack || flags !== 0) return accessError
    if (cx.kernel.stackDistance && belowStack.distance > STACK_REACH) return refusal(cx, actor, mapErrorSignal)
    cx.world.put(process.flags[page]!, belowStack.flags)
    return accessError
  },
})

/** [PF3] May the mapping do this at all? Asked before any entry is looked at. */
const accessError: Kstep = step({
  name: 'access_error?',
  rule: 'PF3',
  lane: 'kernel',
  where: arch('access_error'),
  to: () => [accessErrorSignal, fixupException, handlePteFault, handleHugeFault],
  run(cx, actor) {
    const { flags } = faultOf(cx, actor)
    return isAccessError(errorOf(cx, actor), flags) ? refusal(cx, actor, accessErrorSignal) : faultHandler(cx, actor)
  },
})

/** The memory manager's own first step: a huge page is dealt with at its PMD. */
export const faultHandler = (cx: KernelCx, actor: number): Kstep =>
  cx.pages[faultOf(cx, actor).page]!.huge ? handleHugeFault : handlePteFault

/** A write needs VM_WRITE; any other fault on a present entry is hopeless; the rest needs some right. */
export function isAccessError(error: number, flags: number): boolean {
  if (error & PF_WRITE) return !(flags & VM_WRITE)
  if (error & PF_PROT) return true
  return !(flags & VM_RIGHTS)
}

/**
 * [HF1] Read the entry once, without a lock. All questions are asked of this snapshot. Cut: the upper tables are
 * there already.
 */
export const handlePteFault: Kstep = step({
  name: 'handle_pte_fault',
  rule: 'HF1',
  lane: 'kernel',
  where: mm,
  to: () => [isPresent],
  run(cx, actor) {
    const { cpu, slot } = faultOf(cx, actor)
    cx.world.putPte(cpu.entry, cx.world.pte(slot))
    return isPresent
  },
})

/** [HF2] Linux's "present" includes PROTNONE. An empty entry is filled, any other is in swap. */
const isPresent: Kstep = step({
  name: 'pte_present?',
  rule: 'HF2',
  lane: 'kernel',
  where: mm,
  local: true,
  asks: (cx) => asks(cx.kernel.present),
  to: () => [isHint, doFault, doAnonymousPage, doSwapPage],
  run(cx, actor) {
    const cpu = cx.cpus[actor]!
    const page = cx.world.get(cpu.page)
    const entry = cx.world.pte(cpu.entry)
    if (holds(cx.kernel.present, entry.lo)) return isHint
    if (!isNone(entry, cx.kernel.noneIgnores)) return doSwapPage
    return cx.pages[page]!.fileFrame < 0 ? doAnonymousPage : doFault
  },
})

/** [HF3] Is it a NUMA hint? Asked before the lock and before anyone looks at whether this is a write. */
export const isHint: Kstep = step({
  name: 'hint?',
  rule: 'HF3',
  lane: 'kernel',
  where: mm,
  asks: (cx) => asks(cx.kernel.hint),
  to: () => [doNumaPage, isUnchanged],
  run(cx, actor) {
    const { cpu, flags } = faultOf(cx, actor)
    const counts = !cx.kernel.hintNeedsRights || (flags & VM_RIGHTS) !== 0
    return counts && holds(cx.kernel.hint, cx.world.pte(cpu.entry).lo) ? doNumaPage : isUnchanged
  },
})

/** [HF4] Take the lock; if the entry changed meanwhile, somebody else has dealt with it. */
export const isUnchanged: Kstep = step({
  name: 'lock, pte_same?',
  rule: 'HF4',
  lane: 'kernel',
  where: mm,
  to: () => [isUnchanged, returnFromFault, isWriteProtected],
  run(cx, actor) {
    const { cpu, process, slot } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return isUnchanged
    return same(cx.world.pte(slot), cx.world.pte(cpu.entry)) ? isWriteProtected : returnFromFault
  },
})

/** [HF5] A write to an entry without RW is the write-protect fault: the path that repairs. */
export const isWriteProtected: Kstep = step({
  name: 'write, not RW?',
  rule: 'HF5',
  lane: 'kernel',
  where: mm,
  local: true,
  asks: () => RW,
  to: () => [doWpPage, setAccessFlags],
  run(cx, actor) {
    const entry = cx.world.pte(cx.cpus[actor]!.entry)
    return errorOf(cx, actor) & PF_WRITE && !isWritable(entry) ? doWpPage : setAccessFlags
  },
})

/** [HF6] Young, and dirty for a write; stored only if that changes something and the access is a write. */
const setAccessFlags: Kstep = step({
  name: 'ptep_set_access_flags',
  rule: 'HF6',
  lane: 'kernel',
  where: { file: 'arch/x86/mm/pgtable.c', function: 'ptep_set_access_flags' },
  asks: asksUsed,
  to: (cx) => [returnFromFault, cx.platform[cx.kernel.accessFlagsBy]],
  run(cx, actor) {
    const { cpu, slot } = faultOf(cx, actor)
    const old = cx.world.pte(cpu.entry)
    const write = (errorOf(cx, actor) & PF_WRITE) !== 0
    const entry = makeYoung(write ? makeDirty(cx.kernel, old) : old)
    if (!write || same(entry, old)) return returnFromFault
    return store(cx, actor, cx.kernel.accessFlagsBy, slot, entry, returnFromFault)
  },
})
