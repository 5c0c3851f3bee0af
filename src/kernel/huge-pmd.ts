import { holds } from '../arch/predicate'
import { DIRTY, has, PAT, withoutFlags, type Pte } from '../arch/pte'
import { modify, type EntryRules } from './linux-pte'

/** Bit 7 of an upper entry under its Linux name: it maps a large page itself. In a leaf of 4 KB the same bit is PAT. */
export const PSE = PAT

/** [PM1] A large page being split has PSE alone, and must still count as present. */
export const pmdPresent = (rules: EntryRules, pmd: Pte): boolean => holds(rules.present, pmd.lo) || has(pmd, PSE)
/** [PM2] The same question as for a 4 KB entry: the fix of 2015 changed both. */
export const pmdHint = (rules: EntryRules, pmd: Pte): boolean => holds(rules.hint, pmd.lo)
export const isHuge = (pmd: Pte): boolean => has(pmd, PSE)

/** Bits of the low half from bit 21 on: where the frame number of a large page begins. */
const HUGE_FRAME_LO = 0xffe0_0000

/**
 * [PM3] As for a 4 KB entry, and PSE stays; a kernel that saves DIRTY loses it here. Cut: no huge page is ever mapped in the
 * model; only its words are known.
 */
export function modifyHuge(rules: EntryRules, pmd: Pte, protection: Pte): Pte {
  const { lo, hi } = rules.kept
  const kept = { lo: (rules.savesDirty ? lo & ~DIRTY : lo) | PSE, hi }
  return modify(rules, pmd, withoutFlags(protection, DIRTY | PSE), kept, HUGE_FRAME_LO)
}
