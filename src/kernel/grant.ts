import { step, type Step } from '../arch/step'
import { backingOf, faultOf, type KernelCx } from './context'
import { isNone } from './linux-pte'
import { operationDone } from './return'

type Kstep = Step<KernelCx>

/**
 * [GR1] A page of another domain is mapped: Linux tells Xen where the entry lies, and Xen writes it. Cut: a page of Linux's own
 * stands for the foreign one and is found from it, which not every kernel manages; the notifier by which gntdev hears of
 * changes is left out; the entry is not SPECIAL, since the scanner is told of a struct page all the same.
 */
export const mapGrant: Kstep = step({
  name: 'gntdev_mmap',
  rule: 'GR1',
  lane: 'kernel',
  where: { file: 'drivers/xen/gntdev.c', function: 'gntdev_mmap' },
  to: ({ platform }) => (platform.mapGrant ? [operationDone, platform.mapGrant] : [operationDone]),
  run(cx, actor) {
    const { cpu, page, slot, flags } = faultOf(cx, actor)
    const { granted } = cx.frames
    const offered = granted >= 0 && backingOf(cx, page) === 'grant' && flags !== 0
    if (!cx.platform.mapGrant || !offered || !isNone(cx.world.pte(slot))) return operationDone
    cx.frames.map(granted)
    cx.world.put(cpu.target, slot)
    return cx.platform.mapGrant
  },
})
