import { OutOfFrames } from '../src/kernel/frames'
import type { Machine } from '../src/machine/machine'
import { carryOut, type Ending } from './carried'
import { namedCells, type CsvRow, type CsvTable } from './csv'
import { placeNamed, type Place } from './kernels'
import { MalformedInput } from './malformed'
import { OPERATIONS } from './operations'
import { problemOfStart, StartingPoints, type Start } from './starting-points'
import { Tally, type Verdict } from './verdict'

const COLUMNS = ['vma', 'init', 'page', 'seq'] as const

/** One row: its sequence, and what each column says of it. */
interface Row {
  readonly line: number
  readonly seq: string
  readonly cells: readonly string[]
}

/** Sequences from one starting point that begin alike, as a tree: each operation is carried out once for all of them. */
interface Node {
  readonly next: Map<string, Node>
  readonly rows: Row[]
}

interface Column {
  readonly index: number
  readonly place: Place
}

/** How a sequence came out so far: the letter of its end, small once an earlier operation ended it. */
type Letter = 'C' | 'A' | 'M' | 'L' | 'a' | 'm' | 'l' | Ending

/** Sequences that start at one point. */
interface Group {
  readonly start: Start
  readonly root: Node
}

/** Hold the outcome of every sequence against the core, on every kernel and platform that has a column. */
export function judgeVerdicts(table: CsvTable): Verdict {
  const tally = new Tally()
  const named = namedCells(table, COLUMNS)
  const columns = named.others.flatMap((name): Column[] => {
    const place = placeNamed(name, '_')
    if (place) return [{ index: table.columns.indexOf(name), place }]
    tally.doNotCompare(name, 'no kernel and platform known here')
    return []
  })
  for (const row of table.rows) refuseUnknownOutcomes(table, row, columns)
  const starts = new StartingPoints()
  for (const { start, root } of groupsOf(table.rows, named.of, tally)) {
    for (const column of columns) walk(tally, starts.at(start, column.place), root, column, start)
  }
  return tally.verdict(table.file, table.rows.length)
}

function refuseUnknownOutcomes({ file, columns: names }: CsvTable, row: CsvRow, columns: readonly Column[]): void {
  const bad = columns.find(({ index }) => !/^[CAMLaml]$/.test(row.cells[index]!))
  if (!bad) return
  throw new MalformedInput(file, row.line, `${names[bad.index]}: ${row.cells[bad.index]} is no outcome known here`)
}

/** The rows that can be run, by starting point. */
function groupsOf(
  rows: readonly CsvRow[],
  given: (row: CsvRow) => Record<(typeof COLUMNS)[number], string>,
  tally: Tally,
): Iterable<Group> {
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const { seq, ...start } = given(row)
    const problem = problemOfStart(start) ?? problemOfSequence(seq.split('>'))
    if (problem) {
      tally.leaveOut(row.line, problem)
      continue
    }
    const key = [start.vma, start.init, start.page].join(' ')
    const group = groups.get(key) ?? { start, root: { next: new Map(), rows: [] } }
    groups.set(key, group)
    leaf(group.root, seq.split('>')).rows.push({ line: row.line, seq, cells: row.cells })
  }
  return groups.values()
}

/** Why a sequence cannot be run; null if it can. */
export function problemOfSequence(operations: readonly string[]): string | null {
  const unknown = operations.find((name) => !OPERATIONS.has(name))
  return unknown === undefined ? null : `${JSON.stringify(unknown)} is no operation known here`
}

function leaf(root: Node, operations: readonly string[]): Node {
  let node = root
  for (const name of operations) {
    const next = node.next.get(name) ?? { next: new Map(), rows: [] }
    node.next.set(name, next)
    node = next
  }
  return node
}

/** Carry out each operation that some sequence goes on with, compare, go deeper, and take it back. */
function walk(tally: Tally, machine: Machine, node: Node, column: Column, start: Start): void {
  for (const [name, next] of node.next) {
    const mark = machine.world.mark
    try {
      const letter = letterOf(carryOut(machine, OPERATIONS.get(name)!).ending)
      compareRows(tally, next, column, start, letter)
      if (letter === 'C') walk(tally, machine, next, column, start)
      else compareBelow(tally, next, column, start, letter.toLowerCase() as Letter)
    } catch (error) {
      if (!(error instanceof OutOfFrames)) throw error
      leaveOutBelow(tally, next, error.message)
    }
    machine.world.takeBack(mark)
  }
}

function letterOf(ending: Ending): Letter {
  if (ending.startsWith('LIVELOCK')) return 'L'
  if (ending === 'completed') return 'C'
  return ending === 'SIGSEGV:ACCERR' ? 'A' : ending === 'SIGSEGV:MAPERR' ? 'M' : ending
}

function compareRows(tally: Tally, { rows }: Node, column: Column, start: Start, letter: Letter): void {
  for (const { line, seq, cells } of rows) {
    const place = `${column.place.name} ${start.vma} ${start.init} ${start.page} ${seq}`
    tally.compare(line, place, cells[column.index]!, letter)
  }
}

function compareBelow(tally: Tally, node: Node, column: Column, start: Start, letter: Letter): void {
  for (const next of node.next.values()) {
    compareRows(tally, next, column, start, letter)
    compareBelow(tally, next, column, start, letter)
  }
}

function leaveOutBelow(tally: Tally, node: Node, why: string): void {
  for (const { line } of node.rows) tally.leaveOut(line, why)
  for (const next of node.next.values()) leaveOutBelow(tally, next, why)
}
