import { ACROSS } from '../../trace/entry-move'

/** Where tables lie, in CSS pixels from the corner of the whole picture. */
export interface TablesLayout {
  /** From one square to the next. */
  readonly pitch: number
  readonly columns: number
  /** One table: its squares and the line around them. */
  readonly table: { readonly width: number; readonly height: number }
  /** From one table to the next. */
  readonly step: { readonly x: number; readonly y: number }
  /** Height of the lines above each table. */
  readonly label: number
  readonly width: number
  readonly height: number
}

export interface LayoutRoom {
  readonly width: number
  readonly height: number
  /** Device pixels in a CSS pixel: a square is made of whole ones. */
  readonly ratio: number
  readonly smallest: number
  readonly largest: number
}

const DOWN = 16
const GAP = { x: 20, y: 8 }
/** Where there is room, tables in a row stand up to so far apart. */
const WIDEST_GAP = 40
/** The line around a table, and as much room within it. */
export const RIM = 2
/** Height of a label of one line. */
export const LINE = 20
/** Narrower tables have name and address on two lines. */
const TWO_LINES_BELOW = 190

/**
 * The largest squares with which the first tables fit, those of pages; the smallest ones where none do. The rest is a
 * matter of scrolling.
 */
export function layOutTables(count: number, first: number, room: LayoutRoom): TablesLayout {
  const { ratio, smallest, largest } = room
  for (let size = Math.floor(largest * ratio); size > smallest * ratio; size--) {
    const layout = layoutWith(size / ratio, count, room)
    if (layout.columns > 0 && heightOf(layout, first) <= room.height) return layout
  }
  return layoutWith(Math.ceil(smallest * ratio) / ratio, count, room)
}

function layoutWith(pitch: number, count: number, room: LayoutRoom): TablesLayout {
  const table = { width: ACROSS * pitch + 2 * RIM, height: DOWN * pitch + 2 * RIM }
  const label = table.width < TWO_LINES_BELOW ? 2 * LINE - 2 : LINE
  const columns = Math.min(Math.floor((room.width + GAP.x) / (table.width + GAP.x)), count)
  const spare = columns > 1 ? Math.floor((room.width - columns * table.width) / (columns - 1)) : GAP.x
  const step = { x: table.width + Math.min(WIDEST_GAP, spare), y: label + table.height + GAP.y }
  const layout = { pitch, columns, table, step, label, width: room.width, height: 0 }
  return { ...layout, height: heightOf(layout, count) }
}

const heightOf = ({ columns, step }: TablesLayout, count: number): number =>
  Math.ceil(count / Math.max(1, columns)) * step.y - GAP.y

/** Upper left corner of a table's frame. */
export function cornerOf(layout: TablesLayout, table: number): { readonly x: number; readonly y: number } {
  const columns = Math.max(1, layout.columns)
  return { x: (table % columns) * layout.step.x, y: Math.floor(table / columns) * layout.step.y + layout.label }
}

/** Upper left corner of an entry's square. */
export function squareOf(
  layout: TablesLayout,
  table: number,
  index: number,
): { readonly x: number; readonly y: number } {
  const { x, y } = cornerOf(layout, table)
  return {
    x: x + RIM + (index % ACROSS) * layout.pitch,
    y: y + RIM + Math.floor(index / ACROSS) * layout.pitch,
  }
}

/** The entry under a point of the picture; null beside all tables. */
export function entryUnder(
  layout: TablesLayout,
  count: number,
  x: number,
  y: number,
): { readonly table: number; readonly index: number } | null {
  const columns = Math.max(1, layout.columns)
  const column = Math.floor(x / layout.step.x)
  const table = Math.floor(y / layout.step.y) * columns + column
  if (column < 0 || column >= columns || table < 0 || table >= count) return null
  const corner = squareOf(layout, table, 0)
  const col = Math.floor((x - corner.x) / layout.pitch)
  const row = Math.floor((y - corner.y) / layout.pitch)
  if (col < 0 || col >= ACROSS || row < 0 || row >= DOWN) return null
  return { table, index: row * ACROSS + col }
}

/** The tables between two heights of the picture: from `first` up to but not including `end`. */
export function tablesBetween(
  layout: TablesLayout,
  count: number,
  top: number,
  bottom: number,
): { readonly first: number; readonly end: number } {
  const columns = Math.max(1, layout.columns)
  const firstRow = Math.max(0, Math.floor(top / layout.step.y))
  const endRow = Math.max(firstRow, Math.ceil(bottom / layout.step.y))
  return { first: Math.min(count, firstRow * columns), end: Math.min(count, endRow * columns) }
}
