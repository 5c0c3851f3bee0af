import { PF_WRITE } from '../arch/error-code'
import { step, type Step } from '../arch/step'
import { shootDown } from '../arch/tlb'
import { faultOf, type KernelCx } from './context'
import { handlePteFault } from './fault'
import { operationDone } from './return'
import { dropEntries } from './zap'

type Kstep = Step<KernelCx>

const where = (name: string) => ({ file: 'fs/exec.c', function: name })

/**
 * [EX1] execve makes a new address space: mappings, and tables that nobody uses yet. Cut: the old program's
 * entries go first, not last.
 */
export const newAddressSpace: Kstep = step({
  name: 'bprm_mm_init',
  rule: 'EX1',
  lane: 'kernel',
  where: where('bprm_mm_init'),
  to: () => [copyArguments],
  run(cx, actor) {
    const { process, processIndex } = faultOf(cx, actor)
    dropEntries(cx, process)
    shootDown(cx, processIndex)
    for (const [index, page] of cx.pages.entries()) cx.world.put(process.flags[index]!, page.flags)
    for (const cell of process.written) cx.world.put(cell, 0)
    cx.world.put(process.pinned, 0)
    return copyArguments
  },
})

/**
 * [EX2] The arguments are copied to the new stack before its tables are in use: the kernel has the page faulted in, for
 * nobody runs on them. Cut: no pin by force looks the page up around it.
 */
const copyArguments: Kstep = step({
  name: 'copy_strings',
  rule: 'EX2',
  lane: 'kernel',
  where: where('copy_strings'),
  to: () => [handlePteFault],
  run(cx, actor) {
    const { cpu } = faultOf(cx, actor)
    cx.world.put(cpu.error, PF_WRITE)
    cx.world.put(cpu.backTo, activateNew.id)
    return handlePteFault
  },
})

/** [EX3] The new address space takes over; from here on its tables are in use, and Xen validates them first. */
export const activateNew: Kstep = step({
  name: 'exec_mmap',
  rule: 'EX3',
  lane: 'kernel',
  where: where('exec_mmap'),
  to: (cx) => [cx.platform.activate],
  run(cx, actor) {
    const { cpu, processIndex } = faultOf(cx, actor)
    cx.world.put(cpu.target, processIndex)
    cx.world.put(cpu.after, operationDone.id)
    return cx.platform.activate
  },
})
