import { fromHex, toHex, type Pte } from '../src/arch/pte'
import { backingOf } from '../src/kernel/context'
import { countedFrame, linuxPresent } from '../src/kernel/page'
import { pageProtection } from '../src/kernel/protection'
import { leafOf, type Machine } from '../src/machine/machine'
import { namedCells, type CsvRow, type CsvTable } from './csv'
import { flagsOf } from './episode'
import { FrameMatch } from './frame-match'
import { placeNamed } from './kernels'
import { MalformedInput } from './malformed'
import { problemOfStart, StartingPoints } from './starting-points'
import { Tally, type Verdict } from './verdict'

const GIVEN = ['kernel', 'platform', 'vma', 'init', 'page'] as const
const COMPARED = ['pte', 'child_pte', 'vm_flags', 'vm_page_prot', 'mapcount'] as const
const COLUMNS = [...GIVEN, ...COMPARED]

type Row = Record<(typeof COLUMNS)[number], string>

/** Hold every starting point against what the core makes by the same operations. */
export function judgeInitStates(table: CsvTable): Verdict {
  const tally = new Tally()
  const starts = new StartingPoints()
  const named = namedCells(table, COLUMNS)
  for (const name of named.others) tally.doNotCompare(name, 'unknown here')
  for (const row of table.rows) judgeRow(tally, table.file, row, named.of(row), starts)
  return tally.verdict(table.file, table.rows.length)
}

function judgeRow(tally: Tally, file: string, { line }: CsvRow, row: Row, starts: StartingPoints): void {
  const place = placeNamed(`${row.kernel}/${row.platform}`, '/')
  if (!place) return tally.leaveOut(line, `${row.kernel}/${row.platform} is no kernel and platform known here`)
  const problem = problemOfStart(row)
  if (problem) return tally.leaveOut(line, problem)
  const machine = starts.at(row, place)
  const frames = new FrameMatch(place.kernel)
  const wordIn = (name: 'pte' | 'child_pte' | 'vm_flags' | 'vm_page_prot'): Pte => {
    const word = /^0x[0-9a-f]{1,16}$/.test(row[name]) ? fromHex(row[name]) : null
    if (!word) throw new MalformedInput(file, line, `${name}: ${row[name]} is no hex word`)
    return word
  }
  const compare = (name: string, expected: string, got: string) =>
    tally.compare(line, `${place.name} ${row.vma} ${row.init} ${row.page} ${name}`, expected, got)
  for (const [name, process] of [['pte', 0] as const, ['child_pte', 1] as const]) {
    compare(name, toHex(wordIn(name)), frames.translate(wordIn(name), leafOf(machine, process, 0)))
  }
  compare('vm_flags', toHex(wordIn('vm_flags')), toHex({ lo: flagsOf(machine), hi: 0 }))
  const protection = pageProtection(flagsOf(machine), backingOf(machine, 0))
  compare('vm_page_prot', toHex(wordIn('vm_page_prot')), toHex(protection))
  compare('mapcount', row.mapcount, String(mapcountOf(machine)))
}

/** Entries that map the page of the entry; -1 where struct page counts none. */
function mapcountOf(machine: Machine): number {
  const entry = leafOf(machine, 0, 0)
  const frame = linuxPresent(machine, entry) ? countedFrame(machine, entry) : -1
  return frame < 0 ? -1 : machine.frames.mapcount(frame)
}
