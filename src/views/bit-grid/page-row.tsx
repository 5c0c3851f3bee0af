import { memo } from 'react'
import type { CSSProperties } from 'react'
import { ENTRY_FIELDS } from '../../arch/entry-fields'
import { PRESENT, bitOf, has } from '../../arch/pte'
import type { PageRow as TraceRow } from '../../trace/page-row'
import { BitCell } from './bit-cell'
import { toneOf } from './bit-name'

/** One page as the table shows it: the row that the trace computes. */
export type PageRowView = TraceRow

export interface PageRowProps {
  readonly row: PageRowView
  readonly index: number
  readonly selected: boolean
  /** The column Tab reaches in this row: 0 is the name, 1 to 13 the bits; -1 when the stop is elsewhere. */
  readonly stop: number
  /** The frame label of most rows stands in the column head; a row that differs says so. */
  readonly usualFrame: string
  readonly animate: boolean
}

/** The whole name of a page: what it is, and what is special about it. */
export const pageTitle = ({ name, state }: PageRowView): string =>
  state && state !== name ? `${name}, ${state}` : name

/** One page of the table: where it is, what it maps, and its thirteen flags as buttons. */
export const PageRow = memo(function PageRow({ row, index, selected, stop, usualFrame, animate }: PageRowProps) {
  const present = has(row.entry, PRESENT)
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      className={`page-row page-row-${row.kind}${selected ? ' page-row-selected' : ''}`}
      style={{ '--row-index': index } as CSSProperties}
      data-row={index}
    >
      <PageFacts row={row} selected={selected} tabbed={stop === 0} usualFrame={usualFrame} />
      {ENTRY_FIELDS.map(({ bit }, place) => (
        <div key={bit} role="gridcell" aria-colindex={place + 5} className={`page-bit page-bit-${bit}`}>
          <BitCell
            bit={bit}
            value={bitOf(row.entry, bit)}
            present={present}
            size="table"
            tone={toneOf(bit)}
            byXen={row.xenBits.includes(bit)}
            changed={row.changedBits.includes(bit)}
            dot={row.kind !== 'entry'}
            animate={animate}
            tabIndex={stop === place + 1 ? 0 : -1}
            page={row.page}
          />
        </div>
      ))}
    </div>
  )
})

interface PageFactsProps {
  readonly row: PageRowView
  readonly selected: boolean
  readonly tabbed: boolean
  readonly usualFrame: string
}

function PageFacts({ row, selected, tabbed, usualFrame }: PageFactsProps) {
  const title = pageTitle(row)
  const frame = frameWords(row, usualFrame)
  return (
    <>
      <div role="rowheader" aria-colindex={1} className="page-name">
        <button
          type="button"
          data-page={row.page}
          data-name=""
          aria-pressed={selected}
          tabIndex={tabbed ? 0 : -1}
          title={title}
        >
          <PageTitle row={row} />
        </button>
      </div>
      <div role="gridcell" aria-colindex={2} className="page-fact">
        {`${row.rights}${row.shared ? 's' : 'p'} ${row.backing}`}
      </div>
      <div role="gridcell" aria-colindex={3} className="page-fact" title={row.address}>
        <FittingText full={row.address} wide={row.address} narrow={`…${row.address.slice(-6)}`} />
      </div>
      <div role="gridcell" aria-colindex={4} className="page-fact page-frame" title={frame}>
        <FittingText full={frame} wide={fitFrame(frame, 13)} narrow={fitFrame(frame, 9)} />
      </div>
    </>
  )
}

/** A name that is too long loses the end of its words, never the number that tells it from its neighbours. */
function PageTitle({ row: { name, state } }: { readonly row: PageRowView }) {
  const [, words = name, number = ''] = /^(.*\D)( \d+)$/.exec(name) ?? []
  return (
    <>
      <span className="page-words">{words}</span>
      <span className="page-number">{number}</span>
      {state && state !== name && <span className="page-state">, {state}</span>}
    </>
  )
}

interface FittingTextProps {
  readonly full: string
  readonly wide: string
  readonly narrow: string
}

/** Lengths of one text: the style sheet shows the one that has room, a screen reader always hears the full one. */
function FittingText({ full, wide, narrow }: FittingTextProps) {
  if (full === narrow) return full
  return (
    <>
      <span className="sr-only">{full}</span>
      <span className="page-wide" aria-hidden="true">
        {wide}
      </span>
      <span className="page-narrow" aria-hidden="true">
        {narrow}
      </span>
    </>
  )
}

/** The longest way to write a frame or a swap slot in so many signs. */
function fitFrame(full: string, room: number): string {
  const shorter = [full, full.replace('swap slot', 'swap'), full.replace('swap slot ', '')]
  return shorter.find(({ length }) => length <= room) ?? shorter.at(-1)!
}

function frameWords({ frameText, frameLabel, kind }: PageRowView, usualFrame: string): string {
  if (kind === 'empty') return '–'
  if (kind === 'swap') return frameText
  return frameLabel === usualFrame ? frameText : `${frameLabel} ${frameText}`
}
