import { holds } from '../arch/predicate'
import { GLOBAL, has, PRESENT, RW, withFlags, withoutFlags, type Pte } from '../arch/pte'
import { modify, NUMA } from '../kernel/linux-pte'
import { PAGE_NONE, PAGE_READONLY, VM_RIGHTS } from '../kernel/protection'
import { markedHint, type Kernel } from '../kernel/variants'
import { opened } from './entry-kind'

/** Who shut a page that is Linux-present without PRESENT. */
export type ShutBy =
  /** The NUMA scanner. */
  | 'hint'
  /** mprotect, or a mapping that never allowed anything. */
  | 'mprotect'
  /** One of the two: only the mapping knows. */
  | 'hint or mprotect'
  /** Neither writes such a word. */
  | 'nobody'

/** The bits by which a shut page is told: PRESENT, bits 8 and 9, and RW, which a hint may keep. */
const TELLING = PRESENT | GLOBAL | NUMA | RW

/** [NH1] [NH3] Would this kernel's scanner leave an entry with these bits? */
function marksSo(kernel: Kernel, entry: Pte): boolean {
  if (!kernel.numaBuilt) return false
  const before = [opened(entry), withFlags(opened(entry), RW), withoutFlags(opened(entry), RW)]
  return before.some((open) => {
    const marked = markedHint(kernel, open, PAGE_READONLY)
    return !has(marked, PRESENT) && ((marked.lo ^ entry.lo) & TELLING) === 0
  })
}

/** [PT3] Would mprotect(PROT_NONE)? */
const forbidsSo = (kernel: Kernel, entry: Pte): boolean =>
  ((modify(kernel, opened(entry), PAGE_NONE).lo ^ entry.lo) & (TELLING & ~NUMA)) === 0

/** Who shut the page: what the word says to one kernel, and the rights of its mapping if they are known. */
export function shutBy(kernel: Kernel, entry: Pte, rights: number | null): ShutBy {
  const hint = marksSo(kernel, entry)
  const forbidden = has(entry, GLOBAL) && forbidsSo(kernel, entry)
  if (hint && forbidden && rights !== null) return rights & VM_RIGHTS ? 'hint' : 'mprotect'
  if (hint && forbidden) return 'hint or mprotect'
  if (hint) return 'hint'
  return forbidden ? 'mprotect' : 'nobody'
}

/** [HF3] [PM2] Does the kernel's test for a hint say yes to this word? Beside the test a newer one asks the mapping too. */
export const looksHinted = (kernel: Kernel, entry: Pte): boolean => holds(kernel.hint, entry.lo)
