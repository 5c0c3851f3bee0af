import { OUTCOME } from '../arch/cpu'
import { clearScratch, idle, touch } from '../arch/mmu'
import { step, type Step } from '../arch/step'
import { faultOf, type KernelCx, type Process } from './context'

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

/** Back to the same instruction. There is no check anywhere that the fault achieved something. */
export const returnFromFault: Kstep = step<KernelCx>({
  name: 'return',
  lane: 'kernel',
  where: { file: 'arch/x86/mm/fault.c', function: '__do_page_fault' },
  to: () => [touch],
  run(cx, actor) {
    const { process } = faultOf(cx, actor)
    unlock(cx, actor, process)
    cx.world.add(cx.counters.pageFaults, 1)
    clearScratch(cx, actor)
    return touch
  },
})

/** Why a signal was sent, in the operand word: the address has no mapping, or the mapping forbids the access. */
export const SEGV = { mapError: 1, accessError: 2 } as const

const segv = (name: string, fn: string, code: number): Kstep =>
  step({
    name,
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
export const accessErrorSignal = segv('SIGSEGV, access', 'bad_area_access_error', SEGV.accessError)
/** SIGSEGV: nothing is mapped at this address. */
export const mapErrorSignal = segv('SIGSEGV, no mapping', 'bad_area', SEGV.mapError)

/** BUG: the kernel finds itself where it must never be and kills the task, locks and all. */
export const bug: Kstep = step({
  name: 'BUG',
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
  lane: 'user',
  to: () => [idle],
  run(cx, actor) {
    const cpu = cx.cpus[actor]!
    cx.world.put(cpu.outcome, OUTCOME.completed)
    clearScratch(cx, actor)
    return idle
  },
})
