import type { TapeMark } from '../../trace/tape-marks'
import { LANE_Y } from './tape-places'

const STROKE: Record<TapeMark['tone'], string> = {
  present: 'stroke-present',
  normal: 'stroke-normal',
  numa: 'stroke-numa',
  xen: 'stroke-hatch',
  hand: 'stroke-ink',
}

/** Width of the columns in which ticks too close to tell apart are gathered. */
const COLUMN = 2

interface Props {
  readonly marks: readonly TapeMark[]
  readonly x: readonly number[]
  readonly cursor: number
}

/** Marks too narrow for a shape: thin ticks, the taller the more of them fall together. One path for each colour. */
export function TapeTicks({ marks, x, cursor }: Props) {
  return [...columns(marks, x, cursor)].map(([key, { past, tone, y, counts }]) => (
    <path
      key={key}
      d={ticksPath(counts, y, past)}
      strokeWidth="1.5"
      className={past ? STROKE[tone] : 'stroke-idle-rail'}
    />
  ))
}

interface Column {
  readonly past: boolean
  readonly tone: TapeMark['tone']
  readonly y: number
  /** How many ticks fall on each place. */
  readonly counts: Map<number, number>
}

function columns(marks: readonly TapeMark[], x: readonly number[], cursor: number): ReadonlyMap<string, Column> {
  const found = new Map<string, Column>()
  for (const { tick, lane, tone } of marks) {
    const past = tick < cursor
    const key = `${lane} ${tone} ${past}`
    if (!found.has(key)) found.set(key, { past, tone, y: LANE_Y[lane], counts: new Map() })
    const { counts } = found.get(key)!
    const place = Math.round(x[tick]! / COLUMN) * COLUMN
    counts.set(place, (counts.get(place) ?? 0) + 1)
  }
  return found
}

function ticksPath(counts: ReadonlyMap<number, number>, y: number, past: boolean): string {
  const parts = [...counts].map(([place, count]) => {
    const height = Math.min(18, (past ? 8 : 4) + 2 * count)
    return `M${place} ${y - height / 2}v${height}`
  })
  return parts.join('')
}
