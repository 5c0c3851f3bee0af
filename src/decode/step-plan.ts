import type { Backing } from '../kernel/protection'
import type { Choice } from '../machine/choice'

/** A mapping of the test program. */
export interface StepArea {
  readonly name: string
  readonly backing: Backing
  readonly shared: boolean
  /** What it allowed when it was mapped; mprotect comes as a step. */
  readonly rights: string
}

const ANON: StepArea = { name: 'anon', backing: 'anon', shared: false, rights: 'rw' }
const PRIVATE_FILE: StepArea = { name: 'file', backing: 'file', shared: false, rights: 'rw' }
/** The file lies in memory, so its new entries get RW at once. */
const SHARED_FILE: StepArea = { name: 'shared file', backing: 'shm', shared: true, rights: 'rw' }
const SHARED_MEMORY: StepArea = { name: 'shared memory', backing: 'shm', shared: true, rights: 'rw' }
const HUGE: StepArea = { name: 'huge', backing: 'anon', shared: false, rights: 'rw' }
const READ_ONLY: StepArea = { name: 'read-only', backing: 'anon', shared: false, rights: 'r' }
const FORBIDDEN: StepArea = { name: 'forbidden', backing: 'anon', shared: false, rights: '' }

/** What the steps of a label are about, where the beginning of the label does not say that it is anonymous memory. */
const AREAS: readonly (readonly [beginning: string, area: StepArea | null])[] = [
  ['file-private', PRIVATE_FILE],
  ['private-file', PRIVATE_FILE],
  ['file-shared', SHARED_FILE],
  ['shm-', SHARED_MEMORY],
  ['thp-', HUGE],
  ['numa-hint-thp', HUGE],
  ['numa-hint-ro', READ_ONLY],
  ['readonly-vma', READ_ONLY],
  ['numa-protnone-vma', FORBIDDEN],
  ['protnone-vma', FORBIDDEN],
  ['unmapped', null],
  ['kernel-address', null],
  ['noncanonical', null],
  ['vsyscall', null],
]

/** The mapping that a step is about, by its label; null where nothing was ever mapped. */
export const areaOf = (label: string): StepArea | null => {
  const found = AREAS.find(([beginning]) => label.startsWith(beginning))
  return found ? found[1] : ANON
}

/** How many entries map the page of a step, by its label: a forked child that waits maps it too. */
export const mappersOf = (label: string): number => (label.startsWith('cow-after-fork') ? 2 : 1)

type Operation = Exclude<Choice, { do: 'hold' }>

/** The system call of a step, by its label; undefined for a label that is none. */
export function callOf(label: string, page: number): Operation | undefined {
  const calls: Record<string, Operation> = {
    'mprotect-none': { do: 'mprotect', page, rights: 'none' },
    'mprotect-ro': { do: 'mprotect', page, rights: 'read' },
    'mprotect-rw-again': { do: 'mprotect', page, rights: 'read-write' },
    'thp-mprotect-none': { do: 'mprotect', page, rights: 'none' },
    fork: { do: 'fork' },
    dontneed: { do: 'madvise', page, advice: 'dontneed' },
    'madv-free': { do: 'madvise', page, advice: 'free' },
    pageout: { do: 'madvise', page, advice: 'pageout' },
    munmap: { do: 'munmap', page },
    'clear-accessed': { do: 'clear-refs', what: 'accessed' },
    'clear-softdirty': { do: 'clear-refs', what: 'soft-dirty' },
  }
  return calls[label]
}
