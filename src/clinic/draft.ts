import { toHex, type Pte } from '../arch/pte'
import { pageOf } from './hex-word'
import type { Vma } from './context'
import type { EntryLevel } from './entry-kind'
import type {
  FoundEntry,
  FoundFault,
  FoundPagemap,
  FoundRange,
  Mark,
  Paste,
  PasteKind,
  PasteMessage,
  Said,
  Span,
} from './paste'
import type { MachineId } from '../machine/platforms'

/** More entries than a reader can look through; what comes after them is counted and left. */
export const MOST_FOUND = 200_000

/** More than the levels of a table, said twice. */
const MOST_IN_PIECE = 16

/** Characters that are read in one go: a few milliseconds of work. */
export const PIECE = 2 ** 15

type Writable<T> = { -readonly [Key in keyof T]: T[Key] }

/** What has been found so far, and what the lines before say about the next. */
export class PasteDraft {
  readonly entries: Writable<FoundEntry>[] = []
  readonly ranges: FoundRange[] = []
  readonly pagemap: FoundPagemap[] = []
  readonly faults: Writable<FoundFault>[] = []
  readonly marks: Mark[] = []
  readonly messages: PasteMessage[] = []
  release: Said<string> | null = null
  machine: Said<MachineId> | null = null
  passedOver = 0
  dropped = 0
  /** The address that the next entries are about. */
  address: number | null = null
  /** What the next line is, where a head says so: of crash's tables, or of a list of columns. */
  head: 'crash pte' | 'crash address' | 'crash vma' | null = null
  columns: readonly string[] | null = null
  /** The first entry of the piece of text that is being read: what follows it may tell its address and mapping. */
  private pieceFrom = 0

  mark(span: Span, what: Mark['what'], index = -1): void {
    if (this.marks.length < MOST_FOUND && (this.marks.at(-1)?.to ?? 0) <= span.from)
      this.marks.push({ from: span.from, to: span.to, what, index })
  }

  /** Another piece begins: an oops, a walk, a command. */
  piece(): void {
    this.pieceFrom = this.entries.length
    this.address = null
  }

  /** An entry was found. Said a second time in the same piece, it is only marked. */
  entry(
    span: Span,
    word: Pte,
    kind: PasteKind,
    more: Partial<Pick<FoundEntry, 'level' | 'address' | 'asVal' | 'pfn' | 'vma'>> = {},
  ): void {
    const level = more.level ?? 'PTE'
    if (this.isRepeat(kind, word, level)) return this.mark(span, 'repeat')
    if (this.entries.length >= MOST_FOUND) {
      this.dropped++
      return
    }
    this.mark(span, 'entry', this.entries.length)
    this.entries.push({
      from: span.from,
      to: span.to,
      word,
      level,
      levelSaid: more.level !== undefined,
      address: more.address ?? this.address,
      asVal: more.asVal ?? false,
      pfn: more.pfn ?? null,
      kind,
      vma: more.vma ?? null,
      fault: this.faults.length - 1,
    })
  }

  /** crash says the entry twice; with four levels the P4D is the PGD once more. */
  private isRepeat(kind: PasteKind, word: Pte, level: EntryLevel): boolean {
    const before = level === 'P4D' ? 'PGD' : kind === 'crash' ? level : null
    return before !== null && this.recent().some((each) => isSame(each, word, before))
  }

  /** The piece is about this address: so are the entries it has told already. */
  setAddress(span: Span, address: number): void {
    this.mark(span, 'address')
    this.address = address
    for (const entry of this.recent()) entry.address ??= address
  }

  /** The piece is about this mapping. */
  setVma(span: Span, vma: Vma): void {
    this.mark(span, 'mapping')
    for (const entry of this.recent()) entry.vma ??= vma
  }

  /** The entries of this piece, and not too many of them: no piece of a log has more than a few. */
  private recent() {
    return this.entries.slice(Math.max(this.pieceFrom, this.entries.length - MOST_IN_PIECE))
  }

  beginFault(span: Span, { user = false, oops = false }): void {
    this.piece()
    this.faults.push({ from: span.from, to: span.to, address: null, code: null, user, oops })
  }

  /** The fault that is told of ended in an oops. */
  faultOopsed(): void {
    const fault = this.faults.at(-1)
    if (fault && !fault.user) fault.oops = true
  }

  faultAddress(span: Span, word: Pte): void {
    const fault = this.faults.at(-1)
    if (fault?.address === null) {
      fault.address = toHex(word)
      this.setAddress(span, pageOf(word))
    } else this.mark(span, 'address')
  }

  faultCode(span: Span, code: number): void {
    this.mark(span, 'code')
    const fault = this.faults.at(-1)
    if (fault) fault.code ??= code
  }

  say(about: PasteMessage['about'], text: string): void {
    if (this.messages.length < 20) this.messages.push({ about, text })
  }

  finish(): Paste {
    const { entries, ranges, pagemap, faults, marks, release, machine, messages } = this
    return { entries, ranges, pagemap, faults, marks, release, machine, messages }
  }
}

const isSame = (entry: FoundEntry, word: Pte, level: EntryLevel): boolean =>
  entry.word.lo === word.lo && entry.word.hi === word.hi && entry.level === level
