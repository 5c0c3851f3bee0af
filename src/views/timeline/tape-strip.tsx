import { useId } from 'react'
import type { TapeMark } from '../../trace/tape-marks'
import { TapeMarkShape } from './tape-mark'
import { LANE_Y } from './tape-places'
import { TapeTicks } from './tape-ticks'

interface Props {
  readonly marks: readonly TapeMark[]
  /** Middle of each mark. */
  readonly x: readonly number[]
  /** Distance of two major marks. */
  readonly pitch: number
  /** How many ticks of this tape have happened. */
  readonly cursor: number
}

/** Below this distance a mark is no shape any more but a tick. */
const TICKS_BELOW = 6

/** One mark for each step of one world, on the lane of who acts. */
export function TapeStrip({ marks, x, pitch, cursor }: Props) {
  const hatch = useId()
  const isShape = (mark: TapeMark) => mark.lane === 'hand' || (!mark.minor && pitch >= TICKS_BELOW)
  const size = Math.max(5, Math.min(16, Math.round(pitch * 0.62)))
  return (
    <>
      <Hatch id={hatch} />
      <TapeTicks marks={marks.filter((mark) => !isShape(mark))} x={x} cursor={cursor} />
      {marks.filter(isShape).map((mark) => (
        <TapeMarkShape
          key={mark.tick}
          mark={mark}
          x={x[mark.tick]!}
          size={size}
          past={mark.tick < cursor}
          hatch={hatch}
        />
      ))}
    </>
  )
}

const Hatch = ({ id }: { readonly id: string }) => (
  <pattern id={id} width="4.5" height="4.5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <path d="M1 0V4.5" className="stroke-hatch" strokeWidth="1.8" />
  </pattern>
)

interface LanesProps {
  /** Where the lanes begin, right of their names. */
  readonly left: number
  readonly width: number
}

/** The lanes of one world: who acts. */
export const TapeLanes = ({ left, width }: LanesProps) =>
  (['CPU', 'Linux', 'Xen'] as const).map((lane) => (
    <g key={lane}>
      <text x={left - 12} y={LANE_Y[lane] + 5} textAnchor="end" className="fill-ink-2 text-label">
        {lane}
      </text>
      <path d={`M${left} ${LANE_Y[lane]}H${width}`} className="stroke-rule" strokeWidth="2" />
    </g>
  ))
