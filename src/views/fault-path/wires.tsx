import { asks, type Predicate } from '../../arch/predicate'
import { PRESENT, PROTNONE } from '../../arch/pte'
import { NUMA } from '../../kernel/linux-pte'
import { pathOf, type Geometry, type Point } from './geometry'

interface WiresProps {
  readonly geometry: Geometry
  readonly predicate: Predicate
  /** Low half of the entry at hand. */
  readonly word: number
  /** Undersides of the three cells of the word from which wires may leave. */
  readonly cells: { readonly present: Point; readonly bit8: Point; readonly bit9: Point }
  /** Lowest line that wires have to themselves. */
  readonly low: number
}

/**
 * The wires from the word to the switch. The bug is a missing one: a bit that the test does not ask ends in the air.
 */
export function Wires({ geometry, predicate, word, cells, low }: WiresProps) {
  const asked = asks(predicate)
  const { x, y, size } = geometry.switchBox
  // Level with the foot of the cell where the switch allows it.
  const upper = Math.min(Math.max(cells.present.y - 8, y + size * 0.2), y + size * 0.4)
  const lower = y + size * 0.72
  // In a tall window both wires enter at one height: their words then stand beside each other.
  const beside = Math.abs(upper - low - 6) < 24
  return (
    <g>
      <PresentWire from={cells.present} to={{ x, y: upper }} asked={(asked & PRESENT) !== 0} />
      <AliasWire from={cells.bit8} to={{ x, y: lower }} low={low} asked={(asked & PROTNONE) !== 0} />
      {(asked & NUMA) !== 0 && (
        <PlainWire from={cells.bit9} along={cells.bit8.x - 9} to={{ x, y: y + size * 0.9 }} low={low + 12} />
      )}
      <text className="fp-text fp-strong" x={x - (beside ? 120 : 46)} y={low - 6} textAnchor="end">
        {meaning(predicate, asked, word)}
      </text>
    </g>
  )
}

/** What the kernel takes bit 8 for, in a few words on the wire. */
export function meaning(predicate: Predicate, asked: number, word: number): string {
  if (predicate.form === 'never') return 'no test is built in'
  if (!(asked & PROTNONE)) return 'bit 8 is not asked'
  if (asked & NUMA) return 'bit 9 is the hint'
  if (!(asked & PRESENT)) return word & PROTNONE ? 'read as PROTNONE' : 'bit 8 is 0: no hint'
  return 'PROTNONE only if PRESENT = 0'
}

function PresentWire({ from, to, asked }: { readonly from: Point; readonly to: Point; readonly asked: boolean }) {
  const down = wayOut(from, to.y)
  if (asked) {
    return (
      <>
        <path className="fp-wire fp-wire-present" d={pathOf([...down, to], 8)} />
        <text className="fp-text fp-strong" x={to.x - 12} y={to.y - 10} textAnchor="end">
          asked
        </text>
      </>
    )
  }
  const end = to.x - 64
  return (
    <>
      <path className="fp-wire fp-wire-present" d={pathOf([...down, { x: end, y: to.y }], 8)} />
      <path className="fp-wire fp-wire-present" d={`M${end} ${to.y - 8}V${to.y + 8}`} />
      <path className="fp-socket" d={`M${end + 40} ${to.y - 8}v16M${end + 40} ${to.y}H${to.x}`} />
      <text className="fp-text fp-strong" x={to.x - 12} y={to.y - 14} textAnchor="end">
        not asked
      </text>
    </>
  )
}

/** From the cell to the height of the switch: down from its foot, out of its side, or round below where it stands lower. */
function wayOut(foot: Point, y: number): readonly Point[] {
  if (y <= foot.y - 2 && y > foot.y - 40) return [{ x: foot.x + 18, y }]
  const turn = { x: foot.x + 26, y: foot.y + 12 }
  if (y >= turn.y) return [foot, { x: foot.x, y }]
  return [foot, { x: foot.x, y: turn.y }, turn, { x: turn.x, y }]
}

interface LowWireProps {
  readonly from: Point
  readonly to: Point
  readonly low: number
}

function AliasWire({ from, to, low, asked }: LowWireProps & { readonly asked: boolean }) {
  const riser = to.x - 34
  const cut = riser - 90
  const run = asked ? [{ x: riser, y: low }, { x: riser, y: to.y }, to] : [{ x: cut, y: low }]
  const d = pathOf([from, { x: from.x, y: low }, ...run], 12)
  const stop = `M${cut} ${low - 8}v16`
  return (
    <>
      <path className="fp-wire fp-wire-alias-outer" d={d} />
      <path className="fp-wire fp-wire-alias-core" d={d} />
      {!asked && (
        <>
          <path className="fp-wire fp-wire-alias-outer" d={stop} />
          <path className="fp-socket" fill="none" d={`M${cut + 40} ${low - 8}v16m0 -8H${riser}V${to.y}H${to.x}`} />
        </>
      )}
    </>
  )
}

/** Goes down beside the wire of bit 8, where no name tag stands. */
function PlainWire({ from, along, to, low }: LowWireProps & { readonly along: number }) {
  const corners = [
    from,
    { x: from.x, y: from.y + 5 },
    { x: along, y: from.y + 5 },
    { x: along, y: low },
    { x: to.x - 20, y: low },
    { x: to.x - 20, y: to.y },
    to,
  ]
  return <path className="fp-wire fp-wire-plain" d={pathOf(corners, 10)} />
}
