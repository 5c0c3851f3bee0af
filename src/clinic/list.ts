import { ENTRY_FIELDS } from '../arch/entry-fields'
import { quadrant } from '../arch/predicate'
import { bitOf, GLOBAL, GUEST_KERNEL_HI, has, PRESENT, USER, type Pte } from '../arch/pte'
import { isInverted } from '../decode/captured-entries'
import { machineInWord, mayHaveWritten } from './diagnosis'
import { isPageToCpu, type EntryLevel } from './entry-kind'
import type { Subject } from './next-touch'
import { LINUX_READERS, linuxReader, type LinuxReader } from './readers'
import { linuxReading, type LinuxReading } from './reading'
import { hasXensGlobal, mayBeProgram } from './xen-mark'
import type { MachineId } from '../machine/platforms'

/** An entry of a list: what a subject is, less what is chosen for all of them. */
export type Listed = Omit<Subject, 'machine'>

/** Something about entries of a list that a reader should know first. */
export interface Oddity {
  readonly id: OddityId
  readonly title: string
  readonly why: string
  /** Indices into the list, in order. */
  readonly entries: readonly number[]
}

export type OddityId =
  | 'impossible'
  | 'bare with bit 8'
  | 'xen'
  | 'not validated'
  | 'hint'
  | 'prot_none'
  | 'hint or prot_none'
  | 'table with bit 8'
  | 'guest kernel'
  | 'moving'
  | 'foreign half'

/** A list of entries, seen from afar. */
export interface ListSummary {
  readonly machine: MachineId | null
  readonly reader: LinuxReader
  /** How many entries there are of each kind, by its name to the reader. */
  readonly kinds: readonly (readonly [name: string, count: number])[]
  /** How many of the entries that hold flags have each bit, highest first; bits that none has are left out. */
  readonly flags: readonly { readonly bit: number; readonly name: string; readonly count: number }[]
  /** How many lie in each quadrant of PRESENT × bit 8, tables and empty entries left out. */
  readonly quadrants: readonly [number, number, number, number]
  readonly oddities: readonly Oddity[]
  /** What each entry is to the reader. */
  readonly rows: readonly LinuxReading[]
}

/** Why each oddity is one, in the order in which they are told. */
const TOLD: readonly (readonly [OddityId, string, string])[] = [
  [
    'impossible',
    'No Linux writes this',
    'Without PRESENT and with bit 8, but neither as it is nor inverted does it name a frame that a machine has. A swap entry never has bit 8.',
  ],
  [
    'bare with bit 8',
    'Present user page with bit 8 on bare metal',
    'On bare metal nobody sets bit 8 in the entry of a program’s present page. Is this a Xen PV guest after all?',
  ],
  [
    'xen',
    'Present user page with bit 8',
    'Xen PV wrote bit 8: it adds GLOBAL to every present page of a program (XA1). To a test of bit 8 alone each of these is a NUMA hint.',
  ],
  [
    'not validated',
    'Present user page without bit 8 under Xen',
    'Xen adds bit 8 once it knows the table (XS2, XS8): these tables are not pinned yet, as in the middle of execve.',
  ],
  [
    'hint',
    'PROTNONE in a mapping that allows access',
    'A NUMA hint: the mapping allows the access, so the scanner shut the page.',
  ],
  ['prot_none', 'PROTNONE in a mapping that allows nothing', 'mprotect(PROT_NONE), or a mapping made so: a guard.'],
  ['hint or prot_none', 'PROTNONE, mapping not known', 'NUMA hint or mprotect(PROT_NONE): only the mapping knows.'],
  ['table with bit 8', 'Entry of a table with bit 8', 'Xen refuses it, and Linux does not set it.'],
  ['guest kernel', 'Bit 52', 'Xen marks the pages of a guest kernel with it, and adds USER there (XA1).'],
  ['moving', 'Page on the move', 'A migration entry: whoever touches the page waits until it has moved.'],
  ['foreign half', 'Present without USER in the programs’ half', 'No program can use such a page.'],
]

/** Look at a list as a whole: by which Linux and machine it was written, what is in it, and what is odd, first things first. */
export function summarise(
  list: readonly Listed[],
  known: { readonly machine: MachineId | null; readonly reader: LinuxReader | null },
): ListSummary {
  const machine = known.machine ?? majority(list)
  const reader = known.reader ?? writerOf(list)
  const rows = list.map((entry) => linuxReading(entry, reader))
  const odd = new Map<OddityId, number[]>()
  const kinds = new Map<string, number>()
  const bits = Array.from({ length: 64 }, () => 0)
  const quadrants: [number, number, number, number] = [0, 0, 0, 0]
  for (const [index, entry] of list.entries()) {
    const row = rows[index]!
    const name = kindName(row, entry)
    kinds.set(name, (kinds.get(name) ?? 0) + 1)
    for (const id of odditiesOf(entry, row, machine, reader)) {
      const found = odd.get(id)
      if (found) found.push(index)
      else odd.set(id, [index])
    }
    if (row.kind === 'empty' || row.kind === 'table') continue
    quadrants[quadrant(entry.word.lo) as 0 | 1 | 2 | 3]++
    if (row.kind !== 'note') countBits(bits, entry.word)
  }
  return {
    machine,
    reader,
    kinds: [...kinds].toSorted((a, b) => b[1] - a[1]),
    flags: NAMED_BITS.filter(({ bit }) => bits[bit]! > 0).map(({ bit, name }) => ({ bit, name, count: bits[bit]! })),
    quadrants,
    oddities: TOLD.flatMap(([id, title, why]) => (odd.has(id) ? [{ id, title, why, entries: odd.get(id)! }] : [])),
    rows,
  }
}

const NAMED_BITS = [
  { bit: 63, name: 'NX' },
  { bit: 58, name: 'bit 58' },
  { bit: 52, name: 'GUEST_KERNEL' },
  ...ENTRY_FIELDS.filter(({ bit }) => bit < 63).map(({ bit, name }) => ({ bit, name: bit === 8 ? 'bit 8' : name })),
]

function countBits(bits: number[], word: Pte): void {
  for (const { bit } of NAMED_BITS) bits[bit] = bits[bit]! + bitOf(word, bit)
}

function kindName({ kind, fields }: LinuxReading, { level }: Listed): string {
  if (kind === 'note') return fields?.what === 'swap' ? 'swap' : fields?.what === 'migration' ? 'on the move' : 'note'
  return kind === 'table' ? `table (${level})` : kind
}

function odditiesOf(
  { word, level, address }: Listed,
  row: LinuxReading,
  machine: MachineId | null,
  reader: LinuxReader,
): readonly OddityId[] {
  if (row.kind === 'table') return has(word, GLOBAL) ? ['table with bit 8'] : []
  if (row.fields?.what === 'migration') return ['moving']
  if (row.kind === 'shut' || row.kind === 'shut huge') return shutOddity(word, level, row, reader)
  if (row.kind !== 'page' && row.kind !== 'huge page') return []
  if (word.hi & GUEST_KERNEL_HI) return ['guest kernel']
  if (!has(word, USER)) return address !== null && mayBeProgram(address) ? ['foreign half'] : []
  // The kernel's half has its own pages with USER: vsyscall.
  if (!mayBeProgram(address)) return []
  if (has(word, GLOBAL)) {
    if (machine !== 'bare' && hasXensGlobal(word, { level, address })) return ['xen']
    return machine === 'xen' ? [] : ['bare with bit 8']
  }
  return machine === 'xen' && row.kind === 'page' ? ['not validated'] : []
}

function shutOddity(word: Pte, level: EntryLevel, { shutBy }: LinuxReading, reader: LinuxReader): readonly OddityId[] {
  if (!anybodyWrites(word, level, reader)) return ['impossible']
  if (shutBy === 'hint') return ['hint']
  return shutBy === 'mprotect' ? ['prot_none'] : ['hint or prot_none']
}

/** Could the reader, or any other Linux, have written the word? */
function anybodyWrites(word: Pte, level: EntryLevel, reader: LinuxReader): boolean {
  const subject: Subject = { word, level, asVal: false, address: null, machine: null, vma: null }
  return [reader, ...LINUX_READERS].some((each) => mayHaveWritten(subject, each, linuxReading(subject, each)))
}

/** The machine that most pages of programs speak for. */
function majority(list: readonly Listed[]): MachineId | null {
  let xen = 0
  let bare = 0
  for (const entry of list) {
    if (!has(entry.word, PRESENT) || !isPageToCpu(entry.level, entry.word)) continue
    const { value } = machineInWord({ ...entry, machine: null })
    if (value === 'xen') xen++
    else if (value === 'bare') bare++
  }
  if (xen === bare) return null
  return xen > bare ? 'xen' : 'bare'
}

/** The Linux that a list is read by where none is named: frames of shut pages are inverted since 2018. */
function writerOf(list: readonly Listed[]): LinuxReader {
  const shut = list.filter(({ word }) => !has(word, PRESENT) && has(word, GLOBAL))
  const inverted = shut.filter(({ word }) => isInverted(word.lo, word.hi)).length
  return linuxReader(shut.length > 0 && inverted * 2 < shut.length ? '4.0' : '6.1')!
}
