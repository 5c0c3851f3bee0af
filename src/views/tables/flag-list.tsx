import { useId } from 'react'
import { toneOf } from '../bit-grid/bit-name'

/** One flag: how often it is set in two processes. */
export interface FlagRow {
  readonly bit: number
  readonly name: string
  /** How it is called by its reader, where the name is cut short. */
  readonly spoken: string
  /** Length of each bar, 0 to 1. */
  readonly bars: readonly [number, number]
  readonly texts: readonly [string, string]
  readonly differs: boolean
}

interface Props {
  readonly rows: readonly FlagRow[]
  /** Names of the two processes: the hollow bar's, then the solid one's. Null while the first is still to come. */
  readonly heads: readonly [string | null, string]
  readonly selected: number
  readonly onSelect: (bit: number) => void
}

/** The flags: which one colours the squares, and how often each is set. Legend, selector and chart in one. */
export function FlagList({ rows, heads, selected, onSelect }: Props) {
  const id = useId()
  return (
    <div role="radiogroup" aria-labelledby={`${id}head`} className="flag-list">
      <p className="flag-head">
        <span id={`${id}head`}>colour by</span>
        <span className="flag-sides" aria-hidden="true">
          <Side hollow name={heads[0] ?? '–'} />
          <Side hollow={false} name={heads[1]} />
        </span>
      </p>
      {rows.map((row) => (
        <label key={row.bit} className={`flag-row flag-tone-${toneOf(row.bit)}`}>
          <input
            type="radio"
            name={id}
            className="flag-radio"
            checked={row.bit === selected}
            aria-label={labelOf(row, heads)}
            onChange={() => onSelect(row.bit)}
          />
          <span className="flag-name" aria-hidden="true">
            {row.name}
          </span>
          <span className="flag-bars" aria-hidden="true">
            {heads[0] !== null && <span className="flag-bar flag-hollow" style={{ width: lengthOf(row.bars[0]) }} />}
            <span className="flag-bar flag-solid" style={{ width: lengthOf(row.bars[1]) }} />
          </span>
          <span className="flag-number" aria-hidden="true" data-differs={row.differs}>
            {heads[0] === null ? '–' : row.texts[0]}
          </span>
          <span className="flag-number" aria-hidden="true" data-differs={row.differs}>
            {row.texts[1]}
          </span>
        </label>
      ))}
    </div>
  )
}

const Side = ({ hollow, name }: { readonly hollow: boolean; readonly name: string }) => (
  <span className="flag-side">
    <span className={`flag-key ${hollow ? 'flag-hollow' : 'flag-solid'}`} />
    {name}
  </span>
)

/** A bar of nothing is still a line, so that its place can be seen. */
const lengthOf = (share: number): string => `max(2px, ${(share * 100).toFixed(2)}%)`

const labelOf = ({ spoken, texts }: FlagRow, heads: Props['heads']): string =>
  heads[0] === null ? `${spoken}: ${texts[1]}` : `${spoken}: ${texts[0]} ${heads[0]}, ${texts[1]} ${heads[1]}`
