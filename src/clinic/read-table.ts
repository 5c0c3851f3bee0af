import { vmaOfFlags } from './context'
import type { PasteDraft } from './draft'
import { ENTRY_LEVELS, type EntryLevel } from './entry-kind'
import { hexWord, pageOf } from './hex-word'
import { frameOf, has, PRESENT } from '../arch/pte'
import type { MachineId } from '../machine/platforms'

/** Columns that say a line is the head of a list of entries or of pagemap words. */
const WORD_COLUMNS = ['raw', 'pagemap'] as const

/** A list with commas whose head names its columns, as tools that walk page tables write them. */
export function readTable(line: string, from: number, draft: PasteDraft): boolean {
  const cells = line.split(',')
  if (WORD_COLUMNS.some((name) => cells.includes(name))) {
    draft.columns = cells.map((cell) => cell.trim())
    return true
  }
  if (!draft.columns || cells.length !== draft.columns.length) return false
  return readRow(cells, line, from, draft, draft.columns)
}

function readRow(
  cells: readonly string[],
  line: string,
  from: number,
  draft: PasteDraft,
  columns: readonly string[],
): boolean {
  const cell = (name: string): string => cells[columns.indexOf(name)] ?? ''
  const numberIn = (name: string) => {
    const number = hexWord(cell(name))
    return number && typeof number !== 'string' ? number.word : null
  }
  const name = WORD_COLUMNS.find((each) => columns.includes(each))!
  const word = numberIn(name)
  if (!word) return false
  const start = from + cells.slice(0, columns.indexOf(name)).reduce((sum, each) => sum + each.length + 1, 0)
  const span = { from: start, to: start + cell(name).length }
  const va = numberIn('va')
  const address = va && pageOf(va)
  if (name === 'pagemap') {
    draft.mark(span, 'pagemap', draft.pagemap.length)
    draft.pagemap.push({ ...span, word, address })
    return true
  }
  const pfn = numberIn('pfn')?.lo ?? null
  const flags = numberIn('vma_flags')
  const level = levelOf(cell('level'))
  if (pfn !== null && has(word, PRESENT) && pfn !== frameOf(word) && level === 'PTE') saysXen(draft, span)
  draft.entry(span, word, 'table', {
    ...(level ? { level } : {}),
    address,
    pfn,
    vma: flags ? vmaOfFlags(flags.lo) : null,
  })
  return true
}

const levelOf = (text: string): EntryLevel | undefined =>
  text === 'UPGD' ? 'PGD' : ENTRY_LEVELS.find((level) => level === text)

function saysXen(draft: PasteDraft, span: { readonly from: number; readonly to: number }): void {
  const value: MachineId = 'xen'
  draft.machine ??= { ...span, value, why: 'Present entries hold another frame than Linux’s own: Xen’s.' }
}
