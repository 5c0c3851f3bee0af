import { useRef, type CSSProperties } from 'react'
import { ENTRY_FIELDS } from '../../arch/entry-fields'
import { PRESENT, bitOf, has } from '../../arch/pte'
import { BitCell } from './bit-cell'
import { toneOf } from './bit-name'
import { pageTitle, type PageRowView } from './page-row'
import { useRowWindow } from './row-window'
import './bit-grid.css'
import './page-list.css'

interface Props {
  readonly rows: readonly PageRowView[]
  readonly selected: number
  readonly onSelect: (page: number) => void
}

/** The page table for a small screen: one button a page, its flags drawn small. The word is where bits are flipped. */
export function PageList({ rows, selected, onSelect }: Props) {
  const box = useRef<HTMLUListElement>(null)
  const { first, end } = useRowWindow(box, rows.length)
  return (
    <div className="page-list">
      <div className="page-list-head" aria-hidden="true">
        <span>NX</span>
        <span>8</span>
        <span>0</span>
      </div>
      <ul ref={box} aria-label="Page table" className="page-list-rows">
        <li aria-hidden="true" className="page-list-gap" style={gap(first)} />
        {rows.slice(first, end).map((row) => (
          <li key={row.page}>
            <PageListRow row={row} selected={row.page === selected} onSelect={onSelect} />
          </li>
        ))}
        <li aria-hidden="true" className="page-list-gap" style={gap(rows.length - end)} />
      </ul>
    </div>
  )
}

const gap = (rows: number) => ({ '--gap-rows': rows }) as CSSProperties

interface RowProps {
  readonly row: PageRowView
  readonly selected: boolean
  readonly onSelect: (page: number) => void
}

function PageListRow({ row, selected, onSelect }: RowProps) {
  const present = has(row.entry, PRESENT)
  const flags = row.kind === 'entry' ? `bit 8 is ${bitOf(row.entry, 8)}, PRESENT is ${present ? 1 : 0}` : row.kind
  return (
    <button type="button" className="page-list-row" aria-pressed={selected} onClick={() => onSelect(row.page)}>
      <span className="page-list-name">
        {pageTitle(row)}
        <span className="sr-only">, {flags}</span>
      </span>
      {ENTRY_FIELDS.map(({ bit }) => (
        <BitCell
          key={bit}
          bit={bit}
          value={bitOf(row.entry, bit)}
          present={present}
          size="table"
          tone={toneOf(bit)}
          byXen={row.xenBits.includes(bit)}
          changed={row.changedBits.includes(bit)}
          dot={row.kind !== 'entry'}
          readOnly
        />
      ))}
    </button>
  )
}
