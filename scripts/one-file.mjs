// All of the app in one HTML file that opens from a disk: program and styles packed, unpacked by a few lines when it opens.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { appPlugins } from './app-plugins.mjs'
import { bundle, COMPILED_WHOLE } from './bundle.mjs'
import { APP_POLICY, contentPolicy, hashSource, withPolicy } from './content-policy.mjs'
import { ROOT } from './run.mjs'

/** What it is called in the built folder, and when it is downloaded. */
export const ONE_FILE = 'one-bit-two-names.html'

/** The policy by which it starts its unpacked program: src/app/unpack.ts makes it. */
const UNPACK_POLICY = 'unpack'

const WORKER_ADDRESS = '?worker&url'

/**
 * Workers within the program, for which there is no address to fetch them from: each becomes a Blob.
 * @returns {import('vite').Plugin}
 */
function workersWithin() {
  return {
    name: 'workers-within',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(WORKER_ADDRESS)) return undefined
      const { code } = await bundle(id.slice(0, -WORKER_ADDRESS.length), { firstLine: COMPILED_WHOLE })
      return `export default URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: 'text/javascript' }))`
    },
  }
}

/**
 * A part of the file, packed. Not a script to any browser: its type says so.
 * @param {string} id
 * @param {string} text
 */
const packed = (id, text) =>
  `<script type="text/plain" id="${id}">${deflateSync(text, { level: 9 }).toString('base64')}</script>`

/** The whole file as text. */
export async function oneFile() {
  const read = (/** @type {string} */ path) => readFileSync(join(ROOT, path), 'utf8')
  const plugins = [workersWithin(), ...appPlugins({ isOneFile: true })]
  const { code, css } = await bundle('src/app/main.tsx', { plugins, format: 'es' })
  const unpack = (await bundle('src/app/unpack.ts')).code.trim()
  const policy = contentPolicy({
    scripts: [unpack, code].map(hashSource),
    styles: [hashSource(css)],
    fonts: ['data:'],
    images: ['data:', 'blob:'],
    workers: ['blob:'],
    manifests: [],
    policies: [UNPACK_POLICY, APP_POLICY],
  })
  const icon = `data:image/svg+xml;base64,${Buffer.from(read('public/icon.svg')).toString('base64')}`
  return withPolicy(read('index.html'), policy)
    .replace('./icon.svg', icon)
    .replace(/^ *<link rel="(?:manifest|apple-touch-icon)".*\n/gm, '')
    .replace(
      /<script type="module".*<\/script>/,
      () => `${packed('styles', css)}\n    ${packed('program', code)}\n    <script>${unpack}</script>`,
    )
}
