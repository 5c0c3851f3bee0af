import { GLOBAL, has, PRESENT, PWT, RW, USER, withFlags, withFrame, withoutFlags, type Pte } from '../arch/pte'
import { markedHuge, modifyHuge } from '../kernel/huge-pmd'
import { makeWritable, modify, swapEntry } from '../kernel/linux-pte'
import { PAGE_NONE, pageProtection } from '../kernel/protection'
import { markedHint, type Kernel } from '../kernel/variants'
import { adjustGuestL1e } from '../xen/adjust'
import type { CapturedPage } from './captured-page'
import type { MachineId } from '../machine/platforms'

/** Where recorded entries are to lie. */
export interface Target {
  readonly kernel: Kernel
  readonly platform: MachineId
  readonly recordedOn: MachineId
  readonly mfnOf: (pfn: number) => number
}

/** Bit 1 of a swap entry of Linux 6.1: the page was soft-dirty. */
const SWAP_SOFT_DIRTY_6_1 = RW
/** Bit 3 of it: the page was this process's alone. */
const SWAP_EXCLUSIVE_6_1 = PWT

/** What has to be known of a page to write its word. */
export type WordOfPage = Pick<CapturedPage, 'raw' | 'kind' | 'pfn' | 'backing'> & {
  readonly vma: Pick<CapturedPage['vma'], 'flags'>
}

/** A recorded PROTNONE entry with its frame turned back and PRESENT on, so that any kernel can change it. */
const asPresent = ({ raw, pfn }: WordOfPage): Pte => withFlags(withFrame(raw, pfn!), PRESENT)

/** The word of a recorded page as it has to lie in memory; undefined for an empty entry. `slot`: a swap slot to name. */
export function wordFor(page: WordOfPage, target: Target, slot: number): Pte | undefined {
  const { kernel } = target
  switch (page.kind) {
    case 'empty':
      return undefined
    case 'present':
      return target.platform === target.recordedOn ? page.raw : moved(page, target)
    case 'prot_none-vma':
      return modify(kernel, asPresent(page), PAGE_NONE)
    case 'numa-hint':
      return hinted(page, pageProtection(page.vma.flags, page.backing), target)
    case 'swap-or-migration':
      return swapEntry(
        kernel,
        slot,
        kernel.keepsSoftDirty && has(page.raw, SWAP_SOFT_DIRTY_6_1),
        has(page.raw, SWAP_EXCLUSIVE_6_1),
      )
  }
}

/** The same of a page of 2 MB, whose entry is one level higher. */
export function hugeWordFor(page: WordOfPage, { kernel }: Target): Pte {
  const { raw, kind, vma, backing } = page
  switch (kind) {
    case 'prot_none-vma':
      return modifyHuge(kernel, asPresent(page), PAGE_NONE)
    case 'numa-hint': {
      const plain = modifyHuge(kernel, asPresent(page), pageProtection(vma.flags, backing))
      const before = has(raw, RW) ? makeWritable(plain) : plain
      return kernel.numaBuilt ? markedHuge(kernel, before) : before
    }
    default:
      return raw
  }
}

/** A present entry on the other machine: the frame by its other number, and bit 8 as that machine has it. */
function moved({ raw, pfn }: WordOfPage, { platform, mfnOf }: Target): Pte {
  if (platform === 'xen') return adjustGuestL1e(withFrame(raw, mfnOf(pfn!)))
  const val = withFrame(raw, pfn!)
  return has(val, USER) ? withoutFlags(val, GLOBAL) : val
}

/**
 * The entry as it was before it was hinted, marked as the chosen kernel marks it. A kernel whose scanner marks nothing,
 * or that has none, keeps it present.
 */
function hinted(page: WordOfPage, protection: Pte, target: Target): Pte {
  const { raw, pfn } = page
  const { kernel, platform, mfnOf } = target
  const plain = modify(kernel, asPresent(page), protection)
  const before = has(raw, RW) ? makeWritable(plain) : plain
  const linuxSees = platform === 'xen' ? adjustGuestL1e(before) : before
  const value = kernel.numaBuilt ? markedHint(kernel, linuxSees, protection) : linuxSees
  if (!has(value, PRESENT) || platform === 'bare') return value
  return adjustGuestL1e(withFrame(value, mfnOf(pfn!)))
}
