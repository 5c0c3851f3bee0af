import type { PointerEvent, ReactNode } from 'react'
import { useElementWidth } from './element-width'
import { cursorAt, type TapeLayout } from './tape-layout'
import { RULER } from './tape-places'

interface Props {
  readonly height: number
  /** Where the lanes begin, right of their names. */
  readonly left: number
  readonly cursor: number
  readonly length: number
  /** Where the cursor stands, for those who hear the tape. */
  readonly spoken: string
  readonly onSeek: (cursor: number) => void
  readonly layout: (width: number) => TapeLayout
  /** The picture, as SVG. */
  readonly children: (layout: TapeLayout, width: number) => ReactNode
}

/** What time is drawn on: click, drag, or use the slider. */
export function TapeSurface({ height, left, cursor, length, spoken, onSeek, layout, children }: Props) {
  const [ref, width] = useElementWidth<HTMLDivElement>()
  const places = layout(width)
  const seek = (event: PointerEvent<SVGSVGElement>) => {
    const at = cursorAt(places, event.clientX - event.currentTarget.getBoundingClientRect().left)
    if (at !== cursor) onSeek(at)
  }
  return (
    <div ref={ref} className="relative min-w-0 select-none" style={{ height }}>
      <svg
        width={width}
        height={height}
        aria-hidden="true"
        className="absolute inset-0 cursor-pointer touch-pan-y"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          seek(event)
        }}
        onPointerMove={(event) => event.buttons === 1 && seek(event)}
      >
        {width > 0 && children(places, width)}
      </svg>
      {/* Its thumb is the playhead: it stands where the tick stands, which a native thumb would not. */}
      <input
        type="range"
        aria-label="Time"
        min={0}
        max={length}
        value={cursor}
        aria-valuetext={spoken}
        onChange={(event) => onSeek(Number(event.target.value))}
        className="pointer-events-none absolute right-0 m-0 -outline-offset-1 appearance-none bg-transparent [&::-moz-range-thumb]:invisible [&::-moz-range-track]:invisible [&::-webkit-slider-thumb]:invisible"
        style={{ top: RULER - 9, height: 18, left: left - 8, width: `calc(100% - ${left - 8}px)` }}
      />
    </div>
  )
}
