import fc from 'fast-check'
import jsQR from 'jsqr'
import { expect, test } from 'vitest'
import { qrCode } from './qr-code'

/** Pixels to a unit. */
const SCALE = 4

/** What a camera would read from the drawing. */
function read({ size, path }: { readonly size: number; readonly path: string }): string | undefined {
  const side = size * SCALE
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  for (const [, x = 0, y = 0, width = 0] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let row = Number(y) * SCALE; row < (Number(y) + 1) * SCALE; row++)
      for (let column = Number(x) * SCALE; column < (Number(x) + Number(width)) * SCALE; column++)
        pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3)
  return jsQR(pixels, side, side)?.data
}

test('a camera reads the link that was drawn', () => {
  const words = fc.string({ unit: fc.constantFrom(...'abcxyz0129.-&=~?#/%'), maxLength: 240 })
  fc.assert(
    fc.property(words, (text) => {
      const link = `https://example.org/#/lab?v=1&r=${text}`
      expect(read(qrCode(link)!)).toBe(link)
    }),
    { numRuns: 20 },
  )
})

test('what no code can hold is no code', () => {
  expect(qrCode('x'.repeat(4000))).toBe(null)
})
