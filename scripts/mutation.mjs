// `npm run mutation -- FOLDER`: changes the code of one folder of the core in many small ways and asks the quick tests
// whether they notice. A run after a small edit tries again what the edit could have changed; `--force` tries everything.
// No part of `npm test`.
import { spawnSync } from 'node:child_process'
import { toolCommand } from './run.mjs'

const FOLDERS = ['arch', 'kernel', 'xen', 'machine']
const [folder = '', ...options] = process.argv.slice(2)

if (!FOLDERS.includes(folder)) {
  console.error(`Name one folder to mutate: npm run mutation -- ${FOLDERS.join('|')}`)
  process.exit(1)
}
const [node = '', ...args] = toolCommand('stryker', ['run', 'stryker.config.mjs', ...options])
const { status } = spawnSync(node, args, { stdio: 'inherit', env: { ...process.env, MUTATION_FOLDER: folder } })
process.exit(status ?? 1)
