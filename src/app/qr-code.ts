import { encode } from 'uqr'

/** A QR code as a drawing: a square of `size` units to a side, and what is black in it as an SVG path. */
export interface QrCode {
  readonly size: number
  readonly path: string
}

/** Readers want this many units of white around the code. */
const QUIET = 4

/** The code that a camera reads this text from; null where the text is too long for any. */
export function qrCode(text: string): QrCode | null {
  try {
    const { data, size } = encode(text, { ecc: 'M', border: QUIET })
    return { size, path: data.map(rowPath).join('') }
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

/** The black runs of a row. */
function rowPath(row: readonly boolean[], y: number): string {
  let path = ''
  for (let x = 0; x < row.length; x++) {
    const start = x
    while (row[x]) x++
    if (x > start) path += `M${start} ${y}h${x - start}v1h-${x - start}z`
  }
  return path
}
