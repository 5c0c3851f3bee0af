import { quadrantsOf } from './quadrants'

interface Props {
  /** Bit q of `yes` answers for quadrant q, as in predicate.ts. */
  readonly yes: number
  readonly size: number
}

/** One of the sixteen tests as the 2×2: PRESENT 1 above 0, bit 8 0 left of 1. For a drawing; it has no name of its own. */
export function TestGlyph({ yes, size }: Props) {
  const cell = size / 2
  const side = cell - 2
  return [true, false].map((says) => {
    const squares = quadrantsOf(yes).filter((square) => square.says === says)
    if (squares.length === 0) return null
    const path = squares.map(({ column, row }) => `M${column * cell + 1} ${row * cell + 1}h${side}v${side}h-${side}z`)
    return <path key={`${says}`} className="proof-glyph" data-yes={says} d={path.join('')} />
  })
}

interface FrameProps {
  readonly quadrant: number
  readonly size: number
  /** Its answer was found to be wrong: a frame with a gap. */
  readonly wrong: boolean
}

/** A frame around the square that was asked. */
export function QuadrantFrame({ quadrant, size, wrong }: FrameProps) {
  const cell = size / 2
  const side = cell - 1
  return (
    <rect
      className="proof-asked"
      data-wrong={wrong}
      style={wrong ? { strokeDasharray: `${side * 3.4} ${side * 0.6}` } : undefined}
      x={(quadrant & 1) * cell + 0.5}
      y={(1 - (quadrant >> 1)) * cell + 0.5}
      width={side}
      height={side}
    />
  )
}
