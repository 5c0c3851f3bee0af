import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { KeyboardEvent, MouseEvent, RefObject } from 'react'
import { addressText } from '../../arch/vaddr'
import { ACROSS, moveInTables, nearestInUse } from '../../trace/entry-move'
import { LAST, type EntryPlace, type TableSet } from '../../trace/table-set'
import { SquaresCanvas } from './squares-canvas'
import { SIGNS_TEXT, SquaresText } from './squares-text'
import type { Picture } from './square-painter'
import { useSquarePalette } from './square-palette'
import { cornerOf, entryUnder, LINE, layOutTables, squareOf, tablesBetween, type TablesLayout } from './tables-layout'
import { canvasSpan, EDGE, useRoom, type Room } from './use-room'
import './tables.css'

export interface TablesPictureProps {
  readonly set: TableSet
  /** Names of the tables, in their order. */
  readonly titles: readonly string[]
  /** The bit that colours the squares. */
  readonly flag: number
  /** What is to be seen, in a sentence. */
  readonly summary: string
  readonly selected: EntryPlace
  /** Entries that the latest step wrote. */
  readonly written: readonly EntryPlace[]
  /** What there is to say about the selected entry. */
  readonly spoken: string
  readonly onSelect: (place: EntryPlace) => void
  /** The reader wants to see the selected entry's page close by. */
  readonly onZoom: () => void
}

/** How large a square may be: large enough to tell its states apart, and two tables side by side on a phone. */
const sizesFor = (width: number, asText: boolean) => {
  if (asText) return { smallest: 11, largest: 13 }
  return { smallest: width < 500 ? 5 : 6, largest: 12 }
}
/** How many squares beside an empty one a finger may have meant. */
const FINGER = 3
const NOWHERE = { width: 0, height: 0, scrolled: 0, ratio: 1 }

/** Every table of a process, every entry a square. One tab stop: arrows move from entry to entry. */
export function TablesPicture(props: TablesPictureProps) {
  const { set, flag, summary, selected, titles } = props
  const box = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const fail = useCallback(() => setFailed(true), [])
  const room = useRoom(box) ?? NOWHERE
  const { width, height, ratio } = room
  const count = set.tables.length
  const last = set.tables.filter(({ level }) => level === LAST).length
  const layout = useMemo(
    () => layOutTables(count, last, { width, height, ratio, ...sizesFor(width, failed) }),
    [count, last, width, height, ratio, failed],
  )
  const picture = usePicture(set, flag, layout, room)
  useKeepInView(box, layout, selected)
  return (
    <>
      {failed && (
        <p role="alert" className="tables-failed text-label">
          This browser gives the app no canvas to draw on, so letters stand for the squares: {SIGNS_TEXT}. To have the
          squares, allow canvas for this page and load it anew.
        </p>
      )}
      <div ref={box} className="tables-box">
        <div className="tables-whole" style={{ height: layout.height }} {...pointing(props, layout)}>
          {width > 0 &&
            (failed ? (
              <SquaresText picture={picture} />
            ) : (
              <SquaresCanvas picture={picture} label={summary} onFail={fail} />
            ))}
          <Labels titles={titles} picture={picture} selected={selected.table} />
          {props.written.map(({ table, index }) => (
            <Written key={`${table}.${index}`} layout={layout} table={table} index={index} />
          ))}
          <SelectedEntry {...props} layout={layout} />
        </div>
      </div>
    </>
  )
}

function usePicture(set: TableSet, flag: number, layout: TablesLayout, room: Room): Picture {
  const palette = useSquarePalette(flag)
  const { top, height } = canvasSpan(room, layout.height)
  const { ratio } = room
  return useMemo(
    () => ({ tables: set.tables, linuxPresent: set.linuxPresent, flag, layout, palette, ratio, top, height }),
    [set, flag, layout, palette, ratio, top, height],
  )
}

/** A press selects the entry under it; a finger, which is wider than a square, the nearest one in use. */
function pointing({ set, onSelect, onZoom }: TablesPictureProps, layout: TablesLayout) {
  const placeOf = (event: MouseEvent<HTMLElement>): EntryPlace | null => {
    const edge = event.currentTarget.getBoundingClientRect()
    return entryUnder(layout, set.tables.length, event.clientX - edge.left, event.clientY - edge.top)
  }
  return {
    onClick(event: MouseEvent<HTMLElement>) {
      const place = placeOf(event)
      if (!place) return
      const byFinger = event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch'
      onSelect(byFinger ? nearestInUse(set, place, FINGER) : place)
      event.currentTarget.querySelector<HTMLElement>('[role="gridcell"]')?.focus({ preventScroll: true })
    },
    onDoubleClick: () => onZoom(),
  }
}

interface LabelsProps {
  readonly titles: readonly string[]
  readonly picture: Picture
  readonly selected: number
}

/** Name and first address above each table that is in view. */
function Labels({ titles, picture, selected }: LabelsProps) {
  const { layout, tables, top, height } = picture
  const { first, end } = tablesBetween(layout, tables.length, top, top + height)
  return Array.from({ length: end - first }, (_, index) => first + index).map((table) => {
    const { x, y } = cornerOf(layout, table)
    return (
      <p
        key={table}
        className={`tables-label${layout.label > LINE ? ' tables-label-high' : ''}${table === selected ? ' tables-label-selected' : ''}`}
        style={{ left: x, top: y - layout.label, width: layout.table.width, height: layout.label }}
      >
        <span className="tables-name">{titles[table]}</span>
        <span className="tables-address">{addressText(tables[table]!.base)}</span>
      </p>
    )
  })
}

/** The mark at a square that the latest step wrote. */
function Written({ layout, table, index }: EntryPlace & { readonly layout: TablesLayout }) {
  const { x, y } = squareOf(layout, table, index)
  return (
    <span
      aria-hidden="true"
      className="tables-written"
      style={{ left: x, top: y, width: layout.pitch, height: layout.pitch }}
    />
  )
}

/** The frame around the selected square: the one thing in the picture that takes the focus. */
function SelectedEntry({
  set,
  selected,
  spoken,
  onSelect,
  onZoom,
  layout,
}: TablesPictureProps & { layout: TablesLayout }) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.metaKey) return
    const to = moveInTables(event.key, event.ctrlKey, selected, set, layout.columns)
    if (event.key === 'Enter') onZoom()
    // Space would scroll the page away.
    else if (event.key === ' ') event.preventDefault()
    else if (to) onSelect(to)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const corner = cornerOf(layout, selected.table)
  const square = squareOf(layout, selected.table, selected.index)
  const row = Math.floor(selected.index / ACROSS)
  return (
    <>
      <span
        aria-hidden="true"
        className="tables-frame"
        style={{ left: corner.x, top: corner.y, width: layout.table.width, height: layout.table.height }}
      />
      <div
        role="grid"
        aria-label="Entries: arrows move, Page Up and Down go from table to table"
        aria-rowcount={set.tables.length * 16}
        aria-colcount={ACROSS}
      >
        <div role="row" aria-rowindex={selected.table * 16 + row + 1}>
          <div
            role="gridcell"
            tabIndex={0}
            aria-selected="true"
            aria-colindex={(selected.index % ACROSS) + 1}
            aria-label={spoken}
            className="tables-ring"
            style={{ left: square.x, top: square.y, width: layout.pitch, height: layout.pitch }}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
    </>
  )
}

/** Scrolls to the selected entry when it has changed, and leaves the reader's scrolling alone otherwise. */
function useKeepInView(box: RefObject<HTMLElement | null>, layout: TablesLayout, { table, index }: EntryPlace) {
  useLayoutEffect(() => {
    const element = box.current
    if (!element || layout.columns === 0) return
    scrollToSpan(element, spanToShow(layout, table, index, element.clientHeight))
  }, [box, layout, table, index])
}

function scrollToSpan(element: HTMLElement, { top, bottom }: { readonly top: number; readonly bottom: number }) {
  if (top < element.scrollTop) element.scrollTop = top
  else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight
}

/** The table and its label where they fit into the height, else the square and some room around it. */
function spanToShow(layout: TablesLayout, table: number, index: number, height: number) {
  const top = cornerOf(layout, table).y - layout.label
  const whole = layout.label + layout.table.height + 2 * EDGE
  if (whole <= height) return { top, bottom: top + whole }
  const { y } = squareOf(layout, table, index)
  return { top: y - 4 * layout.pitch, bottom: y + 5 * layout.pitch }
}
