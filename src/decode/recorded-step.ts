import type { Access } from '../arch/error-code'
import type { Pte } from '../arch/pte'

/** Where a walk over the tables ended, and the word that was read there. */
export interface RecordedEntry {
  /** PMD: a huge page. Of a walk that met an empty upper entry nothing but an empty word is kept. */
  readonly level: 'PTE' | 'PMD'
  readonly word: Pte
  /** The guest's frame that the word names, inversion undone; null where it names none. */
  readonly pfn: number | null
}

/** What Linux asked Xen to store in the page's entry. `start` asks for nothing: Linux reads the word that it will change. */
export interface RecordedRequest {
  readonly what: 'set' | 'start' | 'commit'
  readonly word: Pte
}

/** The signal that the program got. */
export interface RecordedSignal {
  /** Error code in the signal frame. */
  readonly error: number
  /** si_code: 1 no mapping, 2 the mapping forbids it, 128 not by a page fault. */
  readonly code: number
}

/** One step of the test program: a single access, or a system call between two walks of one entry. */
export interface RecordedStep {
  /** As the program numbered it; the forked child counts on from 100. */
  readonly number: number
  readonly label: string
  readonly operation: Access | 'syscall'
  /** Hexadecimal digits: kernel addresses lie beyond what a double holds. */
  readonly address: string
  readonly process: number
  readonly before: RecordedEntry
  readonly after: RecordedEntry
  /** Error codes of the page faults at this page, in order. */
  readonly faults: readonly number[]
  readonly signal: RecordedSignal | null
  /** Under Xen; empty on bare metal, and for changes that Linux makes without these calls. */
  readonly requests: readonly RecordedRequest[]
}
