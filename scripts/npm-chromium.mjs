// The last resort for a browser: a Chromium packed inside an npm tarball, with the libraries it needs.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { NPM_CHROMIUM_FOLDER as folder } from './browsers.mjs'
import { run, runNpm } from './run.mjs'

const PACKAGE = '@sparticuz/chromium@147.0.0'
const MINUTE = 60_000

/** Unpacks a Chromium into .cache; Linux on x64 only. 64 MB, so it stays out of package-lock.json. */
export function unpackNpmChromium() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  const install = ['install', '--prefix', folder, '--no-audit', '--no-fund', '--ignore-scripts', PACKAGE]
  if (!runNpm(install, { timeout: 4 * MINUTE })) return

  const packed = join(folder, 'node_modules/@sparticuz/chromium/bin')
  for (const name of ['al2023', 'swiftshader', 'fonts']) {
    writeFileSync(join(folder, `${name}.tar`), brotliDecompressSync(readFileSync(join(packed, `${name}.tar.br`))))
    run(['tar', 'xf', join(folder, `${name}.tar`), '-C', folder], { timeout: MINUTE })
  }
  writeProgram('chrome', brotliDecompressSync(readFileSync(join(packed, 'chromium.br'))))
  writeProgram('run', startScript())
}

/** A shell script that starts it with the system's libraries first: the packed ones only fill gaps. */
function startScript() {
  const libraries = `\${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}${join(folder, 'lib')}`
  return `#!/bin/sh\nexport LD_LIBRARY_PATH="${libraries}"\nexec "${join(folder, 'chrome')}" "$@"\n`
}

/**
 * Writes a file that may be run.
 * @param {string} name
 * @param {string | Uint8Array} content
 */
function writeProgram(name, content) {
  const file = join(folder, name)
  writeFileSync(file, content)
  chmodSync(file, 0o755)
}
