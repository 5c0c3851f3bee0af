import { bitOf, EMPTY, FLAGS_LO, same, type Pte } from '../src/arch/pte'
import { FAULT_COLUMNS, readFault, type RecordedFault } from '../src/decode/recorded-fault'
import { namedCells, parseCsv } from './csv'
import { MalformedInput } from './malformed'

/** The faults of one recorded run, as `RUN.faults.csv` lists them. */
export function parseFaults(text: string, file: string): readonly RecordedFault[] {
  const table = parseCsv(text, file)
  const { of } = namedCells(table, FAULT_COLUMNS)
  return table.rows.map((row) => {
    const fault = readFault(of(row))
    if (typeof fault === 'string') throw new MalformedInput(file, row.line, `${fault}: this makes no sense there`)
    return fault
  })
}

/** The flags of a word as the folded tables write them, e.g. '165+NX'; '000' for an empty one. */
export const flagsText = (entry: Pte): string =>
  (entry.lo & FLAGS_LO).toString(16).padStart(3, '0') + (bitOf(entry, 63) ? '+NX' : '')

/** The flags asked for, or nothing where nothing was asked. */
export const askedText = (entry: Pte): string => (same(entry, EMPTY) ? '' : flagsText(entry))

/** Faults that differ in nothing that decides what happens, once each. */
export function distinct(faults: readonly RecordedFault[]): readonly RecordedFault[] {
  const seen = new Map<string, RecordedFault>()
  for (const fault of faults) {
    const { pid: _pid, repetition: _repetition, ...deciding } = fault
    seen.set(JSON.stringify(deciding), fault)
  }
  return [...seen.values()]
}
