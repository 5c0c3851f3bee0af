// `node scripts/pack-oracle.mjs FOLDER`: compresses the golden tables in FOLDER into conform/data. Nothing is lost:
// each packed file unfolds to the very bytes it was made from.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { ROOT } from './run.mjs'

const TABLES = ['predicates-A.csv', 'predicates-B.csv', 'predicates-C.csv', 'predicates-Csd.csv', 'steps.jsonl']
const LARGEST_SUM = 250_000

/** The bytes of a table, as small as brotli makes them. */
function pack(/** @type {Buffer} */ bytes) {
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

const [folder] = process.argv.slice(2)
if (!folder) {
  console.error('Usage: node scripts/pack-oracle.mjs FOLDER')
  process.exit(2)
}

const target = join(ROOT, 'conform', 'data')
mkdirSync(target, { recursive: true })
let sum = 0
for (const name of TABLES) {
  const bytes = readFileSync(join(folder, name))
  const packed = pack(bytes)
  writeFileSync(join(target, `${name}.br`), packed)
  console.log(`${name}: ${bytes.length} bytes, packed ${packed.length}`)
  sum += packed.length
}
console.log(`${sum} bytes in all`)
process.exitCode = sum <= LARGEST_SUM ? 0 : 1
