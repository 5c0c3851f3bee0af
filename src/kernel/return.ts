import { OUTCOME } from '../arch/cpu'
import { MODE } from '../arch/error-code'
import { clearScratch, idle, touch } from '../arch/mmu'
import { step, stepById, type Step } from '../arch/step'
import { faultOf, type KernelCx, type Process } from './context'
import { VM_WRITE } from './protection'

type Kstep = Step<KernelCx>

/** Take the page-table lock; false while another CPU holds it, and then the step has to wait. */
export function lock(cx: KernelCx, actor: number, process: Process): boolean {
  const holder = cx.world.get(process.lock)
  if (holder !== 0 && holder !== actor + 1) return false
  if (holder === 0) cx.world.put(process.lock, actor + 1)
  return true
}

export function unlock(cx: KernelCx, actor: number, process: Process): void {
  if (cx.world.get(process.lock) === actor + 1) cx.world.put(process.lock, 0)
}

/**
 * [PF4] Back to the same instruction, or to whoever had the page faulted in. There is no check anywhere that the fault
 * achieved something. On the way back to user mode, and only there, a pending SIGKILL is delivered.
 */
export const returnFromFault: Kstep = step<KernelCx>({
  name: 'return',
  rule: 'PF4',
  lane: 'kernel',
  where: { file: 'arch/x86/mm/fault.c', function: '__do_page_fault' },
  to: (cx) => [...cx.afterFault, killed],
  run(cx, actor) {
    const { cpu, process, flags } = faultOf(cx, actor)
    const { world } = cx
    unlock(cx, actor, process)
    world.add(cx.counters.pageFaults, 1)
    const back = world.get(cpu.backTo)
    // A forced write to a mapping that forbids writes has its own copy now: from here on a read is enough.
    if (world.get(cpu.wroteThrough) && back && !(flags & VM_WRITE))
      world.put(cpu.operand, world.get(cpu.operand) & ~PIN.write)
    clearScratch(cx, actor)
    if (back) return stepById<KernelCx>(back)
    return world.get(cpu.mode) === MODE.user && world.get(process.killed) ? killed : touch
  },
})

/** How a page is pinned, as bits of the operand word: to be written, and whatever the mapping allows (FOLL_FORCE). */
export const PIN = { write: 1, force: 2 } as const

/** [SG1] SIGKILL ends the task. Cut: its pages are not given back, for nothing can happen in it any more. */
export const killed: Kstep = step({
  name: 'SIGKILL ends it',
  rule: 'SG1',
  lane: 'kernel',
  where: { file: 'kernel/signal.c', function: 'get_signal' },
  to: () => [idle],
  run(cx, actor) {
    cx.world.put(cx.cpus[actor]!.outcome, OUTCOME.killed)
    clearScratch(cx, actor)
    return idle
  },
})

/** [KM1] The kernel's own access failed: its exception table has a way out, and the system call returns EFAULT. */
export const fixupException: Kstep = step({
  name: 'fixup_exception',
  rule: 'KM1',
  lane: 'kernel',
  where: { file: 'arch/x86/mm/fault.c', function: 'no_context' },
  to: () => [idle],
  run(cx, actor) {
    cx.world.put(cx.cpus[actor]!.outcome, OUTCOME.efault)
    clearScratch(cx, actor)
    return idle
  },
})

/** What a hopeless access comes to: the signal for a program, EFAULT for the kernel acting for it. */
export const refusal = (cx: KernelCx, actor: number, signal: Kstep): Kstep =>
  cx.world.get(cx.cpus[actor]!.mode) === MODE.user ? signal : fixupException

/** Why a signal was sent, in the operand word: the address has no mapping, or the mapping forbids the access. */
export const SEGV = { mapError: 1, accessError: 2 } as const

const segv = (name: string, rule: string, fn: string, code: number): Kstep =>
  step({
    name,
    rule,
    lane: 'kernel',
    where: { file: 'arch/x86/mm/fault.c', function: fn },
    to: () => [idle],
    run(cx, actor) {
      const cpu = cx.cpus[actor]!
      cx.world.put(cpu.operand, code)
      cx.world.put(cpu.outcome, OUTCOME.sigsegv)
      clearScratch(cx, actor)
      return idle
    },
  })

/** SIGSEGV: the mapping does not allow this access. */
export const accessErrorSignal = segv('SIGSEGV, access', 'PF3', 'bad_area_access_error', SEGV.accessError)
/** SIGSEGV: nothing is mapped at this address. */
export const mapErrorSignal = segv('SIGSEGV, no mapping', 'PF2', 'bad_area', SEGV.mapError)

/** BUG: the kernel finds itself where it must never be and kills the task, locks and all. */
export const bug: Kstep = step({
  name: 'BUG',
  rule: 'NF4',
  lane: 'kernel',
  where: { file: 'mm/memory.c', function: 'do_numa_page' },
  to: () => [idle],
  run(cx, actor) {
    cx.world.put(cx.cpus[actor]!.outcome, OUTCOME.bug)
    return idle
  },
})

/** The CPU found a reserved bit set in a page table: the kernel reports a corrupted table and kills the task. */
export const corruptedTable: Kstep = step({
  name: 'corrupted page table',
  rule: 'PF1',
  lane: 'kernel',
  where: { file: 'arch/x86/mm/fault.c', function: 'pgtable_bad' },
  to: () => [idle],
  run(cx, actor) {
    cx.world.put(cx.cpus[actor]!.outcome, OUTCOME.bug)
    return idle
  },
})

/** An operation that is no access is over. */
export const operationDone: Kstep = step({
  name: 'back in user mode',
  rule: null,
  lane: 'user',
  to: () => [idle],
  run(cx, actor) {
    const cpu = cx.cpus[actor]!
    cx.world.put(cpu.outcome, OUTCOME.completed)
    clearScratch(cx, actor)
    return idle
  },
})
