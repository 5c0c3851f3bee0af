import { ACCESSED, DIRTY, PRESENT, pte, RW, USER, withFrame } from '../arch/pte'
import { step, type Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { operationDone } from '../kernel/return'
import { putStored } from '../kernel/set-pte'
import { adjustGuestL1e } from './adjust'

/** What a grant mapping of an application gets beside its frame; NX in the high half. */
const GRANTED = pte(PRESENT | RW | USER | ACCESSED | DIRTY, 0x8000_0000)

/** [XG1] Xen itself writes the entry of a grant: the other domain's machine frame, and bit 8 as for any user mapping. */
export const mapGrantRef: Step<KernelCx> = step({
  name: 'map_grant_ref',
  rule: 'XG1',
  lane: 'xen',
  where: { file: 'xen/arch/x86/mm.c', function: 'create_grant_pte_mapping' },
  to: () => [operationDone],
  run(cx, actor) {
    cx.world.putPte(cx.cpus[actor]!.next, adjustGuestL1e(withFrame(GRANTED, cx.frames.mfn(cx.frames.granted))))
    putStored(cx, actor)
    return operationDone
  },
})
