import { holds, type Predicate } from '../../arch/predicate'
import { QuadrantTable } from '../ui/quadrant-table'

interface Props {
  readonly predicate: Predicate
  readonly onPaint: (quadrant: number) => void
  /** What entries of a quadrant are, where there is room to say it; by quadrant, as in predicate.ts. */
  readonly notes?: readonly string[]
  /** The quadrant whose answer was found to be wrong; null where none was. */
  readonly wrong?: number | null
}

/** The reader's own test as a square of four buttons, each as large as a finger. */
export const PaintSquare = (props: Props) => (
  <QuadrantTable className="paint-square" caption="Your test: where does it say yes?">
    {(quadrant) => <Square {...props} quadrant={quadrant} />}
  </QuadrantTable>
)

function Square({ predicate, onPaint, notes, wrong, quadrant }: Props & { readonly quadrant: number }) {
  const [present, bit8] = [quadrant >> 1, quadrant & 1]
  const yes = holds(predicate, present | (bit8 << 8))
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
