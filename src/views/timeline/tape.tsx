import { useMemo } from 'react'
import type { Scene } from '../../trace/scene'
import { spokenTime, tapeMarks, type TapePicture } from '../../trace/tape-marks'
import { TapeLabels } from './tape-labels'
import { layoutTape, type TapeLayout } from './tape-layout'
import { TapeLoops } from './tape-loops'
import { FOOT, HEIGHT, LANES_LEFT, LANE_Y, MARGIN_RIGHT, RULER } from './tape-places'
import { TapeLanes, TapeStrip } from './tape-strip'
import { TapeSurface } from './tape-surface'
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
  const measure = useTextWidth()
  const picture = useMemo(() => tapeMarks(scene, page), [scene, page])
  const labels = picture.groups.map(({ label }) => measure(label))
  const kept = (width: number) => (ending !== undefined && width >= ROOMY ? measure(ending) + ENDING_INDENT : 0)
  return (
    <TapeSurface
      height={HEIGHT}
      left={LANES_LEFT}
      cursor={scene.cursor}
      length={picture.marks.length}
      spoken={spokenTime(picture.marks, scene.cursor)}
      onSeek={onSeek}
      layout={(width) =>
        layoutTape(picture.marks, picture.groups, labels, LANES_LEFT, width - MARGIN_RIGHT - kept(width))
      }
    >
      {(layout, width) => <Picture {...{ picture, layout, width, measure, ending }} cursor={scene.cursor} />}
    </TapeSurface>
  )
}

interface PictureProps {
  readonly picture: TapePicture
  readonly layout: TapeLayout
  readonly cursor: number
  readonly width: number
  readonly measure: (text: string) => number
  readonly ending: string | undefined
}

function Picture({ picture, layout, cursor, width, measure, ending }: PictureProps) {
  const { marks, groups, loops } = picture
  const head = layout.x[cursor - 1] ?? layout.start
  const end = layout.x.at(-1) ?? layout.start
  const right = width - MARGIN_RIGHT
  const said = ending !== undefined && cursor === marks.length && end + ENDING_INDENT + measure(ending) <= width
  return (
    <>
      <TapeLanes left={LANES_LEFT} width={width} />
      <TapeLabels groups={groups} layout={layout} right={right} measure={measure} foot={FOOT} />
      <path d={`M${LANES_LEFT} ${RULER}H${width}`} className="stroke-idle-rail" strokeWidth="2" />
      <path d={`M${LANES_LEFT} ${RULER}H${head}`} className="stroke-ink" strokeWidth="2" />
      <path d={`M${head} ${RULER}V${FOOT}`} className="stroke-ink" strokeWidth="2" />
      <TapeStrip marks={marks} x={layout.x} pitch={layout.pitch} cursor={cursor} />
      <TapeLoops loops={loops} x={layout.x} left={LANES_LEFT} right={right} measure={measure} />
      <path d={`M${head - 8} ${RULER - 7}h16l-8 12z`} className="fill-ink" />
      {said && (
        <text
          x={end + ENDING_INDENT}
          y={LANE_Y.CPU + 5}
          strokeWidth="6"
          className="fill-ink stroke-bg text-label font-semibold [paint-order:stroke]"
        >
          {ending}
        </text>
      )}
    </>
  )
}
