import type { Capture } from './capture'
import { CaptureLines, FORMAT } from './capture-lines'
import { quoted, Refusal } from './refusal'
import type { TextReader } from './text-reader'
import { WordList } from './word-list'

/** What became of a text. A warning: what was read is whole, but something is missing. */
export type CaptureResult =
  | { readonly ok: true; readonly captures: readonly Capture[]; readonly warning: string | null }
  | { readonly ok: false; readonly message: string }

const WHAT_TO_OPEN = `Open a recording, whose first line is “${FORMAT} 2”, or a list of words in hexadecimal digits.`
/** Bytes that no text has, and what a decoder puts in the place of such. */
const NO_TEXT = /[\0\ufffd]/

/**
 * Reads a recording, or a bare list of words, piece by piece. Whatever the text is, this returns: what cannot be read
 * becomes a message that says why and what to do.
 */
export class CaptureReader {
  private reader: TextReader | null = null
  private waiting = ''
  private refusal: Refusal | null = null

  get entries(): number {
    return this.reader?.entries ?? 0
  }

  /** Read the next piece; false where nothing that follows can help. */
  feed(text: string): boolean {
    return this.guarded(() => {
      if (NO_TEXT.test(text)) throw new Refusal('This is no text: it has bytes that no text has', WHAT_TO_OPEN)
      if (this.reader) return this.reader.feed(text)
      this.waiting += text
      // The first words tell what it is.
      if (this.waiting.trimStart().length > FORMAT.length) this.begin()
    })
  }

  /** The text has ended. */
  end(): CaptureResult {
    let result: CaptureResult | null = null
    this.guarded(() => {
      if (!this.reader) this.begin()
      const { captures, warning } = this.reader!.end()
      if (captures.length === 0) throw new Refusal('There is no entry in it', WHAT_TO_OPEN)
      result = { ok: true, captures, warning }
    })
    return result ?? { ok: false, message: this.refusal?.message ?? '' }
  }

  private begin(): void {
    const text = this.waiting
    this.waiting = ''
    this.reader = readerFor(text.trimStart())
    this.reader.feed(text)
  }

  private guarded(act: () => void): boolean {
    if (this.refusal) return false
    try {
      act()
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      this.refusal = error
    }
    return this.refusal === null
  }
}

function readerFor(start: string): TextReader {
  if (start.startsWith(FORMAT)) return new CaptureLines()
  const first = start.split(/\s/, 1)[0]!
  if (/^[^:]*[g-wyz<>{}&%$§!?=*/\\|~@^-]/i.test(first)) {
    throw new Refusal(`This is neither a recording nor a list of words: it begins with ${quoted(first)}`, WHAT_TO_OPEN)
  }
  return new WordList()
}

/** Read a whole text at once. */
export function readCapture(text: string): CaptureResult {
  const reader = new CaptureReader()
  reader.feed(text)
  return reader.end()
}
