// `npm test` asks here: how much JavaScript does the page load before it shows anything?
import { readFileSync } from 'node:fs'
import { posix, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from './run.mjs'

const LIMIT_KB = 150
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
process.exit(sizes.length > 0 && total <= LIMIT_KB ? 0 : 1)
