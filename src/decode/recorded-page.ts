import { DIRTY, has, RW, type Pte } from '../arch/pte'
import { isSharedWritable, VM_SHARED, type Backing } from '../kernel/protection'
import type { PageContent } from './captured-page'
import { MAPCOUNT, type RecordedFault } from './recorded-fault'

/** What a recorded fault says of the page it was about, as it stood before the fault was handled. */
export interface RecordedPage {
  readonly backing: Backing
  readonly content: PageContent
  readonly flags: number
  readonly entry: Pte
  /** A page of 2 MB; its entry is a PMD. */
  readonly huge: boolean
  /** How many entries map the page; 0 where nothing is mapped, or where pages are not counted. */
  readonly mapcount: number
  /** Has Xen validated the tables? Not while execve still prepares the stack of the program to come. */
  readonly pinned: boolean
}

/** As the recorder counts levels: the entry was that of a huge page. */
const HUGE_LEVEL = 30

/** Pages that the kernel gives to every program (vdso) come by a fault handler, as a file's do. */
const VM_DONTEXPAND = 0x4_0000
/** On a stack that execve is still filling: its tables are in use from the switch to the new program on. */
const STACK_INCOMPLETE_SETUP = 0x1_8000

/** The page of a recorded fault. Nothing here is chosen: it stands in the row, or follows from it. */
export function recordedPage(fault: RecordedFault): RecordedPage {
  const { flags, raw, mapcounts, levels } = fault
  const backing = backingOf(fault)
  return {
    backing,
    content: contentOf(fault, backing),
    flags,
    entry: raw.before,
    huge: [levels.before, levels.after].includes(HUGE_LEVEL),
    mapcount: Math.max(0, mapcounts.before),
    pinned: (flags & STACK_INCOMPLETE_SETUP) !== STACK_INCOMPLETE_SETUP,
  }
}

/**
 * What lies behind a recorded mapping. Shared memory whose new entries get RW at once is no disk file, for that would want
 * to hear of the first write.
 */
export function backingOf({
  flags,
  protection,
  fileBacked,
}: Pick<RecordedFault, 'flags' | 'protection' | 'fileBacked'>): Backing {
  if (isSharedWritable(flags) && has(protection, RW)) return 'shm'
  return fileBacked || flags & VM_DONTEXPAND ? 'file' : 'anon'
}

/** A private page of a file that is dirty must be a copy: the file's own page is mapped read-only there. */
function contentOf({ raw, mapcounts, flags }: RecordedFault, backing: Backing): PageContent {
  const { before } = raw
  if (before.lo === 0 && before.hi === 0) return 'empty'
  if (mapcounts.before === MAPCOUNT.zeroPage || mapcounts.before === MAPCOUNT.hugeZeroPage) return 'zero'
  if (backing === 'anon') return 'anon'
  return !(flags & VM_SHARED) && has(before, DIRTY | RW) ? 'anon' : 'file'
}
