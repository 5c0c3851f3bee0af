import { MalformedInput } from './malformed'

/** One line of a table, and its number in the file (the head is line 1). */
export interface CsvRow {
  readonly line: number
  readonly cells: readonly string[]
}

export interface CsvTable {
  readonly file: string
  readonly columns: readonly string[]
  readonly rows: readonly CsvRow[]
}

/** A cell between commas: plain, or in quotes and then with commas of its own. */
const CELL = /(?:^|,)(?:"([^"]*)"|([^,"]*))(?=,|$)/g

const cellsOf = (line: string): readonly string[] =>
  line.includes('"') ? [...line.matchAll(CELL)].map(([, quoted, plain]) => quoted ?? plain!) : line.split(',')

/** Read a table: commas between the cells, quotes around a cell that holds commas. `file` is named where a line is malformed. */
export function parseCsv(text: string, file: string): CsvTable {
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  const columns = lines[0]?.split(',') ?? []
  if (columns.length < 2) throw new MalformedInput(file, 1, 'a head of at least two columns is needed')
  const twice = columns.find((column, index) => columns.indexOf(column) !== index)
  if (twice !== undefined) throw new MalformedInput(file, 1, `column ${twice} is there twice`)
  const rows = lines.slice(1).map((text, index) => {
    const line = index + 2
    const cells = cellsOf(text)
    if (cells.length !== columns.length) {
      throw new MalformedInput(file, line, `${columns.length} cells are needed, ${cells.length} are there`)
    }
    return { line, cells }
  })
  return { file, columns, rows }
}

/** Cells by the names of these columns, all of which must be there, and the names of the other columns. */
export function namedCells<Name extends string>({ file, columns }: CsvTable, names: readonly Name[]) {
  const missing = names.find((name) => !columns.includes(name))
  if (missing !== undefined) throw new MalformedInput(file, 1, `column ${missing} is missing`)
  const places = names.map((name) => [name, columns.indexOf(name)] as const)
  return {
    others: columns.filter((name) => !(names as readonly string[]).includes(name)),
    of: ({ cells }: CsvRow) =>
      Object.fromEntries(places.map(([name, at]) => [name, cells[at]!])) as Record<Name, string>,
  }
}
