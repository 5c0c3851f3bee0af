import type { TapeMark } from '../../trace/tape-marks'
import { FOOT, LANE_Y, RULER } from './tape-places'

const FILL: Record<TapeMark['tone'], string> = {
  present: 'fill-present',
  normal: 'fill-normal',
  numa: 'fill-numa',
  xen: 'fill-hatch',
  hand: 'fill-ink',
}

interface Props {
  readonly mark: TapeMark
  readonly x: number
  /** Width and height. */
  readonly size: number
  /** Filled once it has happened, hollow while it is to come. */
  readonly past: boolean
  /** Id of the hatch to fill Xen's marks with. */
  readonly hatch: string
}

/** One step on its actor's lane, in the shape that its station has. */
export function TapeMarkShape({ mark, x, size, past, hatch }: Props) {
  if (mark.lane === 'hand') return <HandMark x={x} past={past} />
  const y = LANE_Y[mark.lane]
  const half = size / 2
  const look = past ? FILL[mark.tone] : 'fill-bg stroke-idle-rail'
  const stroke = past && mark.shape !== 'hatch' ? 0 : 1.5
  const inset = stroke / 2
  const side = size - stroke
  const box = { x: x - half + inset, y: y - half + inset, width: side, height: side }
  switch (mark.shape) {
    case 'circle':
      return <circle cx={x} cy={y} r={half - inset} className={look} strokeWidth={stroke} />
    case 'diamond': {
      const reach = half * 1.2 - inset
      const path = `M${x} ${y - reach}l${reach} ${reach}l${-reach} ${reach}l${-reach} ${-reach}z`
      return <path d={path} className={look} strokeWidth={stroke} />
    }
    case 'hatch':
      return <HatchMark box={box} past={past} hatch={hatch} />
    case 'square':
      return <rect {...box} className={look} strokeWidth={stroke} />
  }
}

/** The reader's hand is in no lane: a flag across all of them. */
const HandMark = ({ x, past }: { readonly x: number; readonly past: boolean }) => (
  <g className={past ? 'stroke-ink' : 'stroke-idle-rail'} strokeWidth="1.5">
    <path d={`M${x} ${RULER}V${FOOT}`} strokeDasharray="3 3" />
    <rect x={x - 4} y={RULER - 4} width="8" height="8" className={past ? 'fill-ink' : 'fill-bg'} />
  </g>
)

interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Hatched once it has happened; to come, a hollow box with a single stroke of the hatch. */
const HatchMark = ({ box, past, hatch }: { readonly box: Box; readonly past: boolean; readonly hatch: string }) => (
  <g className={past ? 'stroke-ink' : 'stroke-idle-rail'} strokeWidth="1.5">
    <rect {...box} className="fill-bg" />
    {past ? (
      <rect {...box} fill={`url(#${hatch})`} />
    ) : (
      <path d={`M${box.x} ${box.y + box.height}l${box.width} ${-box.height}`} />
    )}
  </g>
)
