import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { MalformedInput } from './malformed'
import { isTableName, readerOf, type Source } from './readers'
import { coverageTable, failing, verdictText, type Verdict } from './verdict'

/** What a run of the command has counted. */
interface Count {
  passed: number
  failed: number
  readonly verdicts: Verdict[]
}

const USAGE = 'Usage: npm run --silent conform -- FOLDER…'

/**
 * Hold every table in these folders (or each of these files) against the core and say what came out, line by line. Returns
 * the exit status: 0 only if nothing failed and something was read.
 */
export function conform(paths: readonly string[], say: (line: string) => void): number {
  const count: Count = { passed: 0, failed: 0, verdicts: [] }
  if (!paths.length) {
    say(USAGE)
    return 2
  }
  for (const path of paths) {
    const files = tablesIn(path)
    if (typeof files === 'string') {
      say(files)
      count.failed++
      continue
    }
    const root = statSync(path).isDirectory() ? path : dirname(path)
    for (const file of files) judgeFile(sourceOf(root, file), count, say)
  }
  if (count.verdicts.length > 1) say(coverageTable(count.verdicts))
  say(`${count.passed} passed, ${count.failed} failed`)
  return count.failed ? 1 : 0
}

/** Every table below a folder, or the one file; why there is none, as text. */
function tablesIn(path: string): readonly string[] | string {
  if (!existsSync(path)) return `${path}: there is no such file or folder`
  if (!statSync(path).isDirectory()) return isTableName(basename(path)) ? [path] : `${path}: no table has this name`
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => isTableName(basename(name)))
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile())
    .sort()
  return files.length ? files : `${path}: there is no table in this folder`
}

function sourceOf(root: string, file: string): Source {
  return {
    path: relative(root, file),
    name: basename(file),
    text: readFileSync(file, 'utf8'),
    beside: (name) => {
      const other = join(dirname(file), name)
      return existsSync(other) ? readFileSync(other, 'utf8') : undefined
    },
  }
}

/** One file; one that is malformed, or on which the core fails, counts as one failure, and the others are still read. */
function judgeFile(source: Source, count: Count, say: (line: string) => void): void {
  try {
    if (!source.text.trim()) throw new MalformedInput(source.path, 1, 'the file is empty')
    const reader = readerOf(source)
    if (!reader) throw new MalformedInput(source.path, 1, 'no table of this name begins like this')
    const verdict = reader.judge(source)
    if (verdict.rows === 0) throw new MalformedInput(source.path, 1, 'there is no row')
    say(verdictText(verdict))
    count.verdicts.push(verdict)
    count.passed += verdict.agreeing
    count.failed += failing(verdict)
  } catch (error) {
    if (!(error instanceof Error)) throw error
    say(error instanceof MalformedInput ? error.message : `${source.path}: the core failed: ${error.message}`)
    count.failed++
  }
}
