import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MARK } from '../../trace/entry-marks'
import type { Table } from '../../trace/table-set'
import { drawGlyphs, type Palette } from './square-glyphs'
import { SquarePainter, type Picture } from './square-painter'
import { layOutTables, squareOf } from './tables-layout'

const PALETTE: Palette = {
  ground: 0xff000000,
  rim: 0xff000001,
  rimTables: 0xff000002,
  empty: 0xff000003,
  clear: 0xff000004,
  swap: 0xff000005,
  fill: 0xff000006,
  edge: 0xff000007,
}

test.each([5, 6, 7, 8, 9, 10, 12, 18, 24, 36])('at %i pixels every state is another picture', (size) => {
  const glyphs = drawGlyphs(size, PALETTE)
  const marks = Object.values(MARK)
  expect(new Set(marks.map((mark) => glyphs[mark]!.join())).size).toBe(marks.length)
})

test('without colour, filled and hollow differ from PROTNONE and from each other', () => {
  const grey = { ...PALETTE, clear: PALETTE.edge, fill: PALETTE.edge, swap: PALETTE.edge, empty: PALETTE.edge }
  for (const size of [6, 7, 8, 12, 24]) {
    const glyphs = drawGlyphs(size, grey)
    const pictures = [MARK.set, MARK.clear, MARK.shut, MARK.swap, MARK.empty].map((mark) => glyphs[mark]!.join())
    expect(new Set(pictures).size).toBe(5)
  }
})

/** A canvas that keeps the pixels it is given, as far as a painter uses one. */
function fakeCanvas() {
  const canvas = { width: 0, height: 0 }
  let shown = new Uint32Array(0)
  const context = {
    canvas,
    createImageData: (width: number, height: number) => {
      shown = new Uint32Array(width * height)
      return { width, height, data: new Uint8ClampedArray(width * height * 4) }
    },
    putImageData: (
      pixels: { width: number; height: number; data: Uint8ClampedArray },
      _x: number,
      _y: number,
      left = 0,
      top = 0,
      width = pixels.width,
      height = pixels.height,
    ) => {
      const words = new Uint32Array(pixels.data.buffer)
      for (let y = Math.max(0, top); y < Math.min(pixels.height, top + height); y++) {
        const from = y * pixels.width + left
        shown.set(words.subarray(from, from + width), from)
      }
    },
  }
  return { painter: new SquarePainter(context as unknown as CanvasRenderingContext2D), pixels: () => shown }
}

const samePixels = (a: Uint32Array, b: Uint32Array): boolean =>
  a.length === b.length && a.every((pixel, at) => pixel === b[at])

const table = (words: Uint32Array, base: number): Table => ({ level: 3, base, second: false, words })
const tablesWith = (seed: readonly number[], count = 3) =>
  Array.from({ length: count }, (_, index) => {
    const words = new Uint32Array(1024)
    for (const at of seed) if (at % count === index) words[2 * (at % 512)] = (at % 7) * 0x81
    return table(words, index * 0x20_0000)
  })
const layout = layOutTables(3, 3, { width: 500, height: 300, ratio: 1, smallest: 6, largest: 12 })
const pictureOf = (tables: readonly Table[], flag: number, top = 0, height = layout.height): Picture => ({
  tables,
  linuxPresent: { form: 'any', name: 'pte_present', mask: 0x101 },
  flag,
  layout,
  palette: PALETTE,
  ratio: 1,
  top,
  height,
})
const entries = fc.uniqueArray(fc.nat(4000), { maxLength: 60 })

test('one picture painted over another looks like that picture painted alone', () => {
  fc.assert(
    fc.property(entries, entries, fc.constantFrom(0, 8), fc.constantFrom(0, 8), (before, after, flagBefore, flag) => {
      const over = fakeCanvas()
      over.painter.paint(pictureOf(tablesWith(before), flagBefore))
      over.painter.paint(pictureOf(tablesWith(after), flag))
      const alone = fakeCanvas()
      alone.painter.paint(pictureOf(tablesWith(after), flag))
      expect(samePixels(over.pixels(), alone.pixels())).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('a part of the picture is what the whole shows there', () => {
  const tables = tablesWith([3, 77, 500, 901, 1200])
  const whole = fakeCanvas()
  whole.painter.paint(pictureOf(tables, 8))
  const part = fakeCanvas()
  part.painter.paint(pictureOf(tables, 8, 50, 90))
  expect(samePixels(part.pixels(), whole.pixels().slice(50 * 500, 140 * 500))).toBe(true)
})

test('one changed entry paints one square, and no change paints nothing', () => {
  const { painter, pixels } = fakeCanvas()
  const tables = tablesWith([4, 5, 6])
  expect(painter.paint(pictureOf(tables, 8)).squares).toBe(3 * 512)
  expect(painter.paint(pictureOf(tables, 8))).toEqual({ squares: 0, rectangles: 0 })
  tables[1]!.words[2 * 40] = 0x165
  expect(painter.paint(pictureOf(tables, 8))).toEqual({ squares: 1, rectangles: 1 })
  const { x, y } = squareOf(layout, 1, 40)
  expect(pixels()[(y + 2) * 500 + x + 2]).toBe(PALETTE.fill)
  painter.forget()
  expect(painter.paint(pictureOf(tables, 8)).squares).toBe(3 * 512)
})
