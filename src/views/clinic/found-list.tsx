import { groupedHex, type Pte } from '../../arch/pte'
import { quadrant } from '../../arch/predicate'
import { QuadrantGlyph } from './quadrant-glyph'

/** An entry as a line of the list. */
export interface FoundRow {
  readonly index: number
  readonly word: Pte
  /** `PTE, present, bit 8 = 1`. */
  readonly says: string
}

interface Props {
  readonly rows: readonly FoundRow[]
  readonly selected: number
  readonly onSelect: (index: number) => void
}

/** The entries that were found, one to be looked at. */
export function FoundList({ rows, selected, onSelect }: Props) {
  return (
    <ul aria-label="Entries found" className="clinic-found">
      {rows.map(({ index, word, says }) => (
        <li key={index}>
          <button type="button" aria-pressed={index === selected} onClick={() => onSelect(index)}>
            <QuadrantGlyph quadrant={quadrant(word.lo)} size={36} />
            <span>
              <code>{groupedHex(word)}</code>
              <span className="clinic-found-says">{says}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
