import { useLayoutEffect, useRef, useState } from 'react'
import type { CSSProperties, FocusEvent, KeyboardEvent, MouseEvent, RefObject } from 'react'
import { ENTRY_FIELDS } from '../../arch/entry-fields'
import { BitHead } from './bit-heads'
import { moveInGrid } from './grid-move'
import { PageRow } from './page-row'
import type { PageRowView } from './page-row'
import { bitUnder, isButtonKey } from './roving-bits'
import { useRowWindow } from './row-window'
import './bit-grid.css'

export interface PageTableProps {
  readonly rows: readonly PageRowView[]
  /** The page whose word stands below; null for none. */
  readonly selected: number | null
  readonly onSelect: (page: number) => void
  readonly onFlip: (page: number, bit: number) => void
  readonly onWhy: (page: number, bit: number) => void
  readonly animate?: boolean
  readonly label?: string
}

/** Name, then NX, then bits 11 to 0. */
const COLUMNS = ENTRY_FIELDS.length + 1
/** How far PageUp and PageDown go. */
const PAGE_OF_ROWS = 10

interface Stop {
  readonly page: number
  readonly col: number
}

/** The pages of a process, one row each, with every flag of every entry as a button. One tab stop; arrows move in both directions. */
export function PageTable(props: PageTableProps) {
  const { rows, selected, animate = false, label = 'Page table' } = props
  const body = useRef<HTMLDivElement>(null)
  const { stop, handlers } = useTableStop(props, body)
  const shown = useRowWindow(body, rows.length)
  const usualFrame = mostCommonFrame(rows)
  const selectedRow = rows.findIndex(({ page }) => page === selected)
  useScrollToRow(body, selectedRow, rows.length)

  return (
    <div
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-colcount={COLUMNS + 3}
      className="page-table"
      {...handlers}
    >
      <span className="alias-band" aria-hidden="true" />
      <PageTableHead usualFrame={usualFrame} />
      <div role="rowgroup" ref={body} className="page-body">
        <div role="presentation" className="page-rows" style={{ '--row-count': rows.length } as CSSProperties}>
          {selectedRow >= 0 && (
            <span className="page-lens" aria-hidden="true" style={{ '--row-index': selectedRow } as CSSProperties} />
          )}
          {rows.map((row, index) =>
            (index < shown.first || index >= shown.end) && index !== stop.row ? null : (
              <PageRow
                key={row.page}
                row={row}
                index={index}
                selected={index === selectedRow}
                stop={index === stop.row ? stop.col : -1}
                usualFrame={usualFrame}
                animate={animate}
              />
            ),
          )}
        </div>
      </div>
    </div>
  )
}

function PageTableHead({ usualFrame }: { readonly usualFrame: string }) {
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className="page-row page-head">
        {['page', 'mapping', 'address', usualFrame || 'frame'].map((name) => (
          <div key={name} role="columnheader" className="page-head-fact">
            {name}
          </div>
        ))}
        {ENTRY_FIELDS.map(({ bit, short }) => (
          <div key={bit} role="columnheader" className={`page-head-bit page-head-bit-${bit}`}>
            <BitHead bit={bit} short={short} />
          </div>
        ))}
      </div>
    </div>
  )
}

/** The one place in the table that Tab reaches, and the keys that move it. */
function useTableStop(
  { rows, selected, onSelect, onFlip, onWhy }: PageTableProps,
  body: RefObject<HTMLElement | null>,
) {
  const [visited, setVisited] = useState<Stop | null>(null)
  const moved = useRef(false)
  const page = visited && rows.some((row) => row.page === visited.page) ? visited.page : selected
  const row = Math.max(
    0,
    rows.findIndex((candidate) => candidate.page === page),
  )
  const col = visited?.col ?? 0

  useLayoutEffect(() => {
    if (!moved.current) return
    moved.current = false
    const cell = body.current?.querySelectorAll<HTMLElement>(`[data-row="${row}"] button`)[col]
    cell?.focus({ preventScroll: true })
    if (body.current) scrollRowIntoView(body.current, row, rows.length)
  })

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = placeOf(event.target)
    if (!at || event.altKey || event.metaKey) return
    if (isButtonKey(event.key)) event.stopPropagation()
    if (event.key === '?' && at.col > 0) onWhy(at.page, bitOfColumn(at.col))
    const to = moveInGrid(
      event.key,
      event.ctrlKey,
      { row, col: at.col },
      { rows: rows.length, cols: COLUMNS, page: PAGE_OF_ROWS },
    )
    const target = to && rows[to.row]
    if (!target) return
    event.preventDefault()
    event.stopPropagation()
    moved.current = true
    setVisited({ page: target.page, col: to.col })
  }
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const at = placeOf(event.target)
    if (!at) return
    if (at.col === 0) onSelect(at.page)
    else if (event.shiftKey) onWhy(at.page, bitOfColumn(at.col))
    else onFlip(at.page, bitOfColumn(at.col))
  }
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    const at = placeOf(event.target)
    if (at) setVisited(at)
  }
  return { stop: { row, col }, handlers: { onKeyDown, onClick, onFocus } }
}

const bitOfColumn = (col: number): number => ENTRY_FIELDS[col - 1]?.bit ?? 0

function placeOf(target: EventTarget): Stop | null {
  const button = target instanceof Element ? target.closest<HTMLElement>('[data-page]') : null
  if (!button) return null
  const bit = bitUnder(button)
  const col = bit === null ? 0 : ENTRY_FIELDS.findIndex((field) => field.bit === bit) + 1
  return { page: Number(button.dataset.page), col }
}

/** Brings the selected row into the box when the choice changes, and leaves the reader's scrolling alone otherwise. */
function useScrollToRow(body: RefObject<HTMLElement | null>, row: number, count: number) {
  useLayoutEffect(() => {
    if (body.current && row >= 0) scrollRowIntoView(body.current, row, count)
  }, [body, row, count])
}

function scrollRowIntoView(box: HTMLElement, row: number, count: number) {
  const height = box.scrollHeight / count
  const top = row * height
  if (top < box.scrollTop) box.scrollTop = top
  else if (top + height > box.scrollTop + box.clientHeight) box.scrollTop = top + height - box.clientHeight
}

function mostCommonFrame(rows: readonly PageRowView[]): string {
  const counts = new Map<string, number>()
  for (const { kind, frameLabel } of rows)
    if (kind === 'entry') counts.set(frameLabel, (counts.get(frameLabel) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? ''
}
