import { bitOf, groupedHex, has, PRESENT, type Pte } from '../../arch/pte'
import { toneOf } from '../bit-grid/bit-name'

/** One entry on the way from the root to a page. */
export interface LevelStop {
  readonly key: string
  /** 'PMD 14'. */
  readonly name: string
  /** The word in memory; null for a level that the way does not reach. */
  readonly entry: Pte | null
  /** The bits are flags. */
  readonly flags: boolean
  /** How they read: 'P RW US A D'. */
  readonly text: string
  readonly selected: boolean
}

interface Props {
  readonly stops: readonly LevelStop[]
  readonly onSelect: (stop: number) => void
}

const LOW_FLAGS = [11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0]

/** The way from the root to the selected entry: each level's word, its flags in the same columns. */
export function LevelStrip({ stops, onSelect }: Props) {
  return (
    <ol aria-label="The way from the root" className="level-strip">
      {stops.map((stop, index) => (
        <li key={stop.key}>
          {stop.entry ? (
            <button type="button" aria-pressed={stop.selected} className="level-stop" onClick={() => onSelect(index)}>
              <span className="level-line">
                <span className="level-name">{stop.name}</span>
                <span className="level-word">{groupedHex(stop.entry)}</span>
              </span>
              <span className="level-line">
                <Flags entry={stop.entry} flags={stop.flags} />
                <span className="level-text">{stop.text}</span>
              </span>
            </button>
          ) : (
            <p className="level-stop level-absent">{stop.name}: the way ends above</p>
          )}
        </li>
      ))}
    </ol>
  )
}

/** The low twelve bits as cells of a row: hollow 0, filled 1, bit 8 double. */
function Flags({ entry, flags }: { readonly entry: Pte; readonly flags: boolean }) {
  return (
    <span aria-hidden="true" className="level-bits">
      {LOW_FLAGS.map((bit) => (
        <span
          key={bit}
          className={`level-bit flag-tone-${toneOf(bit)}`}
          data-value={flags ? bitOf(entry, bit) : undefined}
          data-shut={bit === 8 && !has(entry, PRESENT) ? true : undefined}
        />
      ))}
    </span>
  )
}
