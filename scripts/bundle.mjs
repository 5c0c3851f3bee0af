// One script out of many modules, as text.
import { build } from 'vite'
import { ROOT } from './run.mjs'

/**
 * The first line of a script that is started to run all that it holds, as a worker is: browsers that know the line compile the whole
 * while they load it, and not each function when it is first called.
 */
export const COMPILED_WHOLE = '//# allFunctionsCalledOnLoad'

/**
 * @typedef {object} BundleOptions
 * @property {import('vite').PluginOption[]} [plugins]
 * @property {Record<string, string>} [define] names that the script does not declare, and the code that stands for each
 * @property {'iife' | 'es'} [format]
 * @property {string} [firstLine] a comment
 */

/**
 * Everything that the entry imports, now or later, in one script, with the styles in one sheet and fonts within them.
 * @param {string} entry path from the repository's folder
 * @param {BundleOptions} [options]
 * @returns {Promise<{ code: string, css: string }>}
 */
export async function bundle(entry, { plugins = [], define = {}, format = 'iife', firstLine = '' } = {}) {
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    publicDir: false,
    base: './',
    plugins,
    define,
    build: {
      write: false,
      target: 'baseline-widely-available',
      modulePreload: false,
      cssCodeSplit: false,
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      rolldownOptions: { input: entry, output: { format, codeSplitting: false, postBanner: firstLine } },
    },
  })
  const { output } = /** @type {import('vite').Rolldown.RolldownOutput} */ (result)
  const scripts = output.flatMap((file) => (file.type === 'chunk' ? [file.code] : []))
  const sheets = output.flatMap((file) => (file.type === 'asset' ? [String(file.source)] : []))
  if (scripts.length !== 1 || sheets.length > 1)
    throw new Error(`${entry} became ${output.map(({ fileName }) => fileName).join(', ')}, and not one script`)
  return { code: scripts[0] ?? '', css: sheets[0] ?? '' }
}
