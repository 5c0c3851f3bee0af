import type { Slot } from '../arch/brand'
import type { Pte } from '../arch/pte'
import { stepById, type Step } from '../arch/step'
import type { KernelCx } from './context'

type Kstep = Step<KernelCx>

/** Every path into a page table ends here: what to store, where, how, and the step after it. */
export function store(
  cx: KernelCx,
  actor: number,
  way: 'setPte' | 'commit' | 'plainStore',
  slot: Slot,
  raw: Pte,
  after: Kstep,
): Kstep {
  const cpu = cx.cpus[actor]!
  cx.world.putPte(cpu.next, raw)
  cx.world.put(cpu.target, slot)
  cx.world.put(cpu.after, after.id)
  return cx.platform[way]
}

/** The step after the store. */
export const resume = (cx: KernelCx, actor: number): Kstep => stepById<KernelCx>(cx.world.get(cx.cpus[actor]!.after))

/** Write `next` into memory, as bare metal does it at once and Xen does it after looking. */
export function putStored(cx: KernelCx, actor: number): void {
  const cpu = cx.cpus[actor]!
  cx.world.putPte(cx.world.get(cpu.target) as Slot, cx.world.pte(cpu.next))
}
