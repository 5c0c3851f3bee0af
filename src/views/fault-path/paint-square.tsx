import { holds, type Predicate } from '../../arch/predicate'

interface Props {
  readonly predicate: Predicate
  readonly onPaint: (quadrant: number) => void
  /** What entries of a quadrant are, where there is room to say it; by quadrant, as in predicate.ts. */
  readonly notes?: readonly string[]
  /** The quadrant whose answer was found to be wrong; null where none was. */
  readonly wrong?: number | null
}

/** The reader's own test as a square of four buttons, each as large as a finger. */
export function PaintSquare(props: Props) {
  return (
    <table className="paint-square">
      <caption>Your test: where does it say yes?</caption>
      <thead>
        <tr>
          <th>
            <span className="sr-only">PRESENT</span>
          </th>
          <th scope="col">bit 8 = 0</th>
          <th scope="col">bit 8 = 1</th>
        </tr>
      </thead>
      <tbody>
        {[1, 0].map((present) => (
          <tr key={present}>
            <th scope="row">PRESENT = {present}</th>
            {[0, 1].map((bit8) => (
              <td key={bit8}>
                <Square {...props} present={present} bit8={bit8} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Square({
  predicate,
  onPaint,
  notes,
  wrong,
  ...bits
}: Props & { readonly present: number; readonly bit8: number }) {
  const { present, bit8 } = bits
  const yes = holds(predicate, present | (bit8 << 8))
  const quadrant = 2 * present + bit8
  const note = notes?.[quadrant]
  return (
    <button
      type="button"
      aria-pressed={yes}
      aria-label={`Your test for PRESENT ${present} and bit 8 ${bit8}: ${yes ? 'yes, a hint' : 'no hint'}${note ? `. Here: ${note}` : ''}`}
      data-wrong={quadrant === wrong}
      onClick={() => onPaint(quadrant)}
    >
      {yes ? 'yes' : 'no'}
      {note && <span>{note}</span>}
    </button>
  )
}
