import {
  ACCESSED,
  bitOf,
  DIRTY,
  FLAGS_LO,
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

/** Physical addresses have 46 bits in these kernels: 34 frame bits. */
export const FRAME_BITS = 34

/** The bits pte_modify keeps; all others come from the new protection. */
export interface KeptBits {
  readonly lo: number
  readonly hi: number
}

const FRAME_HI = 0x3fff
const KEPT_FLAGS = 0x278

/** [PT3] Frame, PCD, PWT, ACCESSED, DIRTY, SPECIAL, and SOFT_DIRTY where that is built in. Never RW, USER, bit 8, PRESENT, NX. */
export const keptBits = (softDirty: boolean): KeptBits => ({
  lo: (0xffff_f000 | KEPT_FLAGS | (softDirty ? SOFT_DIRTY : 0)) >>> 0,
  hi: FRAME_HI,
})

/** Linux's view of a word's bits in one kernel: what it asks, and how it changes a value. */
export interface EntryRules {
  readonly present: Predicate
  /** The question on the fault path that sends a fault to do_numa_page. */
  readonly hint: Predicate
  readonly special: Predicate
  readonly keepsSoftDirty: boolean
}

/** An entry with this frame and protection. */
export const makeEntry = (frame: number, protection: Pte): Pte => withFrame(protection, frame, FRAME_BITS)

/** [PT3] Change the protection of a value: frame, A, D and the cache bits stay, the rest comes from `protection`. */
export function modify(rules: EntryRules, value: Pte, protection: Pte): Pte {
  const kept = keptBits(rules.keepsSoftDirty)
  return pte((value.lo & kept.lo) | (protection.lo & ~kept.lo), (value.hi & kept.hi) | (protection.hi & ~kept.hi))
}

/** [PT1] No bit is set at all. */
export const isNone = (entry: Pte): boolean => entry.lo === 0 && entry.hi === 0

export const isWritable = (entry: Pte): boolean => has(entry, RW)
export const isDirty = (entry: Pte): boolean => has(entry, DIRTY)
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
export const makeClean = (entry: Pte): Pte => withoutFlags(entry, DIRTY)
export const makeWritable = (entry: Pte): Pte => withFlags(entry, RW)
export const writeProtect = (entry: Pte): Pte => withoutFlags(entry, RW)
export const makeSpecial = (entry: Pte): Pte => withFlags(entry, SPECIAL)
/** Dirty, and soft-dirty with it where that is built in. */
export const makeDirty = (rules: EntryRules, entry: Pte): Pte =>
  withFlags(entry, rules.keepsSoftDirty ? DIRTY | SOFT_DIRTY : DIRTY)

/** [NH1] 3.16–3.19: PRESENT off, bit 9 on, all else kept: a leftover bit 8 too. */
export const makeNumaHint = (entry: Pte): Pte => withFlags(withoutFlags(entry, PRESENT), NUMA)
/** [NH2] Bit 9 off, PRESENT and ACCESSED on. Clears SPECIAL too, for that is the same bit. */
export const clearNumaHint = (entry: Pte): Pte => withFlags(withoutFlags(entry, NUMA), PRESENT | ACCESSED)

/** Where a kernel keeps a swap entry's offset: above bit 8, and above bit 9 while that means NUMA. */
export interface SwapLayout {
  readonly offsetShift: 9 | 10
}

/** [SW1] A swap entry: PRESENT, bit 8 and DIRTY clear, type in bits 1–5, soft-dirty in bit 7, offset above. */
export function swapEntry(layout: SwapLayout, offset: number, softDirty: boolean): Pte {
  const low = offset * 2 ** layout.offsetShift
  return pte((low % 2 ** 32) + (softDirty ? 0x80 : 0), Math.floor(low / 2 ** 32))
}
export const swapOffset = (layout: SwapLayout, entry: Pte): number =>
  Math.floor((entry.hi * 2 ** 32 + entry.lo) / 2 ** layout.offsetShift)
export const swapSoftDirty = (entry: Pte): boolean => has(entry, 0x80)

/** The guest frame a Linux value names. */
export const linuxFrame = (entry: Pte): number => frameOf(entry, FRAME_BITS)

/** Only the low flags of an entry, for comparing and showing. */
export const lowFlags = (entry: Pte): number => entry.lo & FLAGS_LO
