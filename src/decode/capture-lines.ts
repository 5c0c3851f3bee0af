import { TASK_SIZE_MAX, PAGE_SIZE } from '../arch/vaddr'
import type { Capture } from './capture'
import { emptyDraft, finishDraft, type CaptureDraft } from './capture-draft'
import { EntryLines } from './entry-line'
import { LineCursor } from './line-cursor'
import type { TextReader } from './text-reader'
import { grouped, quoted, Refusal } from './refusal'

export const FORMAT = 'one-bit-two-names capture'
const VERSION = '2'
const LONGEST_LINE = 10_000
const MOST_CAPTURES = 64
/** As many mappings as Linux lets a process have; more areas and texts than anybody writes. */
const MOST = { vmas: 65_530, areas: 65_530, provenance: 64 }
const CUT_SHORT = 'It has been cut short: the last line, which says how many entries there are, is missing.'
const ANOTHER_MACHINE = 'This app reads entries of x86-64 with four levels. Record on such a machine.'

/** Reads the documented format, line by line: one recording, or one after the other. */
export class CaptureLines implements TextReader {
  private readonly captures: Capture[] = []
  private readonly cursor = new LineCursor()
  private rest = ''
  private line = 0
  private draft: CaptureDraft | null = null
  private lines = new EntryLines()
  private before = 0

  /** Entries read so far, of all recordings. */
  get entries(): number {
    return this.before + (this.draft ? this.lines.columns.count : 0)
  }

  feed(chunk: string): void {
    const text = this.rest + chunk
    let from = 0
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      this.readLine(text, from, to)
      from = to + 1
    }
    this.rest = text.slice(from)
    if (this.rest.length > LONGEST_LINE)
      throw new Refusal(`line ${this.line + 1} is longer than ${LONGEST_LINE} characters`)
  }

  /** All that was read; a warning where the end is missing. What stood on a broken last line is left out. */
  end(): { readonly captures: readonly Capture[]; readonly warning: string | null } {
    // The last line may lack its line end; a line in the middle of a recording that does is only a part of one.
    if (!this.draft || this.rest.trim() === `end ${this.lines.columns.count}`) this.feed('\n')
    if (!this.draft) return { captures: this.captures, warning: null }
    const { count } = this.lines.columns
    this.close()
    const read = count === 1 ? '1 entry was' : `${grouped(count)} entries were`
    return { captures: this.captures, warning: `${CUT_SHORT} ${read} read whole.` }
  }

  private readLine(text: string, from: number, to: number): void {
    this.line++
    const { cursor } = this
    cursor.open(text, from, to)
    if (cursor.done || cursor.code === COMMENT) return
    try {
      if (this.draft && isEntry(cursor)) this.lines.read(cursor)
      else this.readHead(this.draft, cursor)
    } catch (error) {
      if (error instanceof Refusal) error.message = `Line ${grouped(this.line)}: ${error.message}`
      throw error
    }
  }

  private readHead(draft: CaptureDraft | null, cursor: LineCursor): void {
    const key = cursor.field()
    const rest = cursor.remainder()
    if (key === FORMAT_KEY) return this.begin(`${key} ${rest}`)
    if (!draft) throw new Refusal(`a recording has ended, and ${quoted(`${key} ${rest}`)} begins no other`)
    if (key === 'end') return this.finish(rest)
    const read = HEAD_LINES[key as keyof typeof HEAD_LINES]
    if (!read) throw new Refusal(`${quoted(key)} is no word that a line begins with`)
    read(draft, rest)
  }

  private begin(head: string): void {
    if (head !== `${FORMAT} ${VERSION}`) {
      throw new Refusal(`it says ${quoted(head)}, and this app reads “${FORMAT} ${VERSION}”`)
    }
    if (this.draft) throw new Refusal('a recording begins before the last one has said its end')
    if (this.captures.length === MOST_CAPTURES)
      throw new Refusal(`there are more than ${MOST_CAPTURES} recordings in one file`)
    this.draft = emptyDraft()
    this.lines = new EntryLines()
  }

  private finish(count: string): void {
    const read = this.lines.columns.count
    if (count !== String(read)) {
      throw new Refusal(`it says that there are ${quoted(count)} entries, and ${grouped(read)} came before it`)
    }
    this.close()
  }

  private close(): void {
    const capture = finishDraft(this.draft!, this.lines.columns.finish())
    this.before += capture.entries.count
    this.draft = null
    if (capture.entries.count > 0) this.captures.push(capture)
  }
}

const FORMAT_KEY = FORMAT.split(' ')[0]!
const COMMENT = '#'.charCodeAt(0)

/** Entry lines begin with a capital letter, all others with a small one. */
const isEntry = ({ code }: LineCursor): boolean => code >= 65 && code <= 90

/** What each line of the head says, by its first word. */
const HEAD_LINES = {
  arch: (_: CaptureDraft, text: string) => {
    if (text !== 'x86-64') throw new Refusal(`the architecture is ${quoted(text)}`, ANOTHER_MACHINE)
  },
  platform: (draft: CaptureDraft, text: string) => {
    if (text !== 'xen' && text !== 'bare') throw new Refusal(`the platform is ${quoted(text)}, neither xen nor bare`)
    draft.platform = text
  },
  'soft-dirty': (draft: CaptureDraft, text: string) => {
    draft.softDirty = yesOrNo(text)
  },
  pinned: (draft: CaptureDraft, text: string) => {
    draft.pinned = yesOrNo(text)
  },
  name: (draft: CaptureDraft, text: string) => {
    draft.name = shortText(text)
  },
  about: (draft: CaptureDraft, text: string) => {
    const [key = '', ...rest] = shortText(text).split(' ')
    if (draft.provenance.push([key, rest.join(' ')]) > MOST.provenance)
      throw new Refusal('there are too many lines of this kind')
  },
  map: (draft: CaptureDraft, text: string) => {
    const [start = '', end = '', flags = '', protection = '', ...name] = text.split(' ')
    const cursor = fieldsOf(`${flags} ${protection}`)
    if (!cursor.hex()) throw new Refusal(`${quoted(flags)} is no vm_flags`)
    // The flags above bit 31 are of things that are not modelled: protection keys, shadow stacks.
    const bits = cursor.lo
    if (!cursor.hex()) throw new Refusal(`${quoted(protection)} is no page protection`)
    const stretch = { ...stretchOf(start, end), flags: bits, protection: { lo: cursor.lo, hi: cursor.hi } }
    append(draft.vmas, { ...stretch, name: shortText(name.join(' ')) }, MOST.vmas)
  },
  area: (draft: CaptureDraft, text: string) => {
    const [start = '', end = '', ...name] = text.split(' ')
    append(draft.areas, { ...stretchOf(start, end), name: shortText(name.join(' ')) }, MOST.areas)
  },
} as const

function yesOrNo(text: string): boolean {
  if (text !== 'yes' && text !== 'no') throw new Refusal(`${quoted(text)} is neither yes nor no`)
  return text === 'yes'
}

function shortText(text: string): string {
  if (text.length > 1000) throw new Refusal('its text is longer than 1,000 characters')
  return text
}

function fieldsOf(text: string): LineCursor {
  const cursor = new LineCursor()
  cursor.open(text, 0, text.length)
  return cursor
}

function stretchOf(start: string, end: string): { readonly start: number; readonly end: number } {
  const [first, last] = [addressOf(start), addressOf(end)]
  if (first >= last) throw new Refusal(`${quoted(`${start} ${end}`)} does not go from one page to a later one`)
  return { start: first, end: last }
}

function addressOf(text: string): number {
  const cursor = fieldsOf(text)
  const address = cursor.hex() ? cursor.hi * 2 ** 32 + cursor.lo : Number.NaN
  if (!(address <= TASK_SIZE_MAX + PAGE_SIZE && address % PAGE_SIZE === 0)) {
    throw new Refusal(`${quoted(text)} is no address of a page that a program may use`)
  }
  return address
}

/** Mappings and areas come in rising order, so that they can be searched. */
function append<T extends { readonly start: number; readonly end: number }>(list: T[], next: T, most: number): void {
  if (next.start < (list.at(-1)?.end ?? 0)) throw new Refusal('it begins before the last one of its kind has ended')
  if (list.push(next) > most) throw new Refusal(`there are more than ${grouped(most)} lines of this kind`)
}
