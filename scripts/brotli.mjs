import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** Bytes as small as brotli makes them; checked to unfold to themselves. */
export function brotli(/** @type {Buffer} */ bytes) {
  const packed = brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  })
  if (!brotliDecompressSync(packed).equals(bytes)) throw new Error('The packed table does not unfold to itself.')
  return packed
}
