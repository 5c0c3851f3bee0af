import type { Point } from './geometry'
import type { Shape } from './stations'

interface StationMarkProps {
  readonly at: Point
  readonly shape: Shape
  readonly passed: boolean
  /** Half of the mark's width. */
  readonly size?: number
  /** How much farther it reaches to either side, so that two tracks pass through it. */
  readonly stretch?: Point
}

const ONE_TRACK: Point = { x: 0, y: 0 }

/** The sign of one station: filled once passed, hollow before. */
export function StationMark({ at: { x, y }, shape, passed, size = 8, stretch = ONE_TRACK }: StationMarkProps) {
  const data = { className: 'fp-mark', 'data-passed': passed, 'data-shape': shape }
  const { x: wide, y: tall } = stretch
  switch (shape) {
    case 'question':
      return <path {...data} d={diamond(x, y, size + 2, stretch)} />
    case 'numa':
      return <rect {...data} {...box(x, y, size + 2, stretch)} rx={size + 2} />
    case 'xen':
      return <HatchedBox {...box(x, y, size + 1, stretch)} passed={passed} />
    case 'switch':
      return null
    case 'exit':
      return (
        <path
          {...data}
          d={`M${x + size + wide} ${y - size - 1 - tall}L${x - size} ${y}L${x + size + wide} ${y + size + 1 + tall}Z`}
        />
      )
    default:
      return <rect {...data} {...box(x, y, size, stretch)} />
  }
}

interface MarkBox extends Point {
  readonly width: number
  readonly height: number
}

const box = (x: number, y: number, size: number, { x: wide, y: tall }: Point): MarkBox => ({
  x: x - size - wide,
  y: y - size - tall,
  width: 2 * (size + wide),
  height: 2 * (size + tall),
})

/** A diamond, drawn out along a line where two tracks pass through it. */
function diamond(x: number, y: number, size: number, { x: wide, y: tall }: Point): string {
  const [left, right, top, foot] = [x - wide, x + wide, y - tall, y + tall]
  return `M${left} ${top - size}H${right}L${right + size} ${top}V${foot}L${right} ${foot + size}H${left}L${left - size} ${foot}V${top}Z`
}

function HatchedBox({ passed, ...outer }: MarkBox & { readonly passed: boolean }) {
  const x = outer.x + 2
  const foot = outer.y + outer.height - 2
  const [width, height] = [outer.width - 4, outer.height - 4]
  const step = Math.min(width, height) / 2
  const lines: string[] = []
  // Each line rises from the foot to the right; what would leave the box is cut off.
  for (let from = step - height; from < width - 0.5; from += step) {
    const to = Math.min(width, from + height)
    lines.push(`M${x + Math.max(0, from)} ${foot - Math.max(0, -from)}L${x + to} ${foot - (to - from)}`)
  }
  return (
    <g>
      <rect className="fp-mark" data-passed={passed} data-shape="xen" {...outer} />
      <path className="fp-hatch" data-passed={passed} d={lines.join('')} />
    </g>
  )
}
