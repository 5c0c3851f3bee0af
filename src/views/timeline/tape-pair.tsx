import { useMemo } from 'react'
import type { Lockstep } from '../../trace/lockstep'
import { pairMarks, spokenPair, type PairPicture } from '../../trace/pair-marks'
import type { Scene } from '../../trace/scene'
import { TapeFlags } from './tape-flags'
import { TapeLabels } from './tape-labels'
import { layoutTape, type TapeLayout } from './tape-layout'
import { LANE_Y, LANES_LEFT, MARGIN_RIGHT, PAIR_FOOT, PAIR_HEIGHT, PAIR_STEP, RULER } from './tape-places'
import { TapeLanes, TapeStrip } from './tape-strip'
import { TapeSurface } from './tape-surface'
import { useTextWidth } from './text-width'

interface Props {
  readonly both: Lockstep
  /** How many columns have happened. */
  readonly done: number
  readonly a: Scene
  readonly b: Scene
  /** The page that is looked at: walks over other pages are drawn narrow. */
  readonly page: number
  readonly onSeek: (done: number) => void
  /** How each world's tape ends, said behind its last mark once the playhead has come to it. */
  readonly endings: { readonly a: string; readonly b: string }
}

/** Room for the letter plate before the names of the lanes. */
const PLATE = 32
const LEFT = LANES_LEFT + PLATE
/** From the last mark to the ending. */
const INDENT = 16
/** A strip at least this wide keeps room for the endings. */
const ROOMY = 1000

/** Two time lines under one playhead; a flag stands where they first differ. */
export function TapePair({ both, done, a, b, page, onSeek, endings }: Props) {
  const measure = useTextWidth()
  const picture = useMemo(() => pairMarks(both, done, a, b, page), [both, done, a, b, page])
  const labels = picture.groups.map(({ label }) => measure(label))
  const ending = Math.max(measure(endings.a), measure(endings.b)) + INDENT
  return (
    <TapeSurface
      height={PAIR_HEIGHT}
      left={LEFT}
      cursor={done}
      length={both.columns.length}
      spoken={spokenPair(both, picture, done)}
      onSeek={onSeek}
      layout={(width) => {
        const right = width - MARGIN_RIGHT - (width >= ROOMY ? ending : 0)
        return layoutTape(picture.columns, picture.groups, labels, LEFT, right)
      }}
    >
      {(layout, width) => (
        <>
          <TapeLabels
            groups={picture.groups}
            layout={layout}
            right={width - MARGIN_RIGHT}
            measure={measure}
            foot={PAIR_FOOT}
          />
          <Playhead layout={layout} done={done} width={width} />
          <TapeFlags first={both.first} parting={both.parting} layout={layout} right={width} measure={measure} />
          {(['a', 'b'] as const).map((which) => (
            <Strip key={which} {...{ which, both, done, picture, layout, width }} ending={endings[which]} />
          ))}
        </>
      )}
    </TapeSurface>
  )
}

interface PartProps {
  readonly done: number
  readonly layout: TapeLayout
  readonly width: number
}

function Playhead({ done, layout, width }: PartProps) {
  const x = layout.x[done - 1] ?? layout.start
  return (
    <>
      <path d={`M${LEFT} ${RULER}H${width}`} className="stroke-idle-rail" strokeWidth="2" />
      <path d={`M${LEFT} ${RULER}H${x}`} className="stroke-ink" strokeWidth="2" />
      <path d={`M${x} ${RULER}V${PAIR_FOOT}`} className="stroke-ink" strokeWidth="2" />
      <path d={`M${x - 8} ${RULER - 7}h16l-8 12z`} className="fill-ink" />
      <path d={`M${x - 6} ${PAIR_FOOT + 6}h12l-6 -9z`} className="fill-ink" />
    </>
  )
}

interface StripProps extends PartProps {
  readonly which: 'a' | 'b'
  readonly both: Lockstep
  readonly picture: PairPicture
  readonly ending: string
}

/** One world's lanes, its loop if it is in one, and how it ends. */
function Strip({ which, both, done, picture, layout, width, ending }: StripProps) {
  const { marks, loops } = picture[which]
  const x = both.columns.flatMap((column, index) => (column[which] === null ? [] : [layout.x[index]!]))
  const taken = both.ticks[done]![which]
  const end = (x.at(-1) ?? layout.start) + INDENT
  return (
    <g transform={`translate(0 ${which === 'a' ? 0 : PAIR_STEP})`}>
      <TapeLanes left={LEFT} width={width} />
      <Plate letter={which === 'a' ? 'A' : 'B'} />
      {loops.map(({ from, to }) => (
        <path
          key={to}
          d={`M${x[from]} ${LOOP - 6}v6H${x[to]}v-6`}
          fill="none"
          strokeWidth="4"
          className="stroke-loop"
        />
      ))}
      <TapeStrip marks={marks} x={x} pitch={layout.pitch} cursor={taken} />
      {taken === marks.length && end < width - 40 && (
        <text
          x={end}
          y={LANE_Y.Linux + 5}
          strokeWidth="6"
          className="fill-ink stroke-bg text-label font-semibold [paint-order:stroke]"
        >
          {ending}
        </text>
      )}
    </g>
  )
}

/** The line under a proved loop. */
const LOOP = LANE_Y.Xen + 14

const Plate = ({ letter }: { readonly letter: string }) => (
  <g>
    <rect x="1" y={LANE_Y.Linux - 12} width="24" height="24" className="fill-none stroke-ink" strokeWidth="1.5" />
    <text x="13" y={LANE_Y.Linux + 5} textAnchor="middle" className="fill-ink text-label font-semibold">
      {letter}
    </text>
  </g>
)
