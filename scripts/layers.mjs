// `npm run layers`: every import in src/ must follow the order of layers.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ROOT, toolCommand } from './run.mjs'

/**
 * What dependency-cruiser found.
 * @typedef {object} Findings
 * @property {number} modules how many source files were read
 * @property {number} imports how many imports they make
 * @property {string[]} crossings the forbidden ones, as sentences
 */

/**
 * Reads every import below `<project>/src` and finds those that cross the layers the wrong way.
 * @param {string} project
 * @returns {Findings}
 */
export function readLayers(project) {
  const config = join(ROOT, '.dependency-cruiser.mjs')
  const [node = '', ...args] = toolCommand('depcruise', ['src', '--config', config, '--output-type', 'json'])
  const { stdout, stderr } = spawnSync(node, args, { cwd: project, encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (!stdout) throw new Error(`dependency-cruiser said nothing: ${stderr}`)

  const { modules, summary } = JSON.parse(stdout)
  const sources = modules.filter((/** @type {{ source: string }} */ { source }) => /^src\/.*\.tsx?$/.test(source))
  return {
    modules: sources.length,
    imports: sources.flatMap((/** @type {{ dependencies: unknown[] }} */ { dependencies }) => dependencies).length,
    crossings: summary.violations.map(
      (/** @type {{ from: string, to: string, rule: { name: string } }} */ { from, to, rule }) =>
        `${rule.name}: ${from} imports ${to}`,
    ),
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { modules, imports, crossings } = readLayers(ROOT)
  for (const crossing of crossings) console.error(crossing)
  console.log(`${modules} modules with ${imports} imports read, ${crossings.length} against the order of layers`)
  // No modules or no imports means that TypeScript could not be read, which would look like success.
  process.exit(modules > 0 && imports > 0 && crossings.length === 0 ? 0 : 1)
}
