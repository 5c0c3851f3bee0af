// What the app can tell about the build that it is. Of one commit, every build tells the same.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

/**
 * `version` as package.json says it, `date` (year, month, day) and `commit` of the newest commit; null where they are not known.
 * @typedef {{ version: string, date: string | null, commit: string | null }} BuildFacts
 */

/**
 * Facts about the sources as they are. SOURCE_DATE_EPOCH (seconds) wins over the commit's date, as reproducible builds want it.
 * @returns {BuildFacts}
 */
export function readBuildFacts() {
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const { date, commit } = newestCommit()
  const epoch = Number(process.env.SOURCE_DATE_EPOCH)
  return { version, commit, date: epoch > 0 ? new Date(epoch * 1000).toISOString().slice(0, 10) : date }
}

/** The newest commit; nothing where the sources came without their history, or git is not there. */
function newestCommit() {
  try {
    const said = execFileSync('git', ['log', '-1', '--format=%cI %h', '--abbrev=12'], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
    const [, date = null, commit = null] = /^(\d{4}-\d\d-\d\d)T\S+ ([0-9a-f]+)$/.exec(said) ?? []
    return { date, commit }
  } catch {
    return { date: null, commit: null }
  }
}

const NAME = 'virtual:build-facts'

/**
 * Lets the app import them: `import { version, date, commit, isOneFile } from 'virtual:build-facts'`.
 * @param {{ isOneFile: boolean }} options whether all of the app is in one file
 * @returns {import('vite').Plugin}
 */
export function buildFacts({ isOneFile }) {
  return {
    name: 'build-facts',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined
      const facts = Object.entries({ ...readBuildFacts(), isOneFile })
      return facts.map(([name, value]) => `export const ${name} = ${JSON.stringify(value)}\n`).join('')
    },
  }
}
