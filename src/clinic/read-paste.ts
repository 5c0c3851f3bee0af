import { grouped } from '../decode/refusal'
import { FORMAT } from '../decode/capture-lines'
import { PasteDraft, PIECE } from './draft'
import { foreignArchitecture, looksLikeArm64 } from './foreign'
import type { Paste, PasteKind } from './paste'
import { readCapturePaste } from './read-capture'
import { readCrash, readDump, readXenWalk } from './read-dumps'
import { readFault, readMachine, readRelease } from './read-faults'
import { readLevels, readMapping } from './read-levels'
import { readPlain } from './read-plain'
import { readTable } from './read-table'
import { hexWord } from './hex-word'
import { isMark, tokensOf, type Token } from './tokens'

/** Characters that are read; a page table of a whole process has fewer. */
export const LONGEST_PASTE = 4_000_000

/** What to paste, for a reader whose text held nothing. */
const WHAT_TO_PASTE =
  'Paste an oops with its “PGD … PTE …” line, a walk that Xen printed, crash’s vtop or pte, a dump of gdb or drgn, or entries of 64 bits in hexadecimal digits.'

/** Bytes that no text has, and what a decoder puts in the place of such. */
const NO_TEXT = /[\0\ufffd]/

/** Everything that can be found in a pasted text. Whatever it is, this returns, in time that grows with its length alone. */
export function readPaste(whole: string): Paste {
  const pieces = pasteInPieces(whole)
  for (;;) {
    const step = pieces.next()
    if (step.done) return step.value
  }
}

/** The same in pieces of a few milliseconds, between which the caller may do something else. A line is one piece, however long. */
export function* pasteInPieces(whole: string): Generator<void, Paste> {
  const draft = new PasteDraft()
  const text = whole.length > LONGEST_PASTE ? whole.slice(0, LONGEST_PASTE) : whole
  if (text.trim() === '') draft.say('empty', WHAT_TO_PASTE)
  else if (NO_TEXT.test(text)) draft.say('binary', `This is no text: it has bytes that no text has. ${WHAT_TO_PASTE}`)
  else if (text.trimStart().startsWith(FORMAT)) yield* readCapturePaste(text, draft)
  else yield* new LineReader(text, draft).readAll()
  if (whole.length > LONGEST_PASTE)
    draft.say('long', `Only the first ${grouped(LONGEST_PASTE)} characters of ${grouped(whole.length)} were read.`)
  if (draft.dropped > 0) draft.say('long', `${grouped(draft.dropped)} more entries were left out.`)
  return draft.finish()
}

/** Longer lines are no lines of a log; they can still be lists of words. */
const LONGEST_LINE = 2000

class LineReader {
  private readonly text: string
  private readonly draft: PasteDraft
  private foreign: string | null = null
  private stack = false

  constructor(text: string, draft: PasteDraft) {
    this.text = text
    this.draft = draft
  }

  *readAll(): Generator<void> {
    const { text, draft } = this
    let rested = 0
    for (let from = 0; from < text.length;) {
      const end = text.indexOf('\n', from)
      const to = end < 0 ? text.length : end
      this.readLine(from, to)
      from = to + 1
      if (from - rested < PIECE) continue
      rested = from
      yield
    }
    this.sayWhatWasNotFound()
    if (draft.entries.length > 0 && looksLikeArm64(draft.entries.map(({ word }) => word))) this.foreign ??= 'arm64'
    if (this.foreign)
      draft.say(
        'foreign',
        `This looks like ${this.foreign}. Entries are read as x86-64’s here, so do not trust what is said of them. ${WHAT_TO_PASTE}`,
      )
  }

  private readLine(from: number, to: number): void {
    const { text, draft } = this
    const tokens = tokensOf(text, from, to)
    if (tokens.length === 0) return
    if (to - from > LONGEST_LINE) {
      if (!readPlain(tokens, draft)) draft.passedOver++
      return
    }
    const line = text.slice(from, to)
    this.foreign ??= foreignArchitecture(line)
    if (!this.understood(line, from, tokens)) draft.passedOver++
  }

  private understood(line: string, from: number, tokens: readonly Token[]): boolean {
    const { draft } = this
    if (line.includes(',') && readTable(line, from, draft)) return true
    if (readDump(line, tokens, draft)) return true
    const body = withoutStamp(tokens)
    if (readCrash(line, body, draft) || readXenWalk(body, draft)) return true
    const release = readRelease(line, body, draft)
    if (readFault(line, body, draft)) return true
    if (readMachine(body, draft) || readMapping(body, draft)) return true
    const kind = kindOfLine(line, body)
    if (kind === 'bad page map') draft.piece()
    if (readLevels(body, draft, kind)) return true
    if (readPagemap(body, draft)) return true
    // What a log prints without a name is a stack, or code.
    if (body !== tokens || this.inStack(line)) return release
    return readPlain(body, draft) || release
  }

  /** Words under the head of a stack are no entries. */
  private inStack(line: string): boolean {
    const inside = /^[\s0-9a-f]*$/i.test(line)
    this.stack = /\bstack\b/i.test(line) || (this.stack && inside)
    return this.stack
  }

  private sayWhatWasNotFound(): void {
    const { draft } = this
    const { entries, ranges, pagemap, faults } = draft
    if (entries.length + ranges.length + pagemap.length > 0) {
      if (draft.passedOver > 0)
        draft.say(
          'passed over',
          `${draft.passedOver === 1 ? '1 line holds' : `${grouped(draft.passedOver)} lines hold`} nothing that is known here.`,
        )
      return
    }
    if (faults.length > 0) draft.say('nothing', `A page fault is told of, but no entry. ${WHAT_TO_PASTE}`)
    else if (draft.messages.length === 0 && !this.foreign)
      draft.say('nothing', `Nothing in it is known here. ${WHAT_TO_PASTE}`)
  }
}

/** Lines in which Linux prints entries itself: as it counts frames. */
function kindOfLine(line: string, [first, second]: readonly Token[]): PasteKind {
  if (/Bad page map/i.test(line)) return 'bad page map'
  return first?.text === 'PGD' && second && hexWord(second.text) ? 'oops' : 'words'
}

/** Without what a log puts before each line: `[   64.741212]`, `(XEN)`, `kern :err :`. */
function withoutStamp(tokens: readonly Token[]): readonly Token[] {
  let at = 0
  if (isMark(tokens[at], '(') && tokens[at + 1]?.text === 'XEN' && isMark(tokens[at + 2], ')')) at += 3
  if (isMark(tokens[at], '[')) {
    const close = tokens.slice(at, at + 8).findIndex((token) => isMark(token, ']'))
    if (close > 0 && /^\d+\.\d+$/.test(tokens[at + 1]?.text ?? '')) at += close + 1
  }
  // Of a line that is nothing else all is kept.
  return at === 0 || at >= tokens.length ? tokens : tokens.slice(at)
}

/** `pagemap: 0x8080000000008094`. */
function readPagemap(tokens: readonly Token[], draft: PasteDraft): boolean {
  const at = tokens.findIndex(({ text }) => /^pagemap$/i.test(text))
  if (at < 0) return false
  let found = false
  for (const token of tokens.slice(at + 1)) {
    const number = hexWord(token.text)
    if (!number || typeof number === 'string') continue
    draft.mark(token, 'pagemap', draft.pagemap.length)
    draft.pagemap.push({ from: token.from, to: token.to, word: number.word, address: null })
    found = true
  }
  return found
}
