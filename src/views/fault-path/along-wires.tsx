import { asks, type Predicate } from '../../arch/predicate'
import { PRESENT, PROTNONE } from '../../arch/pte'
import { pathOf, type Geometry, type Point } from './geometry'
import { meaning } from './wires'

interface Props {
  readonly geometry: Geometry
  readonly predicate: Predicate
  /** Low half of the entry at hand. */
  readonly word: number
  /** Undersides of the two cells of the word from which wires leave. */
  readonly cells: { readonly present: Point; readonly bit8: Point }
  /** Highest line that wires have to themselves. */
  readonly low: number
}

/** The wires from the word down to a switch below it. The one that is missing is the bug. */
export function AlongWires({ geometry, predicate, word, cells, low }: Props) {
  const { x, y, size } = geometry.switchBox
  const asked = asks(predicate)
  return (
    <g>
      <Wire
        of="present"
        from={cells.present}
        to={{ x: x + size * 0.74, y }}
        low={low}
        asked={(asked & PRESENT) !== 0}
      />
      <Wire of="alias" from={cells.bit8} to={{ x: x + size * 0.26, y }} low={low} asked={(asked & PROTNONE) !== 0} />
      <text className="fp-text fp-strong" x={cells.bit8.x - 12} y={low + 5} textAnchor="end">
        {meaning(predicate, asked, word)}
      </text>
    </g>
  )
}

interface WireProps {
  readonly of: 'present' | 'alias'
  readonly from: Point
  readonly to: Point
  readonly low: number
  readonly asked: boolean
}

/** Down from the cell, along to the switch, and in; one that is not asked ends in the air. */
function Wire({ of, from, to, low, asked }: WireProps) {
  const side = Math.sign(from.x - to.x)
  const cut = to.x + side * 78
  const corners = [from, { x: from.x, y: low }, ...(asked ? [{ x: to.x, y: low }, to] : [{ x: cut, y: low }])]
  const socket = `M${cut - side * 36} ${low - 8}v16m0 -8H${to.x}V${to.y}`
  const d = pathOf(corners, 10)
  return (
    <>
      {of === 'alias' ? (
        <>
          <path className="fp-wire fp-wire-alias-outer" d={d} />
          <path className="fp-wire fp-wire-alias-core" d={d} />
        </>
      ) : (
        <path className="fp-wire fp-wire-present" d={d} />
      )}
      {asked ? (
        of === 'present' && (
          <text className="fp-text fp-strong" x={to.x + 12} y={low + 20}>
            asked
          </text>
        )
      ) : (
        <>
          <path
            className={of === 'alias' ? 'fp-wire fp-wire-alias-outer' : 'fp-wire fp-wire-present'}
            d={`M${cut} ${low - 8}v16`}
          />
          <path className="fp-socket" fill="none" d={socket} />
          <text className="fp-text fp-strong" x={cut - side * 18} y={low + 26} textAnchor="middle">
            not asked
          </text>
        </>
      )}
    </>
  )
}
