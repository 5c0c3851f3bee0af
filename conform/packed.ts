import { readFileSync } from 'node:fs'
import { brotliDecompressSync } from 'node:zlib'

/** The text of a table that `scripts/pack-oracle.mjs` has packed, e.g. 'steps.jsonl'. */
export const readPacked = (name: string): string =>
  brotliDecompressSync(readFileSync(new URL(`data/${name}.br`, import.meta.url))).toString('utf8')
