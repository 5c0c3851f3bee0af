import { holds } from '../arch/predicate'
import {
  FLAGS_LO,
  frameOf,
  GLOBAL,
  has,
  NX_HI,
  PAT,
  PCD,
  PRESENT,
  PSE,
  PWT,
  pte,
  USER,
  withFrame,
  type Pte,
} from '../arch/pte'
import { invertFrame, isInverted, isNone, linuxFrame, NUMA } from '../kernel/linux-pte'
import type { Kernel } from '../kernel/variants'

/** Where an entry lies. P4D is the fifth level's; with four it is the PGD once more. */
export const ENTRY_LEVELS = ['PTE', 'PMD', 'PUD', 'P4D', 'PGD'] as const
export type EntryLevel = (typeof ENTRY_LEVELS)[number]

/** What an entry is to a Linux. */
export type EntryKind =
  /** Nothing is in it. */
  | 'empty'
  /** It leads to a table. */
  | 'table'
  /** PRESENT, and it maps a page of 4 KB. */
  | 'page'
  /** PRESENT, and it maps a page of 2 MB or 1 GB. */
  | 'huge page'
  /** Bit 8 without PRESENT: a page is there, and the CPU must not use it. */
  | 'shut'
  /** The same, of 2 MB. */
  | 'shut huge'
  /** Bit 9 without PRESENT: a hint of 3.16 to 3.19. */
  | 'hint by bit 9'
  /** Not Linux-present and not none: what stands here is a note, and no bit is a flag of the CPU's. */
  | 'note'
  /** No Linux is known to write such an entry. */
  | 'strange'

/** Levels whose entries can map memory themselves. */
export const canBeHuge = (level: EntryLevel): boolean => level === 'PMD' || level === 'PUD'

/** Does the CPU take a present entry of this level for a page, not for a table? [HW2] */
export const isPageToCpu = (level: EntryLevel, entry: Pte): boolean =>
  level === 'PTE' || (canBeHuge(level) && has(entry, PSE))

/** Levels whose entries lead to a table on every CPU: the root, and with five levels the one below it. */
export const isTopmost = (level: EntryLevel): boolean => level === 'PGD' || level === 'P4D'

/** Present there, with bit 8: AMD's manual reserves the bit, Intel's has it ignored. Recalled, not looked up. */
export const dependsOnMake = (level: EntryLevel, entry: Pte): boolean =>
  isTopmost(level) && has(entry, PRESENT) && has(entry, GLOBAL)

/** [PT1] [PT8] [PM1] What an entry is to a kernel. */
export function entryKind(kernel: Kernel, level: EntryLevel, entry: Pte): EntryKind {
  if (isNone(entry, kernel.noneIgnores)) return 'empty'
  if (has(entry, PRESENT)) {
    if (level === 'PTE') return 'page'
    if (!has(entry, PSE)) return 'table'
    return canBeHuge(level) ? 'huge page' : 'strange'
  }
  if (level === 'PTE') return absentKind(kernel, entry)
  if (!canBeHuge(level)) return 'strange'
  if (has(entry, PSE) && holds(kernel.present, entry.lo)) return has(entry, GLOBAL) ? 'shut huge' : 'hint by bit 9'
  return has(entry, PSE) || holds(kernel.present, entry.lo) ? 'strange' : 'note'
}

function absentKind(kernel: Kernel, entry: Pte): EntryKind {
  if (!holds(kernel.present, entry.lo)) return 'note'
  return has(entry, GLOBAL) ? 'shut' : 'hint by bit 9'
}

/** Is NX 0? */
export const isExecutable = (entry: Pte): boolean => (entry.hi & NX_HI) === 0

/** Does the kernel keep flags and a frame in the entry? */
export const holdsFrame = (kind: EntryKind): boolean => kind !== 'empty' && kind !== 'note' && kind !== 'strange'

/** Low bits of a frame number that are no frame bits in an entry of a huge page. */
const BELOW: Partial<Record<EntryLevel, number>> = { PMD: 2 ** 9, PUD: 2 ** 18 }

/** The frame a kernel reads out of an entry: turned back where it holds it inverted, and a huge page's first of many. [PT6] */
export function frameToLinux(kernel: Kernel, level: EntryLevel, entry: Pte, kind: EntryKind): number {
  if (level === 'PTE' || kind === 'table') return linuxFrame(kernel, entry)
  const turned = isInverted(kernel, entry) ? invertFrame(entry) : entry
  return aligned(frameOf(turned, kernel.frameBits), level)
}

/** The frame the CPU goes to. [HW2] */
export const frameToCpu = (level: EntryLevel, entry: Pte): number =>
  isPageToCpu(level, entry) ? aligned(frameOf(entry), level) : frameOf(entry)

const aligned = (frame: number, level: EntryLevel): number => frame - (frame % (BELOW[level] ?? 1))

/** The PAT bit of an entry that maps more than 4 KB (SDM 4.9). */
const PAT_LARGE = 0x1000

/** Which of the eight memory types of the PAT the entry chooses: bit 2 PAT, bit 1 PCD, bit 0 PWT. */
export function patIndex(level: EntryLevel, entry: Pte): number {
  const pat = level === 'PTE' ? has(entry, PAT) : has(entry, PAT_LARGE)
  return (pat ? 4 : 0) | (has(entry, PCD) ? 2 : 0) | (has(entry, PWT) ? 1 : 0)
}

/** The entry with PRESENT and USER, as it may have been before a kernel shut it. */
export const opened = (entry: Pte): Pte =>
  withFrame(pte((entry.lo & FLAGS_LO & ~(GLOBAL | NUMA)) | PRESENT | USER, 0), frameOf(entry))
