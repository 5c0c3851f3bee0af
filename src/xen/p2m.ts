import { EMPTY, frameOf, has, PRESENT, withFrame, withoutFlags, type Pte } from '../arch/pte'
import type { KernelCx } from '../kernel/context'

/**
 * [XP1] Memory to Linux: a present entry holds a machine frame, which becomes the guest's. An entry without PRESENT is
 * left as it is. A machine frame that is not the guest's own makes Linux drop PRESENT.
 * (Linux arch/x86/xen/mmu.c, pte_mfn_to_pfn)
 */
export function pteVal(cx: KernelCx, raw: Pte): Pte {
  if (!has(raw, PRESENT)) return raw
  const frame = cx.frames.indexOfMfn(frameOf(raw))
  return frame < 0 ? withoutFlags(withFrame(raw, 0), PRESENT) : withFrame(raw, cx.frames.pfn(frame))
}

/**
 * [XP2] Linux to memory: the inverse. A guest frame without a machine frame gives an empty entry.
 * (Linux arch/x86/xen/mmu.c, pte_pfn_to_mfn)
 */
export function makePte(cx: KernelCx, value: Pte): Pte {
  if (!has(value, PRESENT)) return value
  const frame = cx.frames.indexOfPfn(frameOf(value))
  return frame < 0 ? EMPTY : withFrame(value, cx.frames.mfn(frame))
}
