import type { Predicate } from '../arch/predicate'
import { ACCESSED, DIRTY, PRESENT, PROTNONE, SOFT_DIRTY, SPECIAL, withFlags, withoutFlags, type Pte } from '../arch/pte'
import {
  clearNumaHint,
  isWritable,
  KEPT_2015,
  KEPT_6_1,
  makeNumaHint,
  makeWritable,
  makeYoung,
  modify,
  NUMA,
  type EntryRules,
  type SwapLayout,
} from './linux-pte'
import { ADVICE, type Advice } from './advice'
import { PAGE_NONE, VM_SOFTDIRTY } from './protection'

/** How the scanner marks one entry. */
export type Marking =
  /** pte_mknuma: PRESENT off, bit 9 on; stored by set_pte_at. */
  | 'bit 9'
  /** As 'bit 9', with bit 8: what Linux did up to 3.15. */
  | 'bit 8'
  /** pte_modify to the mapping's own protection; stored by modify_prot_commit. Marks nothing. */
  | 'own protection'
  /** pte_modify to PAGE_NONE; stored by modify_prot_commit. */
  | 'PAGE_NONE'

/** What the scanner may go by when it decides to leave a page alone. */
export interface ScannedPage {
  /** A private mapping that may be written. */
  readonly copyOnWrite: boolean
  readonly private: boolean
  /** Entries that map the page; a page of a file has the page cache as one more user. */
  readonly mapcount: number
  readonly ofFile: boolean
  /** A dirty page of a disk file. */
  readonly dirtyOfDisk: boolean
  /** Does the process have one thread only? */
  readonly singleThread: boolean
  /** Is the page on the node of the CPU that scans? */
  readonly onThisNode: boolean
}

/** One Linux, as what differs between the kernels of this story. A variant is another one spread, with keys replaced. */
export interface Kernel extends EntryRules, SwapLayout {
  /** Stable short id, for URLs. */
  readonly id: string
  readonly name: string
  /** One line of story. */
  readonly story: string
  /** What callers off the fault path ask, where that is another test; see `hintOffPath`. */
  readonly hintElsewhere?: Predicate
  /** Derived from source, never booted by anyone known to us. */
  readonly derivedOnly: boolean
  /** False when the kernel was built without CONFIG_NUMA_BALANCING: no hints, no scanner. */
  readonly numaBuilt: boolean
  /** How do_numa_page turns the hint back into an entry. */
  readonly unhint: (value: Pte, protection: Pte) => Pte
  readonly marking: Marking
  /** Do the helpers that mark and unmark go through pte_val and __pte, as everything that touches PRESENT has to? */
  readonly markingTranslates: boolean
  /** Does the scanner pass over pages that no struct page counts, and entries already hinted? */
  readonly scannerLooksAtPage: boolean
  /** Is a hint only a hint where the mapping allows something? Asked beside the test itself since 4.9. */
  readonly hintNeedsRights: boolean
  /** Is the entry written last in a hinting fault, after counting and moving the page? */
  readonly numaWritesLast: boolean
  /** Which pages the scanner leaves alone, beyond those without a struct page and those hinted already. */
  readonly scannerSpares: (page: ScannedPage) => boolean
  /** Are mappings of grants marked, so that the scanner passes over them? */
  readonly scannerSparesGrants: boolean
  /** May mprotect itself give RW back to a page that would only fault to get it? */
  readonly mprotectTriesWritable: boolean
  /** Does fork write-protect an entry that is read-only already? */
  readonly forkProtectsAlways: boolean
  /** ptep_set_access_flags: a plain store, or set_pte. */
  readonly accessFlagsBy: 'plainStore' | 'setPte'
  /** Is a huge page split where it would have to be copied? */
  readonly splitsHugePages: boolean
  /** [PG2] Is an anonymous page that is one process's alone marked as exclusive? Kernels before 5.19 have no such mark. */
  readonly marksExclusive: boolean
  /** Does a forced write pin of an exclusive page do without RW? */
  readonly gupWritesExclusive: boolean
  /** Does the stack grow only close to the stack pointer? */
  readonly stackDistance: boolean
  /** Is write permission kept while an entry is hinted? */
  readonly keepsWriteOverHint: boolean
  /** Advice that madvise knows. */
  readonly advice: readonly Advice[]
  /** How clear_refs stores an entry, and whether it flushes the TLB even where only A was cleared. */
  readonly clearRefs: { readonly by: 'setPte' | 'commit'; readonly flushesAlways: boolean }
  /** Does mprotect take DIRTY alone for a sign that a page was written, in a mapping with these vm_flags? */
  readonly trustsDirty: (flags: number) => boolean
  /** Does mprotect undo a hint before it changes the protection? */
  readonly mprotectUnhints: boolean
  /** Does do_numa_page call BUG when the mapping allows nothing? */
  readonly bugOnForbidden: boolean
  /** Does do_numa_page call BUG when it meets the zero page? */
  readonly bugOnZeroPage: boolean
}

const BIT8_ONLY: Predicate = { form: 'any', name: 'pte_protnone', mask: PROTNONE }
const BIT8_WITHOUT_PRESENT: Predicate = {
  form: 'equals',
  name: 'pte_protnone',
  mask: PROTNONE | PRESENT,
  value: PROTNONE,
}

/** [PT8] What Linux calls present. */
const PRESENT_OR_PROTNONE: Predicate = { form: 'any', name: 'pte_present', mask: PRESENT | PROTNONE }

/** [PT2] The kernels by the test they ask, from 3.19 to 4.0. */
export const v3_19: Kernel = {
  id: '3.19',
  name: '3.19',
  story: 'A NUMA hint is bit 9 where PRESENT is 0; bit 8 is not used for it.',
  derivedOnly: false,
  numaBuilt: true,
  present: { form: 'any', name: 'pte_present', mask: PRESENT | PROTNONE | NUMA },
  hint: { form: 'equals', name: 'pte_numa', mask: NUMA | PROTNONE | PRESENT, value: NUMA },
  special: { form: 'both', name: 'pte_special', mask: SPECIAL, guard: PRESENT | PROTNONE },
  keepsSoftDirty: false,
  kept: KEPT_2015,
  frameBits: 34,
  invertsFrames: false,
  noneIgnores: 0,
  swap: 'from bit 10',
  hintNeedsRights: false,
  numaWritesLast: false,
  scannerSpares: () => false,
  scannerSparesGrants: false,
  mprotectTriesWritable: false,
  forkProtectsAlways: true,
  accessFlagsBy: 'plainStore',
  splitsHugePages: false,
  marksExclusive: false,
  gupWritesExclusive: false,
  stackDistance: true,
  advice: ['dontneed'],
  clearRefs: { by: 'setPte', flushesAlways: true },
  trustsDirty: (flags) => !(flags & VM_SOFTDIRTY),
  unhint: (value) => clearNumaHint(value),
  marking: 'bit 9',
  markingTranslates: true,
  scannerLooksAtPage: true,
  keepsWriteOverHint: false,
  mprotectUnhints: true,
  bugOnForbidden: false,
  bugOnZeroPage: true,
}

/**
 * [NH3] A year before: the hint is bit 8 without PRESENT, the very test that the fix of 2015 installs. But its helpers flip the
 * flags alone, so under Xen the entry keeps the machine's frame number where Linux reads its own; mended in 3.15 by
 * 29c7787075c9. Derived from source; everything that is not about hints is 3.19's.
 */
export const v3_14: Kernel = {
  ...v3_19,
  id: '3.14',
  name: '3.14',
  story: 'A hint is bit 8 without PRESENT, as after the fix. Under Xen it names a wrong frame.',
  derivedOnly: true,
  present: PRESENT_OR_PROTNONE,
  hint: { ...BIT8_WITHOUT_PRESENT, name: 'pte_numa' },
  special: { form: 'any', name: 'pte_special', mask: SPECIAL },
  swap: 'from bit 9',
  marking: 'bit 8',
  markingTranslates: false,
  unhint: (value) => withFlags(withoutFlags(value, PROTNONE), PRESENT | ACCESSED),
}

export const bisectCommit: Kernel = {
  ...v3_19,
  id: '8a05',
  name: '8a0516ed',
  story: 'The commit bisection names: the new test is live, the rest of the series is not.',
  derivedOnly: true,
  hint: BIT8_ONLY,
  marking: 'own protection',
  scannerLooksAtPage: false,
  mprotectUnhints: false,
}

export const v3_20_rc0: Kernel = {
  ...bisectCommit,
  id: 'rc0',
  name: '3.20-rc0',
  story: 'The whole series: hints are PAGE_NONE entries, and the test looks at bit 8 alone.',
  derivedOnly: false,
  present: PRESENT_OR_PROTNONE,
  special: { form: 'any', name: 'pte_special', mask: SPECIAL },
  swap: 'from bit 9',
  unhint(value, protection) {
    return makeYoung(modify(this, value, protection))
  },
  marking: 'PAGE_NONE',
  scannerLooksAtPage: true,
  bugOnForbidden: true,
  bugOnZeroPage: false,
}

export const v4_0_rc1: Kernel = {
  ...v3_20_rc0,
  id: 'rc1',
  name: '4.0-rc1',
  story: '3.20-rc0 and the fix, nothing else: PROTNONE counts only where PRESENT is clear.',
  hint: BIT8_WITHOUT_PRESENT,
}

export const v4_0: Kernel = {
  ...v4_0_rc1,
  id: '4.0',
  name: '4.0',
  story: 'The fix, and write permission is kept over a hint: one fault where there were two.',
  keepsWriteOverHint: true,
  unhint(value, protection) {
    const restored = makeYoung(modify(this, value, protection))
    return isWritable(value) ? makeWritable(restored) : restored
  },
}

/** The kernel of today's recordings (Debian 6.1): the same test as the fix, in a memory manager eight years on. */
export const v6_1: Kernel = {
  ...v4_0,
  id: '6.1',
  name: '6.1',
  story: 'Eight years later, the same test. Frames of entries without PRESENT are stored inverted.',
  keepsSoftDirty: true,
  kept: KEPT_6_1,
  frameBits: 40,
  invertsFrames: true,
  noneIgnores: ACCESSED | DIRTY,
  swap: 'inverted',
  hintNeedsRights: true,
  numaWritesLast: true,
  scannerSpares: ({ copyOnWrite, ofFile, mapcount, dirtyOfDisk, singleThread, onThisNode, ...page }) =>
    (copyOnWrite && (ofFile || mapcount !== 1)) || dirtyOfDisk || (page.private && singleThread && onThisNode),
  scannerSparesGrants: true,
  mprotectTriesWritable: true,
  forkProtectsAlways: false,
  accessFlagsBy: 'setPte',
  splitsHugePages: true,
  marksExclusive: true,
  gupWritesExclusive: true,
  stackDistance: false,
  advice: ADVICE,
  clearRefs: { by: 'commit', flushesAlways: false },
  trustsDirty: (flags) => (flags & VM_SOFTDIRTY) !== 0,
}

/**
 * The kernel of an experiment: a running 6.1 whose compare on the fault path was undone for a moment. Whoever else asks for a
 * hint still asks the right test. Met in recordings only, not in the menu.
 */
export const v6_1_undone: Kernel = {
  ...v6_1,
  id: '6.1u',
  name: '6.1, fix undone',
  story: '6.1 with one compare of the fault path undone: there, and only there, bit 8 alone counts.',
  hint: BIT8_ONLY,
  hintElsewhere: v6_1.hint,
}

/** The test for a hint that the scanner, mprotect and all others off the fault path ask. */
export const hintOffPath = (kernel: Kernel): Predicate => kernel.hintElsewhere ?? kernel.hint

/** 3.20-rc0 asking one of the 16 tests over PRESENT × bit 8 at every caller; `yes` as in predicate.ts. */
export const withPaintedTest = (yes: number): Kernel => ({
  ...v3_20_rc0,
  id: `p${yes}`,
  name: 'Yours',
  story: '3.20-rc0 with the test you painted.',
  derivedOnly: true,
  hint: { form: 'painted', name: 'pte_protnone', mask: 0x101, yes },
})

/**
 * The same kernel built without CONFIG_NUMA_BALANCING: the test is the constant no, and no scanner exists. Bit 9 is then no
 * hint anywhere: pte_present leaves it out, and swap offsets begin there.
 */
export const withoutNumaBalancing = (kernel: Kernel): Kernel => ({
  ...kernel,
  numaBuilt: false,
  present: kernel.swap === 'from bit 10' ? PRESENT_OR_PROTNONE : kernel.present,
  swap: kernel.swap === 'from bit 10' ? 'from bit 9' : kernel.swap,
  hint: { form: 'never', name: kernel.hint.name, mask: 0 },
  hintElsewhere: { form: 'never', name: kernel.hint.name, mask: 0 },
})

/** The same kernel built with CONFIG_MEM_SOFT_DIRTY. */
export const withSoftDirty = (kernel: Kernel): Kernel => ({
  ...kernel,
  keepsSoftDirty: true,
  kept: { lo: (kernel.kept.lo | SOFT_DIRTY) >>> 0, hi: kernel.kept.hi },
})

/**
 * Words alone, for readers of entries; no path of these three is carried out in the Lab. Before 3.8 nobody hints: bit 8 without
 * PRESENT is mprotect's. Where a swap entry keeps what is not known.
 */
export const v3_7: Kernel = withoutNumaBalancing({
  ...v3_14,
  id: '3.7',
  name: '3.7',
  story: 'Before NUMA balancing: bit 8 without PRESENT is a page shut by mprotect, and nothing else.',
})

/** [PT6] 4.0 with what came in 2018: inverted frames, 52-bit addresses, swap entries as in 6.1. No tree between 4.2 and 6.1 was read. */
export const v4_19: Kernel = {
  ...v4_0,
  id: '4.19',
  name: '4.19',
  story: 'The first with frames of entries without PRESENT inverted.',
  derivedOnly: true,
  kept: KEPT_6_1,
  frameBits: v6_1.frameBits,
  invertsFrames: true,
  noneIgnores: v6_1.noneIgnores,
  swap: v6_1.swap,
  hintNeedsRights: true,
}

/** [PT7] 6.1's words and the bit for a saved DIRTY. Its predicates and modifiers were computed, its paths were not read. */
export const v6_13: Kernel = {
  ...v6_1,
  id: '6.13',
  name: '6.13',
  story: 'As 6.1, and an entry without RW keeps its DIRTY in bit 58.',
  kept: { lo: KEPT_6_1.lo, hi: (KEPT_6_1.hi | 0x600_0000) >>> 0 },
  savesDirty: true,
}

/** The kernels of the story, in the order of time. */
export const KERNELS: readonly Kernel[] = [v3_19, bisectCommit, v3_20_rc0, v4_0_rc1, v4_0, v6_1]

/** Kernels that a scenario or a link names, and the choice of kernels leaves out. */
const BESIDE: readonly Kernel[] = [v3_14, v6_1_undone]

/** The kernel with this id, `p0`…`p15` and the experiment's included; undefined for an unknown one. */
export function kernelById(id: string): Kernel | undefined {
  const painted = /^p(\d|1[0-5])$/.exec(id)?.[1]
  if (painted !== undefined) return withPaintedTest(Number(painted))
  return [...KERNELS, ...BESIDE].find((kernel) => kernel.id === id)
}

/** What the scanner writes over a value, before it is stored. */
export function markedHint(kernel: Kernel, value: Pte, protection: Pte): Pte {
  switch (kernel.marking) {
    case 'bit 9':
      return makeNumaHint(value)
    case 'bit 8':
      return withFlags(withoutFlags(value, PRESENT), PROTNONE)
    case 'own protection':
      return modify(kernel, value, protection)
    case 'PAGE_NONE': {
      const hinted = modify(kernel, value, PAGE_NONE)
      return kernel.keepsWriteOverHint && isWritable(value) ? makeWritable(hinted) : hinted
    }
  }
}
