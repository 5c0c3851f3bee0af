// `npm start`: installs, builds and serves the app on this machine. `npm run dev`: the same with live reload.
import './check-node.mjs'
import { installDependencies } from './dependencies.mjs'
import { openInBrowser } from './open-in-browser.mjs'

const HOST = '127.0.0.1'

/** The built app, on port 4173 or the next free one. */
async function serveBuilt() {
  const { build, preview } = await import('vite')
  await build({ logLevel: 'warn' })
  return preview({ preview: { host: HOST, port: 4173, strictPort: false } })
}

/** The sources with live reload, on port 5173 or the next free one. */
async function serveSources() {
  const { createServer } = await import('vite')
  const server = await createServer({ server: { host: HOST, port: 5173, strictPort: false } })
  return server.listen()
}

if (!installDependencies()) {
  console.error('npm ci failed: see above. Is the npm registry reachable?')
  process.exit(1)
}
const server = process.argv.includes('--dev') ? await serveSources() : await serveBuilt()
const address = server.resolvedUrls?.local[0]
console.log(`\n  One Bit, Two Names is at  ${address}\n\n  Ctrl+C stops it.\n`)
if (address) openInBrowser(address)
