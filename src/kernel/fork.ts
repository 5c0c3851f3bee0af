import { EMPTY, RW } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { faultOf, placeOf, type KernelCx, type Process } from './context'
import { isNone, isWritable, makeClean, makeOld, swapOffset, writeProtect } from './linux-pte'
import { asksPresentPage, clearExclusive, linuxPresent, normalPage } from './page'
import { isCopyOnWrite, VM_SHARED } from './protection'
import { lock, operationDone, unlock } from './return'
import { store } from './set-pte'
import { dropEntries } from './zap'

type Kstep = Step<KernelCx>

const PARENT = 0
export const CHILD = 1

/**
 * [FK1] Start a child with the parent's mappings and empty tables. Cut: the model shows one child; an earlier one lives
 * on unseen, keeps its pages and does nothing.
 */
export const dupMm: Kstep = step({
  name: 'dup_mm',
  rule: 'FK1',
  lane: 'kernel',
  where: { file: 'kernel/fork.c', function: 'dup_mmap' },
  to: () => [dupMm, copyEntry],
  run(cx, actor) {
    const { cpu, process } = faultOf(cx, actor)
    const child = cx.processes[CHILD]!
    if (!lock(cx, actor, process)) return dupMm
    copyCells(cx, process.flags, child.flags)
    copyCells(cx, process.written, child.written)
    for (const slot of child.slots) if (!isNone(cx.world.pte(slot))) cx.world.putPte(slot, EMPTY)
    cx.world.put(child.pinned, 0)
    cx.world.put(child.alive, 1)
    cx.world.put(cpu.cursor, 0)
    return copyEntry
  },
})

function copyCells(cx: KernelCx, from: Process['flags'], to: Process['flags']): void {
  for (const [index, cell] of from.entries()) cx.world.put(to[index]!, cx.world.get(cell))
}

/** [FK2] Copy one entry; a private writable mapping's entry loses RW on both sides, and the child's also ACCESSED. */
export const copyEntry: Kstep = step({
  name: 'copy_one_pte',
  rule: 'FK2',
  lane: 'kernel',
  where: { file: 'mm/memory.c', function: 'copy_one_pte' },
  asks: (cx) => asksPresentPage(cx) | (cx.kernel.forkProtectsAlways ? 0 : RW),
  to: (cx) => [copyEntry, forkFlush, cx.platform.plainStore],
  run(cx, actor) {
    const { cpu } = faultOf(cx, actor)
    const page = nextToCopy(cx, cx.world.get(cpu.cursor))
    if (page < 0) return forkFlush
    cx.world.put(cpu.cursor, page + 1)
    const { slot, flags } = placeOf(cx, actor, PARENT, page)
    const childSlot = cx.processes[CHILD]!.slots[page]!
    const raw = cx.world.pte(slot)
    if (!linuxPresent(cx, raw)) {
      const swapSlot = cx.swapSlots[swapOffset(cx.kernel, raw)]
      if (swapSlot !== undefined) cx.world.add(swapSlot, 1)
      cx.world.putPte(childSlot, raw)
      return copyEntry
    }
    const shared = writeProtectIf(isCopyOnWrite(flags), raw)
    cx.world.putPte(childSlot, makeOld(flags & VM_SHARED ? makeClean(shared) : shared))
    const frame = normalPage(cx, shared)
    if (frame >= 0) {
      cx.frames.map(frame)
      clearExclusive(cx, frame)
    }
    const protects = isCopyOnWrite(flags) && (cx.kernel.forkProtectsAlways || isWritable(raw))
    return protects ? store(cx, actor, 'plainStore', slot, shared, copyEntry) : copyEntry
  },
})

const writeProtectIf = (condition: boolean, raw: Parameters<typeof writeProtect>[0]) =>
  condition ? writeProtect(raw) : raw

/** [FK3] Entries of a mapping in which nothing was ever written are not copied: a fault can make them again. */
function nextToCopy(cx: KernelCx, from: number): number {
  const parent = cx.processes[PARENT]!
  for (let page = from; page < cx.pages.length; page++) {
    const mapping = cx.pages[page]!.mapping
    if (mapping < 0 || !cx.world.get(parent.written[mapping]!)) continue
    if (!isNone(cx.world.pte(parent.slots[page]!))) return page
  }
  return -1
}

/** The parent's TLB may still say RW. */
const forkFlush: Kstep = step({
  name: 'flush_tlb_mm',
  rule: 'FK5',
  lane: 'kernel',
  where: { file: 'kernel/fork.c', function: 'dup_mmap' },
  to: (cx) => [cx.platform.activate],
  run(cx, actor) {
    const { cpu, process, processIndex } = faultOf(cx, actor)
    shootDown(cx, processIndex)
    unlock(cx, actor, process)
    cx.world.put(cpu.target, CHILD)
    cx.world.put(cpu.after, operationDone.id)
    return cx.platform.activate
  },
})

/** [FK4] A process ends: its entries go, its pages lose a mapper, and its mappings are no more. */
export const exitMmap: Kstep = step({
  name: 'exit_mmap',
  rule: 'FK4',
  lane: 'kernel',
  where: { file: 'mm/mmap.c', function: 'exit_mmap' },
  to: () => [operationDone],
  run(cx) {
    const child = cx.processes[CHILD]!
    dropEntries(cx, child)
    for (const cell of [...child.flags, ...child.written]) cx.world.clear(cell)
    cx.world.put(child.alive, 0)
    cx.world.put(child.pinned, 0)
    return operationDone
  },
})
