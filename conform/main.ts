// `npm run --silent conform -- FOLDER`: holds the golden tables in FOLDER against the core. FOLDER counts from where npm was
// called.
import { resolve } from 'node:path'
import { conform } from './command'

const from = process.env.INIT_CWD ?? process.cwd()
const paths = process.argv.slice(2).map((path) => resolve(from, path))
process.exitCode = conform(paths, (line) => console.log(line))
