// The lock file must hold every platform's packages: npm can drop some silently, and then `npm ci` fails elsewhere.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

/**
 * One package as package-lock.json describes it.
 * @typedef {object} Locked
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [link]
 * @property {boolean} [inBundle]
 * @property {Record<string, string>} [optionalDependencies]
 */

/** @type {[string, Locked][]} */
const locked = Object.entries(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages)
const packages = locked.filter(([path]) => path !== '')

/** The package's name: what follows the last node_modules in its path. */
const nameOf = (/** @type {string} */ path) => path.split('node_modules/').pop() ?? path

const present = new Set(packages.map(([path]) => nameOf(path)))
const dropped = packages.flatMap(([path, { version, optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !present.has(name))
    .map((name) => `${nameOf(path)}@${version} needs ${name} on some platform, and the lock file lacks it`),
)
const unsealed = packages
  .filter(([, { integrity, link, inBundle }]) => !integrity && !link && !inBundle)
  .map(([path]) => `${path} has no integrity hash`)

const complaints = [...dropped, ...unsealed]
for (const complaint of complaints) console.error(complaint)
console.log(`${packages.length} locked packages checked, ${complaints.length} complaints`)
process.exit(packages.length > 0 && complaints.length === 0 ? 0 : 1)
