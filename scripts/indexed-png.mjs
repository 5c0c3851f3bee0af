// Writes PNG files of at most 256 colours: the app is drawn in few, so pictures of it stay small and sharp.
import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MOST_COLOURS = 256

/**
 * A PNG of these pixels, each in the nearest of the picture's 256 most frequent colours.
 * @param {number} width
 * @param {number} height
 * @param {Uint8Array} rgba four bytes a pixel; the fourth is not looked at
 */
export function indexedPng(width, height, rgba) {
  const colours = coloursOf(rgba)
  const counts = new Map()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const frequent = [...counts].sort((a, b) => b[1] - a[1]).slice(0, MOST_COLOURS)
  const palette = frequent.map(([colour]) => colour)
  const places = new Map(palette.map((colour, place) => [colour, place]))
  for (const colour of counts.keys()) if (!places.has(colour)) places.set(colour, nearest(palette, colour))

  // Each line begins with its filter: none, which suits indexed pictures.
  const lines = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) lines[y * (width + 1) + 1 + x] = places.get(colours[y * width + x]) ?? 0
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header(width, height)),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => channels(colour)))),
    chunk('IDAT', deflateSync(lines, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Each pixel as one number. */
function coloursOf(/** @type {Uint8Array} */ rgba) {
  const colours = new Uint32Array(rgba.length / 4)
  for (let at = 0; at < colours.length; at++) {
    colours[at] = ((rgba[4 * at] ?? 0) << 16) | ((rgba[4 * at + 1] ?? 0) << 8) | (rgba[4 * at + 2] ?? 0)
  }
  return colours
}

/** Red, green and blue. */
const channels = (/** @type {number} */ colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]

/**
 * The place of the nearest colour in the palette.
 * @param {number[]} palette
 * @param {number} colour
 */
function nearest(palette, colour) {
  const wanted = channels(colour)
  const distance = (/** @type {number} */ other) =>
    channels(other).reduce((sum, channel, at) => sum + (channel - (wanted[at] ?? 0)) ** 2, 0)
  let best = 0
  for (const [place, other] of palette.entries()) if (distance(other) < distance(palette[best] ?? 0)) best = place
  return best
}

/** Eight bits a pixel, indexed, not interlaced. */
function header(/** @type {number} */ width, /** @type {number} */ height) {
  const bytes = Buffer.alloc(13)
  bytes.writeUInt32BE(width, 0)
  bytes.writeUInt32BE(height, 4)
  bytes.set([8, 3, 0, 0, 0], 8)
  return bytes
}

/**
 * One part of a PNG file, with length and checksum.
 * @param {string} kind
 * @param {Buffer} data
 */
function chunk(kind, data) {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
