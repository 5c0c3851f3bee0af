import { holds } from '../src/arch/predicate'
import { fromHex, toHex, type Pte } from '../src/arch/pte'
import { isHuge, modifyHuge, pmdHint, pmdPresent } from '../src/kernel/huge-pmd'
import * as linux from '../src/kernel/linux-pte'
import * as protection from '../src/kernel/protection'
import type { Kernel } from '../src/kernel/variants'
import type { CsvRow, CsvTable } from './csv'
import { MalformedInput } from './malformed'
import { Tally, type Verdict } from './verdict'

/** What a cell has to hold, in the spelling of the table. */
type Column = (kernel: Kernel, value: Pte) => string

const yesNo =
  (question: (kernel: Kernel, value: Pte) => boolean): Column =>
  (kernel, value) =>
    question(kernel, value) ? '1' : '0'

const shortHex = (word: Pte): string => toHex(word).replace(/^0+(?=.)/, '')

const word =
  (change: (kernel: Kernel, value: Pte) => Pte): Column =>
  (kernel, value) =>
    shortHex(change(kernel, value))

const QUESTIONS: readonly (readonly [string, Column])[] = [
  ['pte_present', yesNo((kernel, value) => holds(kernel.present, value.lo))],
  ['pte_numa', yesNo((kernel, value) => holds(kernel.hint, value.lo))],
  ['pte_protnone', yesNo((kernel, value) => holds(kernel.hint, value.lo))],
  ['pmd_numa', yesNo(pmdHint)],
  ['pmd_protnone', yesNo(pmdHint)],
  ['pmd_present', yesNo(pmdPresent)],
  ['pmd_trans_huge', yesNo((_, value) => isHuge(value))],
  ['pte_none', yesNo((kernel, value) => linux.isNone(value, kernel.noneIgnores))],
  ['pte_write', yesNo((_, value) => linux.isWritable(value))],
  ['pte_young', yesNo((_, value) => linux.isYoung(value))],
  ['pte_dirty', yesNo((kernel, value) => linux.isDirty(value, kernel))],
  ['pte_special', yesNo((kernel, value) => holds(kernel.special, value.lo))],
  ['pte_accessible', yesNo((_, value) => linux.isAccessible(value))],
  ['pte_exec', yesNo((_, value) => linux.isExecutable(value))],
  ['pte_global', yesNo((_, value) => linux.isGlobal(value))],
  ['pte_present_nonuma', yesNo((_, value) => linux.isPresentWithoutHint(value))],
]

const CHANGES: readonly (readonly [string, Column])[] = [
  ['pte_mkyoung', word((_, value) => linux.makeYoung(value))],
  ['pte_mkold', word((_, value) => linux.makeOld(value))],
  ['pte_mkdirty', word(linux.makeDirty)],
  ['pte_mkclean', word((kernel, value) => linux.makeClean(value, kernel))],
  ['pte_mkwrite', word((kernel, value) => linux.makeWritable(value, kernel))],
  ['pte_wrprotect', word((kernel, value) => linux.writeProtect(value, kernel))],
  ['pte_mkspecial', word((_, value) => linux.makeSpecial(value))],
  ['pte_mknuma', word((_, value) => linux.makeNumaHint(value))],
  ['pte_mknonnuma', word((_, value) => linux.clearNumaHint(value))],
  ['pte_pfn', (kernel, value) => linux.linuxFrame(kernel, value).toString(16)],
]

const PROTECTIONS: readonly (readonly [string, Pte])[] = [
  ['NONE', protection.PAGE_NONE],
  ['READONLY', protection.PAGE_READONLY],
  ['COPY', protection.PAGE_COPY],
  ['SHARED', protection.PAGE_SHARED],
  ['READONLY_EXEC', protection.PAGE_READONLY_EXEC],
  ['COPY_EXEC', protection.PAGE_COPY_EXEC],
  ['SHARED_EXEC', protection.PAGE_SHARED_EXEC],
]

/** Every column that the core can fill in. */
export const COLUMNS: ReadonlyMap<string, Column> = new Map([
  ...QUESTIONS,
  ...CHANGES,
  ...PROTECTIONS.flatMap(([name, to]): [string, Column][] => [
    [`pte_modify:${name}`, word((kernel, value) => linux.modify(kernel, value, to))],
    [`pmd_modify:${name}`, word((kernel, value) => modifyHuge(kernel, value, to))],
  ]),
])

/** Can the core fill in this column for this kernel? The test for a hint has one name up to 3.19 and another after it. */
function covers(kernel: Kernel, column: string): boolean {
  const hintTest = /^p(?:te|md)_(numa|protnone)$/.exec(column)?.[1]
  return COLUMNS.has(column) && (hintTest === undefined || kernel.hint.name === `pte_${hintTest}`)
}

/** Hold every cell of a table of predicates and modifiers against these kernels of the core. */
export function judgePredicates(table: CsvTable, ...kernels: readonly Kernel[]): Verdict {
  const { file, columns, rows } = table
  if (columns[0] !== 'value') throw new MalformedInput(file, 1, 'the first column must be value')
  const tally = new Tally()
  for (const kernel of kernels) {
    const asked = columns.slice(1).map((name) => (covers(kernel, name) ? COLUMNS.get(name)! : null))
    asked.forEach((column, index) => {
      if (!column) tally.doNotCompare(columns[index + 1]!, `the core has no such rule for ${kernel.name}`)
    })
    for (const row of rows) judgeRow(tally, table, row, kernel, asked)
  }
  return tally.verdict(file, rows.length)
}

function judgeRow(
  tally: Tally,
  { file, columns }: CsvTable,
  { line, cells }: CsvRow,
  kernel: Kernel,
  asked: readonly (Column | null)[],
): void {
  const bad = cells.findIndex((cell) => !/^[0-9a-f]{1,16}$/.test(cell))
  const value = fromHex(cells[0]!)
  if (bad >= 0 || !value)
    throw new MalformedInput(file, line, `${columns[bad]}: ${cells[bad]} is no lower-case hex word`)
  asked.forEach((column, index) => {
    if (!column) return
    const place = `${kernel.name} ${columns[index + 1]} of ${cells[0]}`
    tally.compare(line, place, cells[index + 1]!, column(kernel, value))
  })
}
