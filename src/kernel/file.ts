import { PF_WRITE } from '../arch/error-code'
import { step, type Step } from '../arch/step'
import { backingOf, faultOf, pagesOfMapping, placeOf, type Fault, type KernelCx } from './context'
import { isNone, makeDirty, makeEntry, makeWritable } from './linux-pte'
import { takeAnonymousPage } from './page'
import { VM_SHARED, VM_WRITE, wantsWriteNotify } from './protection'
import { lock, returnFromFault } from './return'
import { store } from './set-pte'

type Kstep = Step<KernelCx>

const where = (name: string) => ({ file: 'mm/memory.c', function: name })

/** [FI1] First touch of a file mapping: read, private write or shared write. */
export const doFault: Kstep = step({
  name: 'do_fault',
  rule: 'FI1',
  lane: 'kernel',
  where: where('do_fault'),
  to: () => [doReadFault, doCowFault, doSharedFault],
  run(cx, actor) {
    const { cpu, flags } = faultOf(cx, actor)
    if (!(cx.world.get(cpu.error) & PF_WRITE)) return doReadFault
    return flags & VM_SHARED ? doSharedFault : doCowFault
  },
})

/** Map a page into a slot that is still empty; `frame` is asked for it only then. */
function mapInto(cx: KernelCx, actor: number, fault: Fault, frame: () => number, write: boolean): Kstep {
  if (!isNone(cx.world.pte(fault.slot), cx.kernel.noneIgnores)) return returnFromFault
  let value = makeEntry(cx.kernel, cx.frames.pfn(frame()), fault.protection)
  if (write) {
    value = makeDirty(cx.kernel, value)
    if (fault.flags & VM_WRITE) value = makeWritable(value)
  }
  return store(cx, actor, 'setPte', fault.slot, cx.platform.makePte(cx, value), returnFromFault)
}

/** The page-cache page, mapped once more. */
function mapFilePage(cx: KernelCx, page: number): number {
  const frame = cx.pages[page]!.fileFrame
  cx.frames.map(frame)
  return frame
}

/** Fault-around: 64 KB of address space, naturally aligned. */
const AROUND = 0x1_0000

/**
 * [FI5] The pages that a read maps along: those of the same mapping in the same 64 KB, the touched one among them. Cut: the
 * page cache holds all of them.
 */
function neighbours(cx: KernelCx, { page, flags, process }: Fault): readonly number[] {
  const window = Math.floor(cx.addresses[page]! / AROUND)
  return pagesOfMapping(cx, page).filter(
    (each) =>
      Math.floor(cx.addresses[each]! / AROUND) === window &&
      cx.pages[each]!.fileFrame >= 0 &&
      cx.world.get(process.flags[each]!) === flags,
  )
}

/** [FI5] Map the next neighbour that is still empty; when none is left the fault is over, for its own page was among them. */
export const mapAround: Kstep = step({
  name: 'map the neighbours',
  rule: 'FI5',
  lane: 'kernel',
  where: where('do_fault_around'),
  to: (cx) => [returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const fault = faultOf(cx, actor)
    const pages = neighbours(cx, fault)
    for (let index = cx.world.get(fault.cpu.cursor); index < pages.length; index++) {
      const { slot, protection, page } = placeOf(cx, actor, fault.processIndex, pages[index]!)
      if (!isNone(cx.world.pte(slot), cx.kernel.noneIgnores)) continue
      cx.world.put(fault.cpu.cursor, index + 1)
      const value = makeEntry(cx.kernel, cx.frames.pfn(mapFilePage(cx, page)), protection)
      return store(cx, actor, 'setPte', slot, cx.platform.makePte(cx, value), mapAround)
    }
    return returnFromFault
  },
})

/** [FI2] A read maps the file's own page with the mapping's protection, and its neighbours with it. */
export const doReadFault: Kstep = step({
  name: 'do_read_fault',
  rule: 'FI2',
  lane: 'kernel',
  where: where('do_read_fault'),
  to: (cx) => [doReadFault, returnFromFault, mapAround, cx.platform.setPte],
  run(cx, actor) {
    const fault = faultOf(cx, actor)
    if (!lock(cx, actor, fault.process)) return doReadFault
    const untouched = isNone(cx.world.pte(fault.slot), cx.kernel.noneIgnores)
    if (untouched && neighbours(cx, fault).length > 1) return mapAround
    return mapInto(cx, actor, fault, () => mapFilePage(cx, fault.page), false)
  },
})

/** [FI3] A first write to a private mapping copies the file's page at once. */
export const doCowFault: Kstep = step({
  name: 'do_cow_fault',
  rule: 'FI3',
  lane: 'kernel',
  where: where('do_cow_fault'),
  to: (cx) => [doCowFault, returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const fault = faultOf(cx, actor)
    if (!lock(cx, actor, fault.process)) return doCowFault
    const copy = (): number => {
      cx.world.add(cx.counters.copies, 1)
      return takeAnonymousPage(cx, actor, fault.process, fault.page)
    }
    return mapInto(cx, actor, fault, copy, true)
  },
})

/** [FI4] A first write to a shared mapping; a file system that wants to hear of it is asked before the page is mapped. */
export const doSharedFault: Kstep = step({
  name: 'do_shared_fault',
  rule: 'FI4',
  lane: 'kernel',
  where: where('do_shared_fault'),
  to: () => [tellFileSystem, mapSharedPage],
  run(cx, actor) {
    const { flags, page } = faultOf(cx, actor)
    return wantsWriteNotify(flags, backingOf(cx, page)) ? tellFileSystem : mapSharedPage
  },
})

/** [FI6] The file system hears of the first write while the page is not mapped yet, and without the lock. */
const tellFileSystem: Kstep = step({
  name: 'do_page_mkwrite, first touch',
  rule: 'FI6',
  lane: 'kernel',
  where: where('do_page_mkwrite'),
  to: () => [mapSharedPage],
  run: () => mapSharedPage,
})

/** [FI4] Map the file's own page dirty and writable. */
const mapSharedPage: Kstep = step({
  name: 'map the shared page',
  rule: 'FI4',
  lane: 'kernel',
  where: where('do_shared_fault'),
  to: (cx) => [mapSharedPage, returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const fault = faultOf(cx, actor)
    if (!lock(cx, actor, fault.process)) return mapSharedPage
    const dirtied = (): number => {
      const frame = mapFilePage(cx, fault.page)
      cx.world.put(cx.frames.dirtyCell(frame), 1)
      return frame
    }
    return mapInto(cx, actor, fault, dirtied, true)
  },
})
