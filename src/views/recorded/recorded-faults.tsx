import { useEffect, type CSSProperties } from 'react'
import { useElementWidth } from '../timeline/element-width'
import './recorded.css'

/** What is told of each fault, e.g. its error code. */
export interface RecordedColumn {
  readonly name: string
  /** Room for it, in characters. */
  readonly width: number
}

/** One column of one fault on both sides. A side that does not tell it is null. */
export interface RecordedCell {
  readonly recorded: string | null
  readonly model: string | null
  /** Null: not compared, for one side does not tell it. */
  readonly agrees: boolean | null
}

/** One recorded fault and the model's fault in the same place of the order. */
export interface RecordedRow {
  readonly id: string
  /** As it is called: 'fault 3', 'end'. */
  readonly name: string
  /** One for each column. */
  readonly cells: readonly RecordedCell[]
  /** Is there a place on the tape to go to? */
  readonly onTape: boolean
}

interface Props {
  /** Accessible name of the list. */
  readonly label: string
  readonly columns: readonly RecordedColumn[]
  /** Room for the name of a row, in characters. */
  readonly nameWidth?: number
  readonly rows: readonly RecordedRow[]
  /** Index of the row at which the playhead stands; null where it stands at none. */
  readonly current: number | null
  /** A row that is on the tape was chosen. */
  readonly onSeek: (row: number) => void
}

const SIDES = ['recorded', 'model'] as const
type SideName = (typeof SIDES)[number]
const TITLE: Record<SideName, string> = { recorded: 'Recorded', model: 'Model' }
const NONE: Record<SideName, string> = { recorded: 'not recorded', model: 'none in the model' }

/** Recorded faults beside the model's, row by row. The row at the playhead is marked; choosing a row goes there. */
export function RecordedFaults({ label, columns, nameWidth = 8, rows, current, onSeek }: Props) {
  const [box, width] = useElementWidth<HTMLDivElement>()
  useEffect(() => {
    if (current !== null) keepInView(box.current, current)
  }, [box, current])
  const widths = columns.map(({ width: characters }) => `${characters}ch`).join(' ')
  const form = formFor(width, columns, nameWidth)
  return (
    <div
      ref={box}
      role="table"
      aria-label={label}
      // It scrolls by keys too.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="recorded-list"
      data-form={form}
      style={{ '--recorded-columns': widths, '--recorded-name': `${nameWidth}ch` } as CSSProperties}
    >
      <div role="rowgroup" className="recorded-heads">
        <Heads columns={columns} />
      </div>
      <div role="rowgroup" className="recorded-rows">
        {rows.map((row, index) => (
          <Row key={row.id} {...{ row, columns }} current={index === current} onSeek={() => onSeek(index)} />
        ))}
      </div>
    </div>
  )
}

/** Width of a digit, at most, at the size of notes; gaps and edges of a row, and what its verdict needs. */
const DIGIT = 8
const GAP = 12
const AROUND = 4 + 2 * 8 + 3 * 28 + 96

/** Room for the name of a side that stands in front of its cells. */
const SIDE = 10 * DIGIT + GAP

/** Both sides on one line; one under the other; or each cell with its name, wrapped as text is. */
type Form = 'beside' | 'stacked' | 'wrapped'

function formFor(room: number, columns: readonly RecordedColumn[], nameWidth: number): Form {
  const cells = columns.reduce((sum, { width }) => sum + width * DIGIT + GAP, -GAP)
  // Before it is measured the list takes the form of a wide window.
  if (room === 0 || room >= AROUND + nameWidth * DIGIT + 2 * cells) return 'beside'
  return room >= SIDE + cells + 20 ? 'stacked' : 'wrapped'
}

function Heads({ columns }: { readonly columns: readonly RecordedColumn[] }) {
  return (
    <div role="row" className="recorded-row">
      <span role="columnheader" className="recorded-name">
        <span className="sr-only">fault</span>
      </span>
      {SIDES.map((side) => (
        <span role="presentation" key={side} className="recorded-cells" data-side={TITLE[side]}>
          {columns.map(({ name }, index) => (
            <span role="columnheader" key={name} className="recorded-head">
              <span className={index === 0 ? 'recorded-side' : 'sr-only'}>{TITLE[side]} </span>
              {/* Of a single column the rows themselves say what it tells. */}
              <span className={columns.length === 1 ? 'sr-only' : undefined}>{name}</span>
            </span>
          ))}
        </span>
      ))}
      <span role="columnheader" className="recorded-verdict">
        <span className="sr-only">verdict</span>
      </span>
    </div>
  )
}

interface RowProps {
  readonly row: RecordedRow
  readonly columns: readonly RecordedColumn[]
  readonly current: boolean
  readonly onSeek: () => void
}

function Row({ row: { name, cells, onTape }, columns, current, onSeek }: RowProps) {
  return (
    // The button in it does the same for keys.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      role="row"
      aria-current={current || undefined}
      data-on-tape={onTape || undefined}
      className="recorded-row"
      onClick={onTape ? onSeek : undefined}
    >
      <span role="rowheader" className="recorded-name">
        {onTape ? <button type="button">{name}</button> : name}
      </span>
      {SIDES.map((side) => (
        <span role="presentation" key={side} className="recorded-cells" data-side={TITLE[side]}>
          <Cells {...{ side, columns, cells }} />
        </span>
      ))}
      <span role="cell" className="recorded-verdict">
        {verdictOf(cells)}
      </span>
    </div>
  )
}

interface CellsProps {
  readonly side: SideName
  readonly columns: readonly RecordedColumn[]
  readonly cells: readonly RecordedCell[]
}

/** What one side tells of a fault; a side that tells nothing says so once. */
function Cells({ side, columns, cells }: CellsProps) {
  if (cells.every((cell) => cell[side] === null)) {
    return (
      <span role="cell" aria-colspan={columns.length} className="recorded-none">
        {NONE[side]}
      </span>
    )
  }
  return cells.map((cell, index) => (
    <span
      role="cell"
      key={columns[index]?.name}
      className="recorded-cell"
      data-column={columns[index]?.name}
      data-differs={cell.agrees === false || undefined}
    >
      {cell[side] ?? '–'}
    </span>
  ))
}

function verdictOf(cells: readonly RecordedCell[]): string {
  if (cells.some(({ agrees }) => agrees === false)) return '≠ differs'
  return cells.some(({ agrees }) => agrees) ? '= agrees' : 'not compared'
}

/** Scroll the list, and nothing but the list, until this row is in it. */
function keepInView(list: HTMLElement | null, index: number): void {
  const row = list?.querySelector('.recorded-rows')?.children[index]
  if (!list || !row) return
  const [box, place] = [list.getBoundingClientRect(), row.getBoundingClientRect()]
  const top = box.top + (list.querySelector('.recorded-heads')?.getBoundingClientRect().height ?? 0)
  if (place.top < top) list.scrollTop -= top - place.top
  else if (place.bottom > box.bottom) list.scrollTop += place.bottom - box.bottom
}
