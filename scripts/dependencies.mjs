// Installs the locked packages when node_modules is not what package-lock.json says. Built-ins only.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, runNpm } from './run.mjs'

const STAMP = join(ROOT, 'node_modules', '.installed-lock')

/** The fingerprint of package.json and package-lock.json. */
function fingerprint() {
  const hash = createHash('sha256')
  for (const file of ['package.json', 'package-lock.json']) hash.update(readFileSync(join(ROOT, file)))
  return hash.digest('hex')
}

/** Leaves node_modules as the lock file says; returns false when that failed. */
export function installDependencies() {
  const wanted = fingerprint()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) {
    console.log('node_modules already matches package-lock.json')
    return true
  }
  if (!runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund'])) return false
  writeFileSync(STAMP, wanted)
  return true
}
