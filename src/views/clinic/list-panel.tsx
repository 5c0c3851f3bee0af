import { useMemo, useState } from 'react'
import { toHex } from '../../arch/pte'
import type { Listed, ListSummary, OddityId } from '../../clinic/list'
import { anyAddress } from '../../clinic/report'
import { EntrySquares } from './entry-squares'
import { countText } from '../../trace/count-text'

interface Props {
  readonly list: readonly Listed[]
  readonly summary: ListSummary
  readonly selected: number
  readonly onSelect: (index: number) => void
}

/** Rows drawn at once; more on demand. */
const ROWS = 100

/** Many entries: what is odd first, all of them from afar, and a table that can be narrowed down. */
export function ListPanel({ list, summary, selected, onSelect }: Props) {
  const [oddity, setOddity] = useState<OddityId | null>(null)
  const [filter, setFilter] = useState('')
  const [rows, setRows] = useState(ROWS)
  const { oddities, kinds, flags, quadrants, reader } = summary
  const chosen = oddities.find(({ id }) => id === oddity)
  const meant = useMemo(() => (chosen ? new Set(chosen.entries) : null), [chosen])
  const words = useMemo(() => list.map(({ word }) => word), [list])
  const found = useMemo(
    () => list.flatMap((entry, index) => (matches(entry, summary, index, filter, meant) ? [index] : [])),
    [list, summary, filter, meant],
  )
  return (
    <section aria-label="All entries" className="clinic-list">
      <h2 className="text-lead font-semibold">
        {countText(list.length)} entries, as {reader.title} reads them
      </h2>
      <ul aria-label="Oddities" className="clinic-odd">
        {oddities.map(({ id, title, why, entries }) => (
          <li key={id}>
            <button type="button" aria-pressed={oddity === id} onClick={() => setOddity(oddity === id ? null : id)}>
              <b>{countText(entries.length)}</b> {title}
            </button>
            <p>{why}</p>
          </li>
        ))}
        {oddities.length === 0 && <li>Nothing odd.</li>}
      </ul>
      <EntrySquares words={words} meant={meant} selected={selected} onSelect={onSelect} />
      <p className="text-label text-ink-2">
        Filled: PRESENT. Yellow: bit 8. {countText(quadrants[3])} have both, {countText(quadrants[1])} bit 8 alone,{' '}
        {countText(quadrants[2])} PRESENT alone, {countText(quadrants[0])} neither; tables and empty entries are left
        out.
      </p>
      <p className="text-label text-ink-2">
        {kinds.map(([name, count]) => `${countText(count)} ${name}`).join(', ')}. Flags:{' '}
        {flags.map(({ name, count }) => `${name} ${countText(count)}`).join(', ')}.
      </p>
      <label className="clinic-filter">
        Filter
        <input
          type="text"
          value={filter}
          placeholder="digits of a word or address, PMD, swap …"
          onChange={(event) => {
            setFilter(event.target.value)
            setRows(ROWS)
          }}
        />
        <span role="status">{countText(found.length)} shown</span>
      </label>
      <div className="clinic-scroll clinic-window">
        <table className="clinic-rows">
          <thead>
            <tr>
              <th scope="col">word</th>
              <th scope="col">level</th>
              <th scope="col">address</th>
              <th scope="col">what it is</th>
            </tr>
          </thead>
          <tbody>
            {found.slice(0, rows).map((index) => {
              const { word, level, address } = list[index]!
              return (
                <tr key={index} data-selected={index === selected}>
                  <td>
                    <button
                      type="button"
                      className="font-mono"
                      aria-pressed={index === selected}
                      onClick={() => onSelect(index)}
                    >
                      {toHex(word)}
                    </button>
                  </td>
                  <td>{level}</td>
                  <td>{address === null ? '–' : <code>{anyAddress(address)}</code>}</td>
                  <td>{whatItIs(summary, index)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {found.length > rows && (
        <button type="button" className="clinic-plain" onClick={() => setRows(rows + 10 * ROWS)}>
          {`Show more: ${countText(found.length - rows)} are left`}
        </button>
      )}
    </section>
  )
}

function whatItIs({ rows }: ListSummary, index: number): string {
  const { kind, shutBy, fields } = rows[index]!
  if (kind === 'note')
    return fields?.what === 'swap' ? `swap, slot 0x${fields.offset!.toString(16)}` : (fields?.what ?? kind)
  return shutBy ? `${kind}: ${shutBy}` : kind
}

function matches(
  { word, level, address }: Listed,
  summary: ListSummary,
  index: number,
  filter: string,
  meant: ReadonlySet<number> | null,
): boolean {
  if (meant && !meant.has(index)) return false
  const wanted = filter.trim().toLowerCase()
  if (wanted === '') return true
  const digits = wanted.replace(/^0x/, '')
  return (
    toHex(word).includes(digits) ||
    level.toLowerCase() === wanted ||
    (address !== null && anyAddress(address).includes(digits)) ||
    whatItIs(summary, index).includes(wanted)
  )
}
