// The built app in a browser, for pictures and measurements: built into a folder of its own, served on a free port.
import { build, preview } from 'vite'
import { chromium } from 'playwright-core'
import { CHROMIUM_ARGS, findChromium } from './browsers.mjs'
import { freePort } from './free-port.mjs'

const HOST = '127.0.0.1'
const FOLDER = '.cache/built'

/**
 * Builds and serves the app and starts a browser; `close` ends server and browser.
 * @param {{ readable?: boolean }} [options] `readable` keeps the names of functions, for profiles
 */
export async function openBuiltApp({ readable = false } = {}) {
  const found = findChromium()
  if (!found) throw new Error('No Chromium found: run `npm test` once, or set CHROMIUM_PATH.')
  await build({ logLevel: 'warn', build: { outDir: FOLDER, emptyOutDir: true, minify: !readable } })
  const port = await freePort()
  const server = await preview({ build: { outDir: FOLDER }, preview: { host: HOST, port, strictPort: true } })
  const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_ARGS })
  const close = async () => {
    await browser.close()
    await server.close()
  }
  return { browser, address: `http://${HOST}:${port}/`, close }
}
