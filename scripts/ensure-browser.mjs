// Makes sure that there is one Chromium to test with, and says which one was taken and why.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium, findFirefox, onPath } from './browsers.mjs'
import { unpackNpmChromium } from './npm-chromium.mjs'
import { run, runTool } from './run.mjs'

const MINUTE = 60_000

/** What the browser says its version is; undefined when it does not start. Windows browsers print none, so there the file is enough. */
function versionOf(/** @type {string} */ path) {
  if (process.platform === 'win32') return existsSync(path) ? 'version not asked' : undefined
  const asked = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: MINUTE / 2 })
  return asked.status === 0 ? asked.stdout.trim() : undefined
}

/** A Chromium that really starts, or undefined. */
function workingChromium() {
  const found = findChromium()
  const version = found && versionOf(found.path)
  if (found && !version) console.log(`${found.path} (${found.why}) does not start`)
  return found && version ? { ...found, version } : undefined
}

/** How to become root without being asked for a password; undefined when that cannot be. */
function rootPrefix() {
  if (process.getuid?.() === 0) return []
  const sudo = onPath(['sudo'])
  return sudo && spawnSync(sudo, ['-n', 'true']).status === 0 ? [sudo, '-n'] : undefined
}

/** Installs Debian's or Ubuntu's own Chromium, where that needs no password. */
function fromSystemPackages() {
  const prefix = rootPrefix()
  if (process.platform !== 'linux' || !onPath(['apt-get']) || !prefix) return
  const aptGet = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=300']
  run([...aptGet, 'update'], { timeout: 5 * MINUTE })
  run([...aptGet, 'install', '-y', '--no-install-recommends', 'chromium'], { timeout: 9 * MINUTE })
}

/** Lets Playwright download its own Chromium; fails quickly where there is no network to it. */
function fromPlaywright() {
  runTool('playwright', ['install', 'chromium'], { timeout: 4 * MINUTE })
}

/** Where a Chromium can be fetched from, the best first. */
const SOURCES = [
  { source: "the system's packages", fetch: fromSystemPackages },
  { source: "Playwright's download", fetch: fromPlaywright },
  { source: 'the npm registry', fetch: unpackNpmChromium },
]

/** Looks, and then tries one source after the other until a Chromium starts. */
function ensureChromium() {
  const here = workingChromium()
  if (here || process.env.CHROMIUM_PATH || process.env.NO_BROWSER_DOWNLOAD) return here
  for (const { source, fetch } of SOURCES) {
    console.log(`no Chromium yet: trying ${source}`)
    fetch()
    const found = workingChromium()
    if (found) return { ...found, why: `${found.why}, just fetched from ${source}` }
  }
  return undefined
}

const chromium = ensureChromium()
if (!chromium) {
  console.error('No Chromium, Chrome or Edge that starts was found, and none could be installed.')
  console.error('Install one (Debian: apt-get install chromium), or set CHROMIUM_PATH to one, and try again.')
  process.exit(1)
}
console.log(`chromium: ${chromium.path}, ${chromium.version} (${chromium.why})`)

const firefox = findFirefox()
console.log(firefox ? `firefox: ${firefox.path} (${firefox.why})` : 'firefox: none found, its tests are left out')
