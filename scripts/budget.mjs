// `npm test` asks here: how much JavaScript does the page load before it shows anything, how large is the one file to carry, and how much
// does a browser keep to open the app without a network?
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { posix, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ONE_FILE } from './one-file.mjs'
import { ROOT } from './run.mjs'

const LIMIT_KB = 150
const ONE_FILE_LIMIT = 1_000_000
const DIST = join(ROOT, 'dist')

/** The scripts that index.html names, preloads included. */
function namedInPage() {
  const html = readFileSync(join(DIST, 'index.html'), 'utf8')
  return [...html.matchAll(/(?:src|href)="\.?\/?([^"]+\.js)"/g)].map(([, path = '']) => path)
}

/**
 * The scripts that this one imports at once; `import()` is left out, for it waits.
 * @param {string} path
 */
function importedBy(path) {
  const code = readFileSync(join(DIST, path), 'utf8')
  const names = [...code.matchAll(/(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+\.js)["']/g)]
  return names.map(([, name = '']) => posix.join(posix.dirname(path), name))
}

/** Every script of the first load, each once. */
function firstLoad() {
  const seen = new Set()
  const open = namedInPage()
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue
    seen.add(path)
    open.push(...importedBy(path))
  }
  return [...seen]
}

const sizes = firstLoad().map((path) => ({
  path,
  kb: gzipSync(readFileSync(join(DIST, path)), { level: 9 }).length / 1000,
}))
const total = sizes.reduce((sum, { kb }) => sum + kb, 0)
for (const { path, kb } of sizes) console.log(`${kb.toFixed(1).padStart(8)} kB  ${path}`)
console.log(`${sizes.length} scripts in the first load, ${total.toFixed(1)} kB of ${LIMIT_KB} kB gzipped`)

const oneFile = statSync(join(DIST, ONE_FILE)).size
console.log(`${ONE_FILE}: ${oneFile} bytes of ${ONE_FILE_LIMIT}`)

const kept = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
const bytes = kept.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
console.log(`${kept.length} files, ${(bytes / 1000).toFixed(0)} kB unpacked, are kept for a time without a network`)

process.exit(sizes.length > 0 && total <= LIMIT_KB && oneFile <= ONE_FILE_LIMIT ? 0 : 1)
