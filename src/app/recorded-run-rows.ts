import { EMPTY, same, toHex, type Pte } from '../arch/pte'
import type { BesideModel, FaultField, FaultPair } from '../decode/faults-beside'
import type { RecordedRow as RecordedFault } from '../decode/recorded-runs'
import type { RecordedCell, RecordedColumn, RecordedRow } from '../views/recorded/recorded-faults'

/** A column of the list: what either side says, and which fields it stands for. */
interface Column extends RecordedColumn {
  readonly fields: readonly FaultField[]
  readonly recorded: (fault: RecordedFault) => string | null
  readonly model: (fault: BesideModel) => string | null
}

/** Words in short: the digit with NX, and the low half, in which the frames of these machines have room. */
function wordText(word: Pte): string {
  if (same(word, EMPTY)) return 'empty'
  const digits = toHex(word)
  return `${digits[0]}…${digits.slice(8)}`
}

const askedText = (word: Pte): string | null => (same(word, EMPTY) ? null : wordText(word))

/** The last function of a path, and where in it: all others lead to it in every case. */
function pathText(path: readonly string[]): string {
  const [last = '', before = ''] = path.toReversed()
  const [, position] = last.split(':')
  return position ? `${before}, ${position.replaceAll('_', ' ')}` : last
}

const times = (count: number): string => (count > 1 ? `, ${count} times` : '')

const COLUMNS: readonly Column[] = [
  {
    name: 'error',
    width: 5,
    fields: ['page', 'error'],
    recorded: ({ error }) => `0x${error.toString(16)}`,
    model: ({ error }) => `0x${error.toString(16)}`,
  },
  {
    name: 'handled by',
    width: 18,
    fields: ['path', 'times'],
    recorded: (fault) => pathText(fault.path) + times(fault.times),
    model: ({ path, endless }) => pathText(path) + (endless ? ', for ever' : ''),
  },
  {
    name: 'entry',
    width: 10,
    fields: ['before'],
    recorded: ({ before }) => wordText(before),
    model: ({ before }) => wordText(before),
  },
  {
    name: 'asked for',
    width: 10,
    fields: ['asked'],
    recorded: ({ asked }) => askedText(asked),
    model: ({ asked }) => askedText(asked),
  },
  {
    name: 'entry after',
    width: 10,
    fields: ['after'],
    recorded: ({ after }) => wordText(after),
    model: ({ after }) => wordText(after),
  },
]

export const RUN_COLUMNS: readonly RecordedColumn[] = COLUMNS

/** Room for 'fault 12, 0x7fffffffeff0', in characters. */
export const NAME_WIDTH = 24

/** An address in a line of text, without zeros in front. */
export const shortAddress = (address: number): string => `0x${address.toString(16)}`

/** The pairs as rows of the list. `addressOf` gives the address of a page, for faults that were not recorded. */
export function runRows(pairs: readonly FaultPair[], addressOf: (page: number) => number): readonly RecordedRow[] {
  return pairs.map(({ recorded, model, differs }, index) => {
    const address = recorded?.address ?? addressOf(model!.page)
    return {
      id: String(index),
      name: `fault ${index + 1}, ${shortAddress(address)}`,
      cells: COLUMNS.map((column) => cellOf(column, recorded, model, differs)),
      onTape: model !== null,
    }
  })
}

function cellOf(
  column: Column,
  recorded: RecordedFault | null,
  model: BesideModel | null,
  differs: readonly FaultField[],
): RecordedCell {
  const [theirs, ours] = [recorded && column.recorded(recorded), model && column.model(model)]
  const compared = recorded && model && (theirs ?? ours) !== null
  return {
    recorded: theirs,
    model: ours,
    agrees: compared ? !column.fields.some((field) => differs.includes(field)) : null,
  }
}

/** The row at the playhead: the last whose fault has been raised; null before the first. */
export function rowAt(pairs: readonly FaultPair[], cursor: number): number | null {
  const row = pairs.findLastIndex(({ model }) => model !== null && model.from < cursor)
  return row < 0 ? null : row
}

/** 'All 12 agree.' */
export function agreementText(pairs: readonly FaultPair[]): string {
  const both = pairs.filter(({ recorded, model }) => recorded && model)
  const agreeing = both.filter(({ differs }) => differs.length === 0).length
  const missing = pairs.filter(({ recorded }) => recorded).length - both.length
  if (both.length === 0) return 'No recorded fault lies beside one of the model.'
  const said = agreeing < both.length ? `${agreeing} of ${both.length} agree` : allAgree(both.length)
  const more = `${missing} more ${missing === 1 ? 'was' : 'were'} recorded than this tape has`
  return missing ? `${said}; ${more}.` : `${said}.`
}

const allAgree = (count: number): string => (count === 1 ? 'The one agrees' : `All ${count} agree`)
