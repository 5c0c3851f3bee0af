import type { TapeGroup } from '../../trace/tape-marks'
import type { TapeLayout } from './tape-layout'
import { LABELS, RULER } from './tape-places'

/** From a separator to its label. */
const INDENT = 6

interface Props {
  readonly groups: readonly TapeGroup[]
  readonly layout: TapeLayout
  readonly right: number
  readonly measure: (text: string) => number
  /** Where separators end. */
  readonly foot: number
}

/** What was chosen, above its ticks, with a line where one choice ends and the next begins. */
export function TapeLabels({ groups, layout, right, measure, foot }: Props) {
  return (
    <>
      {layout.groups.map(({ left, right: end }, index) => (
        <path key={index} d={separator(left, index > 0 && end - left >= CROWDED, foot)} className="stroke-line" />
      ))}
      {placeLabels(groups, layout, right, measure).map(({ text, x, current }) => (
        <text
          key={x}
          x={x}
          y={LABELS}
          strokeWidth="6"
          className={`stroke-bg text-label [paint-order:stroke] ${current ? 'fill-ink font-semibold' : 'fill-ink-2'}`}
        >
          {text}
        </text>
      ))}
    </>
  )
}

/** Groups narrower than this have a mark on the ruler only: lines from top to foot would hide the ticks. */
const CROWDED = 20

const separator = (x: number, tall: boolean, foot: number): string =>
  tall ? `M${x} 0V${foot}` : `M${x} ${RULER - 4}V${RULER}`

interface Label {
  readonly text: string
  readonly x: number
  readonly width: number
  readonly current: boolean
}

/** The current group's label always stands in full; others stand in full, in short or not at all, as they have room. */
export function placeLabels(
  groups: readonly TapeGroup[],
  layout: TapeLayout,
  right: number,
  measure: Props['measure'],
): readonly Label[] {
  const now = groups.findIndex(({ current }) => current)
  const placed: Label[] = []
  const order = [now, ...groups.keys()].filter((index, at) => index >= 0 && (at === 0 || index !== now))
  for (const index of order) {
    const { label, short, current } = groups[index]!
    const edges = layout.groups[index]!
    for (const text of current ? [label] : [label, short]) {
      const width = measure(text)
      const x = current ? Math.max(0, Math.min(edges.left + INDENT, right - width)) : edges.left + INDENT
      const fits = current || x + width <= edges.right
      const free = placed.every((other) => x + width + INDENT <= other.x || other.x + other.width + INDENT <= x)
      if (!fits || !free) continue
      placed.push({ text, x, width, current })
      break
    }
  }
  return placed
}
