import { MARK } from '../../trace/entry-marks'

/** Colours as the pixels of a canvas hold them: red in the lowest byte, opaque. */
export interface Palette {
  readonly ground: number
  readonly rim: number
  readonly rimTables: number
  /** The dot of an empty entry. */
  readonly empty: number
  /** The edge of a square whose flag is 0. */
  readonly clear: number
  readonly swap: number
  readonly fill: number
  /** The edge of a filled square; that of bit 8 differs from its fill where paper needs an outline. */
  readonly edge: number
}

/** The pixels of a square in each of its states, by mark: hollow for 0, filled for 1, double for PROTNONE. */
export function drawGlyphs(size: number, palette: Palette): readonly Uint32Array[] {
  const gap = Math.max(1, Math.round(size / 7))
  const side = size - gap
  const line = Math.max(1, Math.round(size / 9))
  const dot = Math.max(1, Math.round(size / 7))
  const middle = (side - dot) >> 1
  const glyphs: Uint32Array[] = []
  const begin = (mark: number) => (glyphs[mark] = new Uint32Array(size * size).fill(palette.ground))

  box(begin(MARK.empty), size, middle, middle, dot, dot, palette.empty)

  const bar = Math.max(1, Math.round(side / 4))
  box(begin(MARK.swap), size, 0, (side - bar) >> 1, side, bar, palette.swap)

  const clear = begin(MARK.clear)
  box(clear, size, 0, 0, side, side, palette.clear)
  box(clear, size, line, line, side - 2 * line, side - 2 * line, palette.ground)

  const set = begin(MARK.set)
  box(set, size, 0, 0, side, side, palette.edge)
  box(set, size, line, line, side - 2 * line, side - 2 * line, palette.fill)

  const shut = begin(MARK.shut)
  // In the smallest squares there is no room for a core: the frame in the flag's colour tells enough.
  const core = side - 2 * line < 3 ? 0 : side - 4 * line
  box(shut, size, 0, 0, side, side, palette.edge)
  box(shut, size, line, line, side - 2 * line, side - 2 * line, palette.ground)
  box(shut, size, (side - core) >> 1, (side - core) >> 1, core, core, palette.edge)
  return glyphs
}

function box(into: Uint32Array, stride: number, x: number, y: number, width: number, height: number, colour: number) {
  for (let row = Math.max(0, y); row < Math.min(stride, y + height); row++) {
    into.fill(colour, row * stride + Math.max(0, x), row * stride + Math.min(stride, x + width))
  }
}
