import type { TapeLap, TapeLoop } from '../../trace/tape-marks'
import { BRACKET, FOOT, NARROW_RETURN, NARROW_WORDS, RETURN } from './tape-places'

interface Props {
  readonly loops: readonly TapeLoop[]
  readonly x: readonly number[]
  readonly left: number
  readonly right: number
  readonly measure: (text: string) => number
}

/** Brackets of the laps of closed loops; from the last one the way back, with words. */
export function TapeLoops({ loops, x, left, right, measure }: Props) {
  const last = loops.at(-1)
  return (
    <>
      {loops.flatMap(({ laps }) =>
        laps.map((lap) => <Bracket key={lap.from} lap={lap} from={x[lap.from]!} to={x[lap.to]!} measure={measure} />),
      )}
      {last && (
        <WayBack from={x[last.from]!} to={x[last.to]!} words={last.words} left={left} right={right} measure={measure} />
      )}
    </>
  )
}

/** Between two laps, so that each has ends of its own. */
const APART = 3

interface BracketProps {
  readonly lap: TapeLap
  readonly from: number
  readonly to: number
  readonly measure: (text: string) => number
}

function Bracket({ lap, from, to, measure }: BracketProps) {
  const text = `lap ${lap.number}`
  const half = measure(text) / 2 + 8
  const [start, end, middle] = [from + APART, to - APART, (from + to) / 2]
  const named = end - start > 2 * half + 16
  const line = named ? `H${middle - half}M${middle + half} ${BRACKET}H${end}` : `H${end}`
  return (
    <g>
      <path
        d={`M${start} ${FOOT + 2}V${BRACKET}${line}V${FOOT + 2}`}
        fill="none"
        strokeWidth="4"
        className={lap.endless ? 'stroke-loop' : 'stroke-line'}
      />
      {named && (
        <text x={middle} y={BRACKET + 5} textAnchor="middle" className="fill-ink text-label font-semibold">
          {text}
        </text>
      )}
    </g>
  )
}

interface WayBackProps {
  readonly from: number
  readonly to: number
  readonly words: string
  readonly left: number
  readonly right: number
  readonly measure: (text: string) => number
}

/** From the end of the last lap to where the state stood first. */
function WayBack({ from, to, words, left, right, measure }: WayBackProps) {
  const [start, end] = [from + APART, to - APART]
  const width = measure(words)
  const { middle, below, gap } = placeWords(start, end, width, left, right)
  const y = below ? NARROW_RETURN : RETURN
  const line = gap ? `H${middle + width / 2 + 8}M${middle - width / 2 - 8} ${y}H${start}` : `H${start}`
  return (
    <g>
      <path d={`M${end} ${BRACKET}V${y}${line}V${BRACKET + 10}`} fill="none" strokeWidth="4" className="stroke-loop" />
      <path d={`M${start} ${BRACKET}l-7 12h14z`} className="fill-loop" />
      <text
        x={middle}
        y={(below ? NARROW_WORDS : RETURN) + 5}
        textAnchor="middle"
        className="fill-ink text-label font-semibold"
      >
        {words}
      </text>
    </g>
  )
}

interface WordsPlace {
  readonly middle: number
  /** Under the line instead of on its height. */
  readonly below: boolean
  /** The words stand in a gap of the line. */
  readonly gap: boolean
}

/** Words stand in a gap of the line; beside a line too short for that; below it where there is no room beside. */
function placeWords(start: number, end: number, width: number, left: number, right: number): WordsPlace {
  const [half, air] = [width / 2, 12]
  if (end - start > width + 48) return { middle: (start + end) / 2, below: false, gap: true }
  if (start - air - width >= left) return { middle: start - air - half, below: false, gap: false }
  if (end + air + width <= right) return { middle: end + air + half, below: false, gap: false }
  return { middle: Math.max(half, Math.min((start + end) / 2, right - half)), below: true, gap: false }
}
