import type { Point } from './geometry'
import type { Shape } from './stations'

interface StationMarkProps {
  readonly at: Point
  readonly shape: Shape
  readonly passed: boolean
  /** Half of the mark's width. */
  readonly size?: number
}

/** The sign of one station: filled once passed, hollow before. */
export function StationMark({ at: { x, y }, shape, passed, size = 8 }: StationMarkProps) {
  const data = { className: 'fp-mark', 'data-passed': passed, 'data-shape': shape }
  switch (shape) {
    case 'question':
      return (
        <path {...data} d={`M${x} ${y - size - 2}L${x + size + 2} ${y}L${x} ${y + size + 2}L${x - size - 2} ${y}Z`} />
      )
    case 'numa':
      return <circle {...data} cx={x} cy={y} r={size + 2} />
    case 'xen':
      return <HatchedSquare x={x} y={y} size={size + 1} passed={passed} />
    case 'switch':
      return null
    case 'exit':
      return <path {...data} d={`M${x + size} ${y - size - 1}L${x - size} ${y}L${x + size} ${y + size + 1}Z`} />
    default:
      return <rect {...data} x={x - size} y={y - size} width={2 * size} height={2 * size} />
  }
}

function HatchedSquare({ x, y, size, passed }: Point & { readonly size: number; readonly passed: boolean }) {
  const inner = size - 2
  const lines = [-0.5, 0, 0.5].map((shift) => {
    const d = shift * 2 * inner
    const from = { x: x - inner + Math.max(0, d), y: y + inner + Math.min(0, d) }
    const to = { x: x + inner + Math.min(0, d), y: y - inner + Math.max(0, d) }
    return `M${from.x} ${from.y}L${to.x} ${to.y}`
  })
  return (
    <g>
      <rect
        className="fp-mark"
        data-passed={passed}
        data-shape="xen"
        x={x - size}
        y={y - size}
        width={2 * size}
        height={2 * size}
      />
      <path className="fp-hatch" data-passed={passed} d={lines.join('')} />
    </g>
  )
}
