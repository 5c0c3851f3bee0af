// What makes the built app work without a network: one file to carry, and a service worker that keeps all files.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { bundle } from './bundle.mjs'
import { ONE_FILE, oneFile } from './one-file.mjs'

const SERVICE_WORKER = 'service-worker.js'

/**
 * Every file of the built folder but the service worker itself, by its path in an address, with the hash of what is in it.
 * @param {string} folder
 * @returns {[path: string, hash: string][]}
 */
function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => path !== SERVICE_WORKER)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((path) => [path.replaceAll(sep, '/'), hashOf(readFileSync(join(folder, path)))])
}

/**
 * Short, for it tells versions apart and protects nothing.
 * @param {string | Buffer} content
 */
const hashOf = (content) => createHash('sha256').update(content).digest('hex').slice(0, 16)

/**
 * Writes both beside what Vite has built.
 * @returns {import('vite').Plugin}
 */
export function offline() {
  let folder = ''
  return {
    name: 'offline',
    apply: 'build',
    configResolved({ root, build }) {
      folder = join(root, build.outDir)
    },
    async writeBundle() {
      writeFileSync(join(folder, ONE_FILE), await oneFile())
      const files = filesIn(folder)
      const { code } = await bundle('src/app/service-worker.ts', {
        define: {
          FILES: JSON.stringify(files.map(([path]) => path)),
          VERSION: JSON.stringify(hashOf(JSON.stringify(files))),
        },
      })
      writeFileSync(join(folder, SERVICE_WORKER), code)
    },
  }
}
