// `npm run types`: three TypeScript projects, each of which must hold files.
import { spawnSync } from 'node:child_process'
import { ROOT, toolCommand } from './run.mjs'

const PROJECTS = [
  { config: 'tsconfig.core.json', holds: 'the core, without DOM and Node' },
  { config: 'tsconfig.json', holds: 'all of src and the unit tests' },
  { config: 'tsconfig.node.json', holds: 'scripts, browser tests and configs' },
]

/**
 * Checks one project, says what it saw, and returns whether it is free of errors and not empty.
 * @param {{ config: string, holds: string }} project
 */
function check({ config, holds }) {
  const [node = '', ...args] = toolCommand('tsc', ['--project', config, '--listFiles'])
  const { status, stdout } = spawnSync(node, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 })
  const lines = stdout.split('\n').filter(Boolean)
  const files = lines.filter((line) => /^(\/|[A-Za-z]:).*\.[a-z]+$/.test(line))
  const own = files.filter((file) => !file.includes('/node_modules/'))
  const errors = lines.filter((line) => !files.includes(line))
  for (const error of errors) console.error(error)
  console.log(`${config}: ${own.length} files (${holds}), ${status === 0 ? 'no errors' : 'errors above'}`)
  return status === 0 && own.length > 0
}

const results = PROJECTS.map(check)
process.exit(results.every(Boolean) ? 0 : 1)
