import type { Predicate } from '../../arch/predicate'
import { ACROSS } from '../../trace/entry-move'
import { markTable } from '../../trace/entry-marks'
import { LAST, type Table } from '../../trace/table-set'
import { cornerOf, RIM, squareOf, tablesBetween, type TablesLayout } from './tables-layout'
import { drawGlyphs, type Palette } from './square-glyphs'

/** What a picture shows of which tables. */
export interface Picture {
  readonly tables: readonly Table[]
  readonly linuxPresent: Predicate
  readonly flag: number
  readonly layout: TablesLayout
  readonly palette: Palette
  /** Device pixels in a CSS pixel. */
  readonly ratio: number
  /** The part of the picture that the canvas holds, in CSS pixels. */
  readonly top: number
  readonly height: number
}

/** What the last call of `paint` did: counted by benches and tests. */
export interface Painted {
  readonly squares: number
  readonly rectangles: number
}

const ENTRIES = 512
/** No mark: a square that has not been painted. */
const NONE = 255

/** Paints squares into a canvas, and of a picture that it painted before only those that changed. */
export class SquarePainter {
  private readonly context: CanvasRenderingContext2D
  private pixels: ImageData | null = null
  private words = new Uint32Array(0)
  private last: Picture | null = null
  private glyphs: readonly Uint32Array[] = []
  /** The marks on the canvas, by table. */
  private readonly marks = new Map<number, Uint8Array>()
  private readonly wanted = new Uint8Array(ENTRIES)

  constructor(context: CanvasRenderingContext2D) {
    this.context = context
  }

  /** The canvas has lost what was on it: the next picture is painted whole. */
  forget(): void {
    this.last = null
  }

  paint(picture: Picture): Painted {
    const whole = !this.last || needsWhole(this.last, picture)
    if (whole) this.begin(picture)
    this.last = picture
    const { layout, top, height, tables } = picture
    const { first, end } = tablesBetween(layout, tables.length, top, top + height)
    let squares = 0
    let rectangles = 0
    for (let table = first; table < end; table++) {
      const changed = this.paintTable(picture, table, !whole)
      squares += changed
      rectangles += changed > 0 && !whole ? 1 : 0
    }
    if (whole) this.context.putImageData(this.pixels!, 0, 0)
    return { squares, rectangles: whole ? 1 : rectangles }
  }

  /** An empty picture of the right size. */
  private begin({ layout, palette, ratio, height }: Picture): void {
    const width = Math.max(1, Math.round(layout.width * ratio))
    const rows = Math.max(1, Math.round(height * ratio))
    const { canvas } = this.context
    if (canvas.width !== width || canvas.height !== rows || !this.pixels) {
      canvas.width = width
      canvas.height = rows
      this.pixels = this.context.createImageData(width, rows)
      this.words = new Uint32Array(this.pixels.data.buffer)
    }
    this.words.fill(palette.ground)
    this.glyphs = drawGlyphs(Math.round(layout.pitch * ratio), palette)
    this.marks.clear()
  }

  /** Paint the squares of a table that have changed; hand them to the canvas if `show`. Returns how many there were. */
  private paintTable(picture: Picture, table: number, show: boolean): number {
    markTable(picture.tables[table]!, picture.linuxPresent, picture.flag, this.wanted)
    let marks = this.marks.get(table)
    if (!marks) {
      marks = new Uint8Array(ENTRIES).fill(NONE)
      this.marks.set(table, marks)
      this.paintRim(picture, table)
    }
    let changed = 0
    let from = ENTRIES
    let to = -1
    const corner = this.deviceSquare(picture, table, 0)
    const size = Math.round(picture.layout.pitch * picture.ratio)
    for (let index = 0; index < ENTRIES; index++) {
      const mark = this.wanted[index]!
      if (marks[index] === mark) continue
      marks[index] = mark
      this.stamp(mark, corner.x + (index % ACROSS) * size, corner.y + Math.floor(index / ACROSS) * size, size)
      changed++
      if (index < from) from = index
      to = index
    }
    if (show && changed > 0) this.show(corner, size, from, to)
    return changed
  }

  private deviceSquare({ layout, ratio, top }: Picture, table: number, index: number) {
    const { x, y } = squareOf(layout, table, index)
    return { x: Math.round(x * ratio), y: Math.round((y - top) * ratio) }
  }

  /** Copy a square's pixels, as far as they lie on the canvas. */
  private stamp(mark: number, x: number, y: number, size: number): void {
    const glyph = this.glyphs[mark]!
    const { width, height } = this.pixels!
    for (let row = Math.max(0, -y); row < size && y + row < height; row++) {
      const at = (y + row) * width + x
      for (let col = 0; col < size && x + col < width; col++) this.words[at + col] = glyph[row * size + col]!
    }
  }

  /** Hand the rows between two squares of a table to the canvas. */
  private show(corner: { readonly x: number; readonly y: number }, size: number, from: number, to: number): void {
    const firstRow = Math.floor(from / ACROSS)
    const rows = Math.floor(to / ACROSS) - firstRow + 1
    this.context.putImageData(this.pixels!, 0, 0, corner.x, corner.y + firstRow * size, ACROSS * size, rows * size)
  }

  /** The line around a table. */
  private paintRim({ tables, layout, palette, ratio, top }: Picture, table: number): void {
    const corner = cornerOf(layout, table)
    const left = Math.round(corner.x * ratio)
    const up = Math.round((corner.y - top) * ratio)
    const right = left + Math.round(layout.table.width * ratio)
    const low = up + Math.round(layout.table.height * ratio)
    const line = Math.max(1, Math.round((RIM * ratio) / 2))
    const colour = tables[table]!.level === LAST ? palette.rim : palette.rimTables
    this.box(left, up, right, up + line, colour)
    this.box(left, low - line, right, low, colour)
    this.box(left, up, left + line, low, colour)
    this.box(right - line, up, right, low, colour)
  }

  private box(left: number, up: number, right: number, low: number, colour: number): void {
    const { width, height } = this.pixels!
    for (let row = Math.max(0, up); row < Math.min(height, low); row++) {
      this.words.fill(colour, row * width + Math.max(0, left), row * width + Math.min(width, right))
    }
  }
}

/** Has something changed on which every square depends? Words, and the flag, show up square by square. */
const needsWhole = (before: Picture, now: Picture): boolean =>
  before.layout !== now.layout ||
  before.palette !== now.palette ||
  before.ratio !== now.ratio ||
  before.top !== now.top ||
  before.height !== now.height ||
  before.tables.length !== now.tables.length ||
  before.tables.some((table, index) => table.level !== now.tables[index]!.level)
