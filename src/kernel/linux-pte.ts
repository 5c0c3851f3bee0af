import {
  ACCESSED,
  bitOf,
  DIRTY,
  frameLo,
  frameOf,
  GLOBAL,
  has,
  PRESENT,
  PROTNONE,
  pte,
  RW,
  SOFT_DIRTY,
  SPECIAL,
  withFlags,
  withFrame,
  withoutFlags,
  type Pte,
} from '../arch/pte'
import type { Predicate } from '../arch/predicate'

/** Bit 9 as Linux 3.16–3.19 used it on an entry whose PRESENT is clear: a NUMA hint. The same bit as SPECIAL. */
export const NUMA = SPECIAL

/** The bits pte_modify keeps; all others come from the new protection. */
export interface KeptBits {
  readonly lo: number
  readonly hi: number
}

/** [PT3] Up to 4.0: frame (46-bit addresses), PCD, PWT, ACCESSED, DIRTY, SPECIAL. Never RW, USER, bit 8, PRESENT, NX. */
export const KEPT_2015: KeptBits = { lo: 0xffff_f278, hi: 0x3fff }
/** [PT3] 6.1: 52-bit addresses, and PAT, bits 10 and 58 and SOFT_DIRTY as well. */
export const KEPT_6_1: KeptBits = { lo: 0xffff_fef8, hi: 0x040f_ffff }

/** Linux's view of a word's bits in one kernel: what it asks, and how it changes a value. */
export interface EntryRules {
  readonly present: Predicate
  /** The question on the fault path that sends a fault to do_numa_page. */
  readonly hint: Predicate
  /** [PT9] The mark of an entry that no struct page counts. */
  readonly special: Predicate
  /** Is CONFIG_MEM_SOFT_DIRTY built in? Then bit 11 goes with DIRTY, and pte_modify keeps it. */
  readonly keepsSoftDirty: boolean
  readonly kept: KeptBits
  /** Bits of a frame number: 34 with 46-bit physical addresses, 40 with 52. */
  readonly frameBits: number
  /** Since the L1TF hardening of 2018: an entry without PRESENT holds the inverse of its frame. */
  readonly invertsFrames: boolean
  /** Flags that may be left over in an entry that counts as empty. */
  readonly noneIgnores: number
  /** Since shadow stacks (6.6): DIRTY without RW means something else, so an entry that loses RW moves DIRTY to bit 58. */
  readonly savesDirty?: boolean
}

/** [PT6] Does the entry hold its frame inverted? Every non-zero entry without PRESENT does, in a kernel that inverts. */
export const isInverted = (rules: EntryRules, entry: Pte): boolean =>
  rules.invertsFrames && !has(entry, PRESENT) && (entry.lo !== 0 || entry.hi !== 0)

/** All frame bits turned over: its own inverse. */
export const invertFrame = (entry: Pte, low = frameLo): Pte => pte(entry.lo ^ low, entry.hi ^ 0xf_ffff)

/** Bit 58, as a bit of the high half: where DIRTY waits while RW is gone. */
export const SAVED_DIRTY_HI = 0x400_0000

/** [PT7] An entry without RW keeps its DIRTY in bit 58, in a kernel that saves it there. */
const saveDirty = (rules: EntryRules | undefined, entry: Pte): Pte =>
  rules?.savesDirty && has(entry, DIRTY) && !has(entry, RW) ? pte(entry.lo & ~DIRTY, entry.hi | SAVED_DIRTY_HI) : entry

/** [PT7] And has it back in bit 6 with RW. */
const restoreDirty = (rules: EntryRules | undefined, entry: Pte): Pte =>
  rules?.savesDirty && entry.hi & SAVED_DIRTY_HI && has(entry, RW)
    ? pte(entry.lo | DIRTY, entry.hi & ~SAVED_DIRTY_HI)
    : entry

/** An entry with this frame and protection. */
export function makeEntry(rules: EntryRules, frame: number, protection: Pte): Pte {
  const entry = withFrame(protection, frame, rules.frameBits)
  return isInverted(rules, entry) ? invertFrame(entry) : entry
}

/**
 * [PT3] Change the protection of a value: frame, A, D and the cache bits stay, the rest comes from `protection`. An entry
 * of another level keeps other bits, and its frame number begins at another bit.
 */
export function modify(rules: EntryRules, value: Pte, protection: Pte, kept = rules.kept, frameFrom = frameLo): Pte {
  const lo = (value.lo & kept.lo) | (protection.lo & ~kept.lo)
  const mixed = pte(lo, (value.hi & kept.hi) | (protection.hi & ~kept.hi))
  const changed = isInverted(rules, value) === isInverted(rules, mixed) ? mixed : invertFrame(mixed, frameFrom)
  return has(value, RW) ? saveDirty(rules, changed) : restoreDirty(rules, changed)
}

/** [PT1] No bit is set at all, but for those that the kernel has learnt to ignore. */
export const isNone = (entry: Pte, ignored = 0): boolean => (entry.lo & ~ignored) === 0 && entry.hi === 0

export const isWritable = (entry: Pte): boolean => has(entry, RW)
/** Cut: 6.13, which saves DIRTY, is known by its words alone; no rule of a path passes `rules` here and below. */
export const isDirty = (entry: Pte, rules?: EntryRules): boolean =>
  has(entry, DIRTY) || (rules?.savesDirty === true && (entry.hi & SAVED_DIRTY_HI) !== 0)
export const isYoung = (entry: Pte): boolean => has(entry, ACCESSED)
/** No NX; whether the mapping allows a fetch is another question. */
export const isExecutable = (entry: Pte): boolean => bitOf(entry, 63) === 0
/** Bit 8 under its hardware name, whatever PRESENT says. */
export const isGlobal = (entry: Pte): boolean => has(entry, GLOBAL)
/** [PT4] May a TLB hold the entry? Cut: no flush is ever pending, so PRESENT alone decides. */
export const isAccessible = (entry: Pte): boolean => has(entry, PRESENT)
/** [PT5] 3.19: present without being a NUMA hint. */
export const isPresentWithoutHint = (entry: Pte): boolean => has(entry, PRESENT | PROTNONE)
export const isSoftDirty = (entry: Pte): boolean => has(entry, SOFT_DIRTY)

export const makeYoung = (entry: Pte): Pte => withFlags(entry, ACCESSED)
export const makeOld = (entry: Pte): Pte => withoutFlags(entry, ACCESSED)
export const makeClean = (entry: Pte, rules?: EntryRules): Pte =>
  pte(entry.lo & ~DIRTY, rules?.savesDirty ? entry.hi & ~SAVED_DIRTY_HI : entry.hi)
export const makeWritable = (entry: Pte, rules?: EntryRules): Pte => restoreDirty(rules, withFlags(entry, RW))
export const writeProtect = (entry: Pte, rules?: EntryRules): Pte => saveDirty(rules, withoutFlags(entry, RW))
export const makeSpecial = (entry: Pte): Pte => withFlags(entry, SPECIAL)
/** Dirty, and soft-dirty with it where that is built in. */
export const makeDirty = (rules: EntryRules, entry: Pte): Pte =>
  saveDirty(rules, withFlags(entry, rules.keepsSoftDirty ? DIRTY | SOFT_DIRTY : DIRTY))

/** [NH1] 3.16–3.19: PRESENT off, bit 9 on, all else kept: a leftover bit 8 too. */
export const makeNumaHint = (entry: Pte): Pte => withFlags(withoutFlags(entry, PRESENT), NUMA)
/** [NH2] Bit 9 off, PRESENT and ACCESSED on. Clears SPECIAL too, for that is the same bit. */
export const clearNumaHint = (entry: Pte): Pte => withFlags(withoutFlags(entry, NUMA), PRESENT | ACCESSED)

/** Where a kernel keeps what a swap entry says. */
export interface SwapLayout {
  /** Up to 4.0: above bit 8, and above bit 9 while that means NUMA. 6.1: bits 9–58, inverted, type in 59–63. */
  readonly swap: 'from bit 9' | 'from bit 10' | 'inverted'
}

const SWAP_2015 = { softDirty: 0x80, exclusive: 0 } as const
const SWAP_6_1 = { softDirty: 0x2, exclusive: 0x8 } as const
const swapFlags = (layout: SwapLayout) => (layout.swap === 'inverted' ? SWAP_6_1 : SWAP_2015)
const swapShift = (layout: SwapLayout): number => (layout.swap === 'from bit 10' ? 10 : 9)
/** Bits 9–58. */
const SWAP_FIELD: Pte = pte(0xffff_fe00, 0x07ff_ffff)

/**
 * [SW1] A swap entry, of swap device 0 where no other type is said: PRESENT, bit 8 and DIRTY clear. `exclusive` is kept by
 * 6.1 only.
 */
export function swapEntry(layout: SwapLayout, offset: number, softDirty: boolean, exclusive: boolean, type = 0): Pte {
  const at = offset * 2 ** swapShift(layout)
  const field = pte(at % 2 ** 32, Math.floor(at / 2 ** 32))
  const flags = swapFlags(layout)
  const low = (softDirty ? flags.softDirty : 0) | (exclusive ? flags.exclusive : 0)
  if (layout.swap !== 'inverted') return withFlags(field, low | (type << 1))
  return pte(((field.lo ^ SWAP_FIELD.lo) | low) >>> 0, ((field.hi ^ SWAP_FIELD.hi) | (type << 27)) >>> 0)
}

/** The swap device that a swap entry names; the highest types are no devices. */
export const swapType = (layout: SwapLayout, entry: Pte): number =>
  layout.swap === 'inverted' ? entry.hi >>> 27 : (entry.lo >>> 1) & 0x1f

/** The slot a swap entry names. */
export function swapOffset(layout: SwapLayout, entry: Pte): number {
  const turned = layout.swap === 'inverted' ? pte(~entry.lo & SWAP_FIELD.lo, ~entry.hi & SWAP_FIELD.hi) : entry
  return Math.floor((turned.hi * 2 ** 32 + turned.lo) / 2 ** swapShift(layout))
}
export const swapSoftDirty = (layout: SwapLayout, entry: Pte): boolean => has(entry, swapFlags(layout).softDirty)
export const swapExclusive = (layout: SwapLayout, entry: Pte): boolean => has(entry, swapFlags(layout).exclusive)

/** The guest frame a Linux value names. */
export const linuxFrame = (rules: EntryRules, entry: Pte): number =>
  frameOf(isInverted(rules, entry) ? invertFrame(entry) : entry, rules.frameBits)
