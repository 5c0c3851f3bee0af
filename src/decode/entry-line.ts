import {
  namesFrame,
  CAPTURED_LEVELS,
  COVERS,
  EntryColumns,
  frameInWord,
  isInverted,
  LEVEL,
  UNKNOWN,
} from './captured-entries'
import type { EntryDraft } from './captured-entries'
import type { LineCursor } from './line-cursor'
import { grouped, quoted, Refusal } from './refusal'

/** Entries of one capture at most: 8 GiB of pages, and more than a hundred megabytes in the browser. */
export const MOST_ENTRIES = 2 ** 21
/** First address past the half of the address space that programs use. */
const USER_END = 2 ** 47
const FRAME_END = 2 ** 40

const NO_LEVEL = 'its level is none of PGD, PUD, PMD, PTE and UPGD'
const NO_FRAME = 'its frame is no number of up to 10 hexadecimal digits'
const CAPTURE_LESS = 'Record a part of the process: the capture tool takes a range of addresses.'

/** Reads entry lines into columns: `LEVEL ADDRESS WORD [FRAME [MAPCOUNT [REFERENCES [NODE]]]] [xCOUNT[±STEP]]`. */
export class EntryLines {
  readonly columns = new EntryColumns()
  /** Per level: the first address that the next entry may have. */
  private readonly next = CAPTURED_LEVELS.map(() => 0)
  private readonly draft: EntryDraft = fresh()

  /** The line at the cursor, whose first field is the level. */
  read(cursor: LineCursor): void {
    const { draft } = this
    draft.level =
      LEVEL[cursor.field() as keyof typeof LEVEL] ?? refuse(NO_LEVEL, 'This app reads tables of four levels.')
    this.readAddress(cursor)
    if (!cursor.hex()) throw new Refusal(`${quoted(cursor.field())} is no word of 1 to 16 hexadecimal digits`)
    draft.lo = cursor.lo
    draft.hi = cursor.hi
    this.readPage(cursor)
    const { count, step } = cursor.done ? ONCE : repeatOf(cursor.field())
    if (!cursor.done) throw new Refusal(`${quoted(cursor.field())} is one field too many`)
    this.add(count, step)
  }

  private readAddress(cursor: LineCursor): void {
    const { draft, next } = this
    const size = COVERS[draft.level]!
    const address = cursor.hex() ? cursor.hi * 2 ** 32 + cursor.lo : Number.NaN
    const name = CAPTURED_LEVELS[draft.level]
    // Beyond 2^53 a double rounds: the low half says whether it is a page's address.
    if (!(address % size === 0) || cursor.lo % 4096 !== 0) throw new Refusal(`it has no address of a ${name} entry`)
    if (address >= USER_END && draft.level !== LEVEL.UPGD) {
      throw new Refusal(
        'its address lies beyond the half that programs use',
        'Only that half is read. Leave the line out.',
      )
    }
    if (address < next[draft.level]!) throw new Refusal('it goes back to an address that was there already')
    draft.address = address
  }

  /** Frame, map count, references and node, as far as they are there. */
  private readPage(cursor: LineCursor): void {
    const { draft } = this
    const hasFrame = cursor.code >= 0 && cursor.code !== REPEAT
    if (hasFrame && cursor.hex()) draft.frame = cursor.hi * 2 ** 32 + cursor.lo
    else draft.frame = hasFrame && cursor.field() !== '-' ? refuse(NO_FRAME) : UNKNOWN
    if (draft.frame >= FRAME_END) refuse(NO_FRAME)
    draft.mapcount = countIn(cursor)
    draft.references = countIn(cursor)
    draft.node = countIn(cursor, 127)
  }

  private add(count: number, step: number): void {
    const { draft, columns, next } = this
    if (columns.count + count > MOST_ENTRIES) {
      throw new Refusal(`there are more than ${grouped(MOST_ENTRIES)} entries`, CAPTURE_LESS)
    }
    const size = COVERS[draft.level]!
    const end = draft.address + (count - 1) * size
    if (count > 1 && end >= USER_END) throw new Refusal('its entries go beyond the half that programs use')
    if (step !== 0 && !namesFrame(draft.lo)) throw new Refusal('its word names no frame that could step')
    const fromWord = draft.frame === UNKNOWN && namesFrame(draft.lo)
    for (let left = count; ;) {
      if (fromWord) draft.frame = frameInWord(draft.level, draft.lo, draft.hi)
      columns.add(draft)
      if (--left === 0) break
      draft.address += size
      if (step !== 0) stepFrame(draft, step)
    }
    next[draft.level] = end + size
  }
}

const REPEAT = 'x'.charCodeAt(0)
const ONCE = { count: 1, step: 0 } as const

/** `x12`: twelve entries one behind the other; `x12+1`: and each one's frame is one more than the last one's. */
function repeatOf(field: string): { readonly count: number; readonly step: number } {
  const [, count, step] = /^x(\d{1,7})([+-]\d{1,7})?$/.exec(field) ?? []
  if (count === undefined || Number(count) === 0) throw new Refusal(`${quoted(field)} does not say how many entries`)
  return { count: Number(count), step: Number(step ?? 0) }
}

/** Move the frame of an entry, and with it the frame in its word. */
function stepFrame(draft: EntryDraft, step: number): void {
  const inWord = (draft.hi & 0xf_ffff) * 0x10_0000 + (draft.lo >>> 12) + (isInverted(draft.lo, draft.hi) ? -step : step)
  if (inWord < 0 || inWord >= FRAME_END || draft.frame + step < 0) throw new Refusal('its frames step out of memory')
  draft.lo = ((draft.lo & 0xfff) | ((inWord % 0x10_0000) << 12)) >>> 0
  draft.hi = ((draft.hi & 0xfff0_0000) | Math.floor(inWord / 0x10_0000)) >>> 0
  if (draft.frame !== UNKNOWN) draft.frame += step
}

/** A decimal count up to `most`, or -1; UNKNOWN for `-` and where the line has ended. */
function countIn(cursor: LineCursor, most = 999_999_999): number {
  if (cursor.done || cursor.code === REPEAT) return UNKNOWN
  const count = cursor.decimal()
  if (count >= 0 && count <= most) return count
  const field = count < 0 ? cursor.field() : String(count)
  if (field === '-') return UNKNOWN
  return field === '-1' ? -1 : refuse(`${quoted(field)} is no count`)
}

function refuse(reason: string, advice?: string): never {
  throw new Refusal(reason, advice)
}

const fresh = (): EntryDraft => ({
  level: 0,
  address: 0,
  lo: 0,
  hi: 0,
  frame: UNKNOWN,
  mapcount: UNKNOWN,
  references: UNKNOWN,
  node: UNKNOWN,
})
