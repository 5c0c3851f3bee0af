import type { TapeLayout } from './tape-layout'
import { FLAGS, PAIR_FOOT, RULER } from './tape-places'

interface Props {
  /** The column that first differs, and that at which the ways part; null where there is none. */
  readonly first: number | null
  readonly parting: number | null
  readonly layout: TapeLayout
  readonly right: number
  readonly measure: (text: string) => number
}

const FIRST = 'first difference'
const PARTING = 'the ways part'
const IDENTICAL = 'identical'
/** From a flag's line to its words. */
const POLE = 24

/** A dashed line with a flag before the first difference, another where the ways part if that is later. */
export function TapeFlags({ first, parting, layout, right, measure }: Props) {
  const before = (column: number) => layout.x[column]! - Math.max(2, layout.pitch / 2)
  const at = first === null ? null : before(first)
  const later = parting !== null && parting !== first ? before(parting) : null
  const from = layout.start + 6
  const to = (at ?? layout.x.at(-1) ?? layout.start) - 4
  // Words that have no room behind their flag stand before it, if nothing else is said there.
  const toTheLeft = at !== null && (later ?? right) - at <= POLE + measure(FIRST) && to - from > measure(FIRST) + 8
  return (
    <g>
      {to - from >= 8 && <Bracket from={from} to={to} />}
      {!toTheLeft && to - from > measure(IDENTICAL) + 8 && (
        <text x={(from + to) / 2} y={FLAGS + 11} textAnchor="middle" className="fill-ink-2 text-label">
          {IDENTICAL}
        </text>
      )}
      {at !== null && (
        <Flag at={at} words={FIRST} room={(later ?? right) - at} width={measure(FIRST)} before={toTheLeft} />
      )}
      {later !== null && (
        <Flag at={later} words={PARTING} room={right - later} width={measure(PARTING)} before={false} />
      )}
    </g>
  )
}

/** The bracket under what both worlds did alike. */
const Bracket = ({ from, to }: { readonly from: number; readonly to: number }) => (
  <path d={`M${from} ${FLAGS - 12}v6H${to}v-6`} fill="none" className="stroke-line" strokeWidth="1.5" />
)

interface FlagProps {
  readonly at: number
  readonly words: string
  /** How far the next flag, or the edge, is. */
  readonly room: number
  readonly width: number
  /** Do the words stand before the flag? */
  readonly before: boolean
}

const Flag = ({ at, words, room, width, before }: FlagProps) => (
  <>
    <path d={`M${at} ${RULER}V${PAIR_FOOT + 4}`} className="stroke-ink" strokeWidth="2" strokeDasharray="5 4" />
    <path d={`M${at} ${FLAGS - 7}h10l7 7l-7 7h-10z`} className="fill-ink" />
    {(before || room > POLE + width) && (
      <text
        x={before ? at - 8 : at + POLE}
        y={before ? FLAGS + 11 : FLAGS + 5}
        textAnchor={before ? 'end' : 'start'}
        className="fill-ink text-label font-semibold"
      >
        {words}
      </text>
    )}
  </>
)
