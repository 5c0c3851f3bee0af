import { PAGE_SIZE } from '../arch/vaddr'
import type { TextReader } from './text-reader'
import { emptyDraft, finishDraft } from './capture-draft'
import { EntryColumns, frameInWord, LEVEL, namesFrame, UNKNOWN } from './captured-entries'
import { MOST_ENTRIES } from './entry-line'
import { LineCursor } from './line-cursor'
import { grouped, quoted, Refusal } from './refusal'

/** Where the first word of a list is put; each next one a page further. */
const FIRST_ADDRESS = 0x1000_0000
const LONGEST_WORD = 1000
/** What may stand between words, besides blanks: the marks of lists in other languages. */
const MARKS = /[,;'"`()[\]{}]/g

const OTHER_WORDS = 'Paste entries of 64 bits in hexadecimal digits, apart by blanks, commas or line ends.'

/** Reads a bare list of words in hexadecimal digits. What stands before a colon is skipped, as debuggers print addresses. */
export class WordList implements TextReader {
  private readonly columns = new EntryColumns()
  private readonly cursor = new LineCursor()
  private rest = ''
  /** Words written with exactly eight digits. */
  private eight = 0

  get entries(): number {
    return this.columns.count
  }

  feed(chunk: string): void {
    const text = this.rest + chunk
    const cut = lastBlank(text) + 1
    this.rest = text.slice(cut)
    if (this.rest.length > LONGEST_WORD) this.refuse(this.rest)
    this.read(text.slice(0, cut))
  }

  /** The words as one recording; addresses and mapping are made up. */
  end() {
    this.read(this.rest)
    this.rest = ''
    const { count } = this.columns
    if (count > 1 && this.eight === count) {
      throw new Refusal(
        'All words have eight digits, as entries of a 32-bit page table',
        `This app reads entries of 64 bits. If these are such, write them with sixteen digits.`,
      )
    }
    const captures = count > 0 ? [finishDraft(emptyDraft(), this.columns.finish(), ['addresses'])] : []
    return { captures, warning: null }
  }

  private read(text: string): void {
    const { cursor } = this
    const plain = text.replaceAll(MARKS, ' ')
    cursor.open(plain, 0, plain.length)
    while (!cursor.done) {
      if (cursor.hex()) this.add(cursor)
      else this.skip(cursor.field())
    }
  }

  private skip(field: string): void {
    if (!field.endsWith(':')) this.refuse(field)
  }

  private add({ lo, hi, digits }: LineCursor): void {
    const i = this.columns.count
    if (i === MOST_ENTRIES)
      throw new Refusal(`there are more than ${grouped(MOST_ENTRIES)} words`, 'Paste fewer at a time.')
    if (digits === 8) this.eight++
    const frame = namesFrame(lo) ? frameInWord(LEVEL.PTE, lo, hi) : UNKNOWN
    const address = FIRST_ADDRESS + i * PAGE_SIZE
    this.columns.add({
      level: LEVEL.PTE,
      address,
      lo,
      hi,
      frame,
      mapcount: UNKNOWN,
      references: UNKNOWN,
      node: UNKNOWN,
    })
  }

  private refuse(field: string): never {
    const at = this.columns.count + 1
    throw new Refusal(`Word ${grouped(at)}, ${quoted(field)}, has not 1 to 16 hexadecimal digits`, OTHER_WORDS)
  }
}

function lastBlank(text: string): number {
  for (let at = text.length - 1; at >= 0; at--) if (text.charCodeAt(at) <= 32) return at
  return -1
}
