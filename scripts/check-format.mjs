// Every file that prettier knows, outside .prettierignore, must look as prettier writes it.
import { spawnSync } from 'node:child_process'
import { ROOT, toolCommand } from './run.mjs'

const [node = '', ...args] = toolCommand('prettier', ['--check', '--log-level', 'debug', '.'])
const { status, stdout, stderr } = spawnSync(node, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 2 ** 28 })

// The debug log names each file once; a complaint is any other line.
const log = stderr.split('\n').filter(Boolean)
const looked = log.filter((line) => line.includes('resolve config from'))
const complaints = log.filter((line) => !line.startsWith('[debug]'))

for (const complaint of complaints) console.error(complaint)
if (!looked.length) console.error(stdout)
console.log(`${looked.length} files looked at; \`npm run format\` rewrites those named above, if any`)
process.exit(looked.length > 0 ? (status ?? 1) : 1)
