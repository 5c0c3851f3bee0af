import type { TapeLane } from '../../trace/tape-marks'

/** Height of the strip and of everything in it, from the top, in pixels. */
export const HEIGHT = 160
/** Foot of the group labels. */
export const LABELS = 14
/** The line on which the playhead's handle rides. */
export const RULER = 32
export const LANE_Y: Record<TapeLane, number> = { hand: RULER, CPU: 54, Linux: 76, Xen: 98 }
/** Where playhead and separators end. */
export const FOOT = 112
/** Lap brackets: line, and the way back below it. */
export const BRACKET = 126
export const RETURN = 149
/** The way back and its words, where a narrow strip has room for them only one below the other. */
export const NARROW_RETURN = 140
export const NARROW_WORDS = 153

/** Where the lanes begin, right of their names. */
export const LANES_LEFT = 52
/** Air between the last mark and the right edge. */
export const MARGIN_RIGHT = 8

/** Two tapes: how much lower the second one stands, where both end, the line of the flags, and the height of all. */
export const PAIR_STEP = 70
export const PAIR_FOOT = FOOT + PAIR_STEP
export const FLAGS = PAIR_FOOT + 12
export const PAIR_HEIGHT = FLAGS + 16
