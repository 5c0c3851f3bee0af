import type { Pte } from '../arch/pte'
import type { Vma } from './context'
import type { EntryLevel } from './entry-kind'
import type { MachineId } from '../machine/platforms'

/** A stretch of the pasted text. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Where entries come from. */
export type PasteKind =
  | 'oops'
  | 'bad page map'
  | 'Xen walk'
  | 'crash'
  | 'debugger'
  | 'page_tables'
  | 'pagemap'
  | 'table'
  | 'recording'
  | 'words'

/** One entry that was found. */
export interface FoundEntry extends Span {
  readonly word: Pte
  readonly level: EntryLevel
  /** Did the text say the level? Else it is taken for a PTE. */
  readonly levelSaid: boolean
  /** First address it covers. */
  readonly address: number | null
  /** Printed as pte_val, in Linux's own count of frames. */
  readonly asVal: boolean
  /** The guest's frame, where the text names it beside the word. */
  readonly pfn: number | null
  readonly kind: PasteKind
  /** The mapping, where the text tells of it. */
  readonly vma: Vma | null
  /** Which fault it was printed for; -1 for none. */
  readonly fault: number
}

/** A stretch of addresses whose entries have the same flags: no frame is told. */
export interface FoundRange extends Span {
  readonly start: number
  readonly end: number
  /** Null: nothing is mapped. */
  readonly flags: Pte | null
  readonly level: EntryLevel | null
}

/** A word of /proc/PID/pagemap, which is no entry. */
export interface FoundPagemap extends Span {
  readonly word: Pte
  readonly address: number | null
}

/** A page fault that a text tells of. */
export interface FoundFault extends Span {
  /** CR2, as sixteen digits. */
  readonly address: string | null
  readonly code: number | null
  /** Raised by a program that got a signal, not by the kernel in an oops. */
  readonly user: boolean
  /** Did an oops tell of it? A trace tells of faults that were mended, too. */
  readonly oops: boolean
}

/** What a stretch of the text was understood as. */
export interface Mark extends Span {
  readonly what:
    'entry' | 'repeat' | 'address' | 'code' | 'release' | 'machine' | 'mapping' | 'range' | 'pagemap' | 'wrong'
  /** Index among the entries, ranges or pagemap words; -1 for others. */
  readonly index: number
}

/** Something concluded from a text, and where it stands. */
export interface Said<T> extends Span {
  readonly value: T
  readonly why: string
}

/** Something the reader has to hear: what was not understood, and what to do. */
export interface PasteMessage {
  readonly about: 'empty' | 'binary' | 'foreign' | 'truncated' | 'long' | 'nothing' | 'passed over' | 'refused'
  readonly text: string
}

/** All that was found in a text. */
export interface Paste {
  readonly entries: readonly FoundEntry[]
  readonly ranges: readonly FoundRange[]
  readonly pagemap: readonly FoundPagemap[]
  readonly faults: readonly FoundFault[]
  /** In rising order; none overlaps another. */
  readonly marks: readonly Mark[]
  readonly release: Said<string> | null
  readonly machine: Said<MachineId> | null
  readonly messages: readonly PasteMessage[]
}
