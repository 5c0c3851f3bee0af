import { judgeCases } from './cases'
import { parseCsv } from './csv'
import { judgeInitStates } from './init-states'
import { parseJsonLines } from './json-lines'
import { PREDICATE_TABLES } from './kernels'
import { judgeLoops } from './loops'
import { judgePredicates } from './predicates'
import { judgeSteps } from './steps'
import { judgeTransitions } from './transitions'
import { judgeHintSteps, judgeRecordedSteps } from './recorded-steps'
import { judgeUndoneCases, judgeUndoneResult } from './undone'
import type { Verdict } from './verdict'
import { judgeVerdicts } from './verdicts'

/** A file that may hold a table. */
export interface Source {
  /** As it is named in messages: from the folder that was asked for. */
  readonly path: string
  /** The path's last part. */
  readonly name: string
  readonly text: string
  /** The text of the file of this name beside it; undefined where there is none. */
  readonly beside: (name: string) => string | undefined
}

/** How one kind of table is read and held against the core. The list of them is open: add a line to `READERS`. */
export interface Reader {
  readonly name: string | RegExp
  /** Tells tables of one name apart by what is in them. */
  readonly shape?: (source: Source) => boolean
  readonly judge: (source: Source) => Verdict
}

/** Does the first line of a file with JSON lines have these fields? */
const firstLineHas =
  (...fields: readonly string[]) =>
  ({ text }: Source): boolean =>
    fields.every((field) => text.slice(0, text.indexOf('\n')).includes(`"${field}":`))

export const READERS: readonly Reader[] = [
  ...[...PREDICATE_TABLES].map(([name, kernels]): Reader => ({
    name,
    judge: ({ text, path }) => judgePredicates(parseCsv(text, path), ...kernels),
  })),
  { name: 'steps.jsonl', judge: ({ text, path }) => judgeSteps(parseJsonLines(text, path), path) },
  { name: 'verdicts.csv', judge: ({ text, path }) => judgeVerdicts(parseCsv(text, path)) },
  { name: 'init-states.csv', judge: ({ text, path }) => judgeInitStates(parseCsv(text, path)) },
  { name: 'loop_matrix.csv', judge: ({ text, path, beside }) => judgeLoops(parseCsv(text, path), beside) },
  { name: 'transitions.csv', judge: ({ text, path, beside }) => judgeTransitions(parseCsv(text, path), beside) },
  { name: 'faults_steps.jsonl', judge: ({ text, path }) => judgeRecordedSteps(parseJsonLines(text, path), path) },
  { name: 'faults_numa.jsonl', judge: ({ text, path }) => judgeHintSteps(parseJsonLines(text, path), path) },
  {
    name: 'cases.jsonl',
    shape: firstLineHas('case', 'patched'),
    judge: ({ text, path }) => judgeUndoneCases(parseJsonLines(text, path), path),
  },
  {
    name: 'result.jsonl',
    shape: firstLineHas('ms_asked', 'before'),
    judge: ({ text, path, beside }) => judgeUndoneResult(parseJsonLines(text, path), path, beside),
  },
  {
    name: 'cases.jsonl',
    shape: firstLineHas('seq', 'ops'),
    judge: ({ text, path }) => judgeCases(parseJsonLines(text, path), path),
  },
]

/** Is a file of this name a table, as far as its name tells? */
export const isTableName = (name: string): boolean => READERS.some((reader) => named(reader, name))

/** The reader of a file; undefined where none knows its shape. */
export const readerOf = (source: Source): Reader | undefined =>
  READERS.find((reader) => named(reader, source.name) && (reader.shape?.(source) ?? true))

const named = ({ name }: Reader, file: string): boolean => (typeof name === 'string' ? name === file : name.test(file))
