import { holds } from '../arch/predicate'
import { DIRTY, frameOf, has, PRESENT, PROTNONE, PSE, withFlags, withoutFlags, type Pte } from '../arch/pte'
import {
  invertFrame,
  isInverted,
  isWritable,
  makeEntry,
  makeNumaHint,
  makeWritable,
  makeYoung,
  modify,
  type EntryRules,
} from './linux-pte'
import { PAGE_NONE } from './protection'
import type { Kernel } from './variants'

/** [PM1] A large page being split has PSE alone, and must still count as present. */
export const pmdPresent = (rules: EntryRules, pmd: Pte): boolean => holds(rules.present, pmd.lo) || has(pmd, PSE)
/** [PM2] The same question as for a 4 KB entry: the fix of 2015 changed both. */
export const pmdHint = (rules: EntryRules, pmd: Pte): boolean => holds(rules.hint, pmd.lo)
export const isHuge = (pmd: Pte): boolean => has(pmd, PSE)

/** Bits of the low half from bit 21 on: where the frame number of a large page begins. */
const HUGE_FRAME_LO = 0xffe0_0000

/**
 * [PM3] As for a 4 KB entry, and PSE stays; a kernel that saves DIRTY loses it here.
 */
export function modifyHuge(rules: EntryRules, pmd: Pte, protection: Pte): Pte {
  const { lo, hi } = rules.kept
  const kept = { lo: (rules.savesDirty ? lo & ~DIRTY : lo) | PSE, hi }
  return modify(rules, pmd, withoutFlags(protection, DIRTY | PSE), kept, HUGE_FRAME_LO)
}

/** An entry of a huge page with this frame and protection. */
export const makeHuge = (rules: EntryRules, frame: number, protection: Pte): Pte =>
  withFlags(makeEntry(rules, frame, protection), PSE)

/** The guest frame that a huge entry names: the first of its 512. */
export const hugeFrame = (rules: EntryRules, entry: Pte): number =>
  frameOf(isInverted(rules, entry) ? invertFrame(entry, HUGE_FRAME_LO) : entry, rules.frameBits)

/**
 * [HP6] What the scanner makes of a huge entry. Up to 8a0516ed it flips the flags: PRESENT off, bit 9 on. (3.14: bit 8.)
 * Later it is PAGE_NONE, as for a 4 KB entry.
 */
export function markedHuge(kernel: Kernel, value: Pte): Pte {
  if (kernel.marking === 'bit 8') return withFlags(withoutFlags(value, PRESENT), PROTNONE)
  if (kernel.marking !== 'PAGE_NONE') return makeNumaHint(value)
  const hinted = modifyHuge(kernel, value, PAGE_NONE)
  return kernel.keepsWriteOverHint && isWritable(value) ? makeWritable(hinted) : hinted
}

/** [HP3] And what a hinting fault makes of it again. */
export function unmarkedHuge(kernel: Kernel, value: Pte, protection: Pte): Pte {
  if (kernel.marking !== 'PAGE_NONE') return kernel.unhint(value, protection)
  const restored = makeYoung(modifyHuge(kernel, value, protection))
  return kernel.keepsWriteOverHint && isWritable(value) ? makeWritable(restored) : restored
}
