import { GLOBAL, GUEST_KERNEL_HI, has, PRESENT, pte, USER, withFlags, withoutFlags, type Pte } from '../arch/pte'

/**
 * [XA1] What Xen makes of a leaf entry that a 64-bit PV guest wants to store in a validated table.
 * Without PRESENT: nothing is added. A mapping without USER is the guest kernel's: bit 52 and USER. Any other is the
 * user's: GLOBAL and USER. (xen/arch/x86/mm.c, adjust_guest_l1e; so since commit 6f562e72cdc4 of 2006.)
 */
export function adjustGuestL1e(entry: Pte): Pte {
  if (!has(entry, PRESENT)) return entry
  if (!has(entry, USER)) return pte(entry.lo | USER, entry.hi | GUEST_KERNEL_HI)
  if (entry.hi & GUEST_KERNEL_HI) return entry
  return withFlags(entry, GLOBAL)
}

/** [XA1] Would Xen itself add bit 8 to this leaf entry, whether it is set by now or not? */
export const addsGlobal = (entry: Pte): boolean => has(adjustGuestL1e(withoutFlags(entry, GLOBAL)), GLOBAL)
