// What the source code says about itself: its cuts, and which tests name which rule. Read anew at every build.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Something that the program leaves out, as a comment says it: `Cut: …` to the end of its paragraph.
 * @typedef {{ file: string, about: string, rule: string | null, text: string }} Cut
 */

/** The files with tests that name a rule in brackets, by the number of the rule. @typedef {Record<string, string[]>} TestFiles */

const TESTS = /\.test\.tsx?$/

/**
 * Every source file below a folder, in order of name.
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function sourcesBelow(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`
      if (entry.isDirectory()) return sourcesBelow(root, path)
      return /\.tsx?$/.test(entry.name) ? [path] : []
    })
}

/**
 * The paragraphs of a comment without its marks.
 * @param {string} comment
 */
const paragraphs = (comment) =>
  comment
    .replace(/^\/\*+/, '')
    .replace(/\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*(?:\*|\/\/)? ?/, '').trim())
    .join('\n')
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll('\n', ' ').trim())

/**
 * What a comment stands above, and its rule: a step by its name, else what is declared.
 * @param {string} code
 */
function subjectOf(code) {
  const [first = ''] = code.trimStart().split('\n', 1)
  const isStep = /= step\b/.test(first)
  const step = isStep ? /\bname: '([^']+)'/.exec(code)?.[1] : undefined
  const rule = isStep ? /\brule: '(\w+)'/.exec(code)?.[1] : undefined
  const about =
    step ?? /^(?:export )?(?:readonly )?(?:const |function |class |interface |type )?(\w+)/.exec(first)?.[1] ?? ''
  return { about, rule: rule ?? null }
}

/**
 * The cuts of one file.
 * @param {string} file
 * @param {string} text
 * @returns {Cut[]}
 */
export function cutsIn(file, text) {
  const comments = [...text.matchAll(/\/\*[^]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm)]
  return comments.flatMap(({ 0: comment, index }) => {
    const said = paragraphs(comment).filter((paragraph) => paragraph.includes('Cut: '))
    const subject = subjectOf(text.slice(index + comment.length))
    const { about } = subject
    const rule = /\[([A-Z]{2}\d+)\]/.exec(comment)?.[1] ?? subject.rule
    return said.map((paragraph) => {
      const cut = paragraph.slice(paragraph.indexOf('Cut: ') + 'Cut: '.length)
      return { file, about, rule, text: cut.charAt(0).toUpperCase() + cut.slice(1) }
    })
  })
}

/**
 * The rules that the tests of one file name in their titles, each once. A title may stand in a table of cases: every mark
 * outside of comments counts.
 * @param {string} text
 */
export function rulesTestedIn(text) {
  const code = text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
  return [...new Set([...code.matchAll(/\[([A-Z]{2}\d+)\]/g)].map(([, id = '']) => id))]
}

/**
 * All cuts and all tests of rules below a folder that holds `src`, `test` and `conform`.
 * @param {string} root
 */
export function readSourceFacts(root) {
  const read = (/** @type {string} */ file) => readFileSync(join(root, file), 'utf8')
  const files = sourcesBelow(root, 'src')
  /** @type {TestFiles} */
  const tests = {}
  for (const file of [...files, ...sourcesBelow(root, 'test'), ...sourcesBelow(root, 'conform')]) {
    if (TESTS.test(file)) for (const id of rulesTestedIn(read(file))) (tests[id] ??= []).push(file)
  }
  return { cuts: files.filter((file) => !TESTS.test(file)).flatMap((file) => cutsIn(file, read(file))), tests }
}

const NAME = 'virtual:source-facts'

/**
 * Lets the app import them: `import { cuts, tests } from 'virtual:source-facts'`.
 * @returns {import('vite').Plugin}
 */
export function sourceFacts() {
  let root = ''
  return {
    name: 'source-facts',
    configResolved(config) {
      root = config.root
    },
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined
      const { cuts, tests } = readSourceFacts(root)
      return `export const cuts = ${JSON.stringify(cuts)}\nexport const tests = ${JSON.stringify(tests)}\n`
    },
  }
}
