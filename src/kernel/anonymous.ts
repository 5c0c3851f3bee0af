import { PF_WRITE } from '../arch/error-code'
import { step, type Step } from '../arch/step'
import { faultOf, type KernelCx } from './context'
import { isNone, makeDirty, makeEntry, makeSpecial, makeWritable } from './linux-pte'
import { takeAnonymousPage } from './page'
import { VM_WRITE } from './protection'
import { lock, returnFromFault } from './return'
import { store } from './set-pte'

/** [AN1] First touch of anonymous memory: the zero page for a read, a page of its own for a write. */
export const doAnonymousPage: Step<KernelCx> = step({
  name: 'do_anonymous_page',
  rule: 'AN1',
  lane: 'kernel',
  where: { file: 'mm/memory.c', function: 'do_anonymous_page' },
  to: (cx) => [doAnonymousPage, returnFromFault, cx.platform.setPte],
  run(cx, actor) {
    const { cpu, process, slot, flags, protection, page } = faultOf(cx, actor)
    if (!lock(cx, actor, process)) return doAnonymousPage
    if (!isNone(cx.world.pte(slot), cx.kernel.noneIgnores)) return returnFromFault
    if (!(cx.world.get(cpu.error) & PF_WRITE)) {
      const zero = makeSpecial(makeEntry(cx.kernel, cx.frames.pfn(cx.zeroFrame), protection))
      return store(cx, actor, 'setPte', slot, cx.platform.makePte(cx, zero), returnFromFault)
    }
    const frame = takeAnonymousPage(cx, actor, process, page)
    let value = makeEntry(cx.kernel, cx.frames.pfn(frame), protection)
    if (flags & VM_WRITE) value = makeWritable(makeDirty(cx.kernel, value))
    return store(cx, actor, 'setPte', slot, cx.platform.makePte(cx, value), returnFromFault)
  },
})
