import { useId, useMemo, type PointerEvent } from 'react'
import type { Scene } from '../../trace/scene'
import { spokenTime, tapeMarks, type TapeMark, type TapePicture } from '../../trace/tape-marks'
import { useElementWidth } from './element-width'
import { TapeLabels } from './tape-labels'
import { cursorAt, layoutTape, type TapeLayout } from './tape-layout'
import { TapeLoops } from './tape-loops'
import { TapeMarkShape } from './tape-mark'
import { FOOT, HEIGHT, LANES_LEFT, LANE_Y, MARGIN_RIGHT, RULER } from './tape-places'
import { TapeTicks } from './tape-ticks'
import { useTextWidth } from './text-width'

interface Props {
  readonly scene: Scene
  /** The page that is looked at: walks over other pages are drawn narrow. */
  readonly page: number
  readonly onSeek: (cursor: number) => void
  /**
   * How the tape ends, said behind its last mark once the cursor stands there. Given at every cursor, so that its room is
   * kept and nothing moves when it appears; on a narrow strip it stands only where there is room.
   */
  readonly ending?: string | undefined
}

/** A strip at least this wide keeps room for the ending. */
const ROOMY = 1000
/** From the last mark to the ending. */
const ENDING_INDENT = 20

/** The time line: who acts, one mark a step, closed loops below. Click, drag, or use the slider. */
export function Tape({ scene, page, onSeek, ending }: Props) {
  const [ref, width] = useElementWidth<HTMLDivElement>()
  const measure = useTextWidth()
  const picture = useMemo(() => tapeMarks(scene, page), [scene, page])
  const labels = picture.groups.map(({ label }) => measure(label))
  const kept = ending !== undefined && width >= ROOMY ? measure(ending) + ENDING_INDENT : 0
  const layout = layoutTape(picture.marks, picture.groups, labels, LANES_LEFT, width - MARGIN_RIGHT - kept)
  const length = picture.marks.length

  const seek = (event: PointerEvent<SVGSVGElement>) => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left
    const cursor = cursorAt(layout, at)
    if (cursor !== scene.cursor) onSeek(cursor)
  }
  return (
    <div ref={ref} className="relative min-w-0 select-none" style={{ height: HEIGHT }}>
      <svg
        width={width}
        height={HEIGHT}
        aria-hidden="true"
        className="absolute inset-0 cursor-pointer touch-pan-y"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          seek(event)
        }}
        onPointerMove={(event) => event.buttons === 1 && seek(event)}
      >
        {width > 0 && (
          <Strip
            picture={picture}
            layout={layout}
            cursor={scene.cursor}
            width={width}
            measure={measure}
            ending={ending}
          />
        )}
      </svg>
      {/* Its thumb is the playhead: it stands where the tick stands, which a native thumb would not. */}
      <input
        type="range"
        aria-label="Time"
        min={0}
        max={length}
        value={scene.cursor}
        aria-valuetext={spokenTime(picture.marks, scene.cursor)}
        onChange={(event) => onSeek(Number(event.target.value))}
        className="pointer-events-none absolute right-0 m-0 -outline-offset-1 appearance-none bg-transparent [&::-moz-range-thumb]:invisible [&::-moz-range-track]:invisible [&::-webkit-slider-thumb]:invisible"
        style={{ top: RULER - 9, height: 18, left: LANES_LEFT - 8, width: `calc(100% - ${LANES_LEFT - 8}px)` }}
      />
    </div>
  )
}

interface StripProps {
  readonly picture: TapePicture
  readonly layout: TapeLayout
  readonly cursor: number
  readonly width: number
  readonly measure: (text: string) => number
  readonly ending: string | undefined
}

/** Below this distance a mark is no shape any more but a tick. */
const TICKS_BELOW = 6

function Strip({ picture, layout, cursor, width, measure, ending }: StripProps) {
  const hatch = useId()
  const { marks, groups, loops } = picture
  const isShape = (mark: TapeMark) => mark.lane === 'hand' || (!mark.minor && layout.pitch >= TICKS_BELOW)
  const shapes = marks.filter(isShape)
  const ticks = marks.filter((mark) => !isShape(mark))
  const size = Math.max(5, Math.min(16, Math.round(layout.pitch * 0.62)))
  const head = layout.x[cursor - 1] ?? layout.start
  const end = layout.x.at(-1) ?? layout.start
  const right = width - MARGIN_RIGHT
  const said = ending !== undefined && cursor === marks.length && end + ENDING_INDENT + measure(ending) <= width
  return (
    <>
      <Hatch id={hatch} />
      <Lanes width={width} />
      <TapeLabels groups={groups} layout={layout} right={right} measure={measure} />
      <path d={`M${LANES_LEFT} ${RULER}H${width}`} className="stroke-idle-rail" strokeWidth="2" />
      <path d={`M${LANES_LEFT} ${RULER}H${head}`} className="stroke-ink" strokeWidth="2" />
      <path d={`M${head} ${RULER}V${FOOT}`} className="stroke-ink" strokeWidth="2" />
      <TapeTicks marks={ticks} x={layout.x} cursor={cursor} />
      {shapes.map((mark) => (
        <TapeMarkShape
          key={mark.tick}
          mark={mark}
          x={layout.x[mark.tick]!}
          size={size}
          past={mark.tick < cursor}
          hatch={hatch}
        />
      ))}
      <TapeLoops loops={loops} x={layout.x} left={LANES_LEFT} right={right} measure={measure} />
      <path d={`M${head - 8} ${RULER - 7}h16l-8 12z`} className="fill-ink" />
      {said && (
        <text x={end + ENDING_INDENT} y={LANE_Y.CPU + 5} className="fill-ink text-label font-semibold">
          {ending}
        </text>
      )}
    </>
  )
}

const Hatch = ({ id }: { readonly id: string }) => (
  <pattern id={id} width="4.5" height="4.5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
    <path d="M1 0V4.5" className="stroke-hatch" strokeWidth="1.8" />
  </pattern>
)

const Lanes = ({ width }: { readonly width: number }) =>
  (['CPU', 'Linux', 'Xen'] as const).map((lane) => (
    <g key={lane}>
      <text x={LANES_LEFT - 12} y={LANE_Y[lane] + 5} textAnchor="end" className="fill-ink-2 text-label">
        {lane}
      </text>
      <path d={`M${LANES_LEFT} ${LANE_Y[lane]}H${width}`} className="stroke-rule" strokeWidth="2" />
    </g>
  ))
