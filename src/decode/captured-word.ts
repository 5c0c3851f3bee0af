import { GLOBAL, has, PRESENT, PWT, RW, USER, withFlags, withFrame, withoutFlags, type Pte } from '../arch/pte'
import { makeWritable, modify, swapEntry } from '../kernel/linux-pte'
import { PAGE_NONE, pageProtection } from '../kernel/protection'
import { markedHint, type Kernel } from '../kernel/variants'
import { adjustGuestL1e } from '../xen/adjust'
import type { CapturedLeaf } from './captured-leaf'
import type { CapturedPage } from './captured-page'

/** Where recorded entries are to lie. */
export interface Target {
  readonly kernel: Kernel
  readonly platform: 'bare' | 'xen'
  readonly recordedOn: 'bare' | 'xen'
  readonly mfnOf: (pfn: number) => number
}

/** Bit 1 of a swap entry of Linux 6.1: the page was soft-dirty. */
const SWAP_SOFT_DIRTY_6_1 = RW
/** Bit 3 of it: the page was this process's alone. */
const SWAP_EXCLUSIVE_6_1 = PWT

/** A recorded PROTNONE entry with its frame turned back and PRESENT on, so that any kernel can change it. */
const asPresent = ({ raw, pfn }: CapturedLeaf): Pte => withFlags(withFrame(raw, pfn!), PRESENT)

/** The word of a recorded page as it has to lie in memory; undefined for an empty entry. `slot`: a swap slot to name. */
export function wordFor({ leaf, vma, backing }: CapturedPage, target: Target, slot: number): Pte | undefined {
  const { kernel } = target
  switch (leaf.kind) {
    case 'empty':
      return undefined
    case 'present':
      return target.platform === target.recordedOn ? leaf.raw : moved(leaf, target)
    case 'prot_none-vma':
      return modify(kernel, asPresent(leaf), PAGE_NONE)
    case 'numa-hint':
      return hinted(leaf, pageProtection(vma.flags, backing), target)
    case 'swap-or-migration':
      return swapEntry(
        kernel,
        slot,
        kernel.keepsSoftDirty && has(leaf.raw, SWAP_SOFT_DIRTY_6_1),
        has(leaf.raw, SWAP_EXCLUSIVE_6_1),
      )
  }
}

/** A present entry on the other machine: the frame by its other number, and bit 8 as that machine has it. */
function moved({ val, pfn }: CapturedLeaf, { platform, mfnOf }: Target): Pte {
  if (platform === 'xen') return adjustGuestL1e(withFrame(val, mfnOf(pfn!)))
  return has(val, USER) ? withoutFlags(val, GLOBAL) : val
}

/**
 * The entry as it was before it was hinted, marked as the chosen kernel marks it. A kernel whose scanner marks nothing,
 * or that has none, keeps it present.
 */
function hinted(leaf: CapturedLeaf, protection: Pte, target: Target): Pte {
  const { raw, pfn } = leaf
  const { kernel, platform, mfnOf } = target
  const plain = modify(kernel, asPresent(leaf), protection)
  const before = has(raw, RW) ? makeWritable(plain) : plain
  const linuxSees = platform === 'xen' ? adjustGuestL1e(before) : before
  const value = kernel.numaBuilt ? markedHint(kernel, linuxSees, protection) : linuxSees
  if (!has(value, PRESENT) || platform === 'bare') return value
  return adjustGuestL1e(withFrame(value, mfnOf(pfn!)))
}
