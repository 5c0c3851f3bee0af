import { DIRTY, has, RW, SOFT_DIRTY } from '../arch/pte'
import { isSharedWritable, VM_SHARED, type Backing } from '../kernel/protection'
import type { Capture } from './capture'
import type { CapturedLeaf, CapturedVma } from './captured-leaf'

/** What a page holds. `file`: the page of a file or of shared memory itself, not a private copy of it. */
export type PageContent = 'empty' | 'zero' | 'anon' | 'file' | 'swapped'

/** One 4 KiB page of the recorded process, and what is taken to be behind it. */
export interface CapturedPage {
  readonly leaf: CapturedLeaf
  readonly vma: CapturedVma
  readonly backing: Backing
  readonly content: PageContent
}

/** The recorded pages that a machine can be built from. Cut: huge pages. */
export function capturedPages(capture: Capture): CapturedPage[] {
  return capture.leaves
    .filter(({ level }) => level === 'PTE')
    .map((leaf) => {
      const vma = capture.vmas[leaf.vma]!
      const backing = capturedBacking(vma)
      return { leaf, vma, backing, content: contentOf(leaf, vma, backing) }
    })
}

/** Kernel pages that stand in user space under these names are mapped by a fault handler, as a file's are. */
const MAPPED_BY_HANDLER = /^\[v(dso|var|var_vclock|syscall)\]$/
/** Named, and nevertheless memory without a disk file. */
const SHARED_MEMORY = /^\/(memfd:|dev\/shm\/|SYSV|dev\/zero)/

/**
 * What lies behind a recorded mapping. A shared writable mapping whose new entries get RW at once is memory, whatever
 * its name: a disk file would want to hear of the first write.
 */
export function capturedBacking(vma: CapturedVma): Backing {
  const shared = (vma.flags & VM_SHARED) !== 0
  if (isSharedWritable(vma.flags) && has(vma.protection, RW)) return 'shm'
  if (vma.name.startsWith('/dev/zero')) return shared ? 'shm' : 'anon'
  if (SHARED_MEMORY.test(vma.name)) return 'shm'
  if (vma.name.startsWith('/') || MAPPED_BY_HANDLER.test(vma.name)) return 'file'
  return shared ? 'shm' : 'anon'
}

/** The recording does not say PageAnon: a private page that was written must be a copy, any other is the file's. */
function contentOf(leaf: CapturedLeaf, vma: CapturedVma, backing: Backing): PageContent {
  if (leaf.kind === 'empty') return 'empty'
  if (leaf.kind === 'swap-or-migration') return 'swapped'
  if (backing === 'anon') return leaf.special ? 'zero' : 'anon'
  if (vma.flags & VM_SHARED) return 'file'
  return has(leaf.raw, DIRTY | SOFT_DIRTY | RW) ? 'anon' : 'file'
}
