import type { Vma } from './context'
import { diagnose, type Diagnosis, type Known } from './diagnosis'
import type { EntryLevel } from './entry-kind'
import { joinFault, type Joined } from './join'
import { summarise, type ListSummary } from './list'
import type { Subject } from './next-touch'
import type { FoundEntry, FoundFault, Paste } from './paste'
import { linuxReader, readerOfRelease, type LinuxReader } from './readers'
import type { MachineId } from '../machine/platforms'

/** What a reader chooses where the text leaves it open, or against it. Null: as the text says, or not known. */
export interface Choices {
  readonly machine: MachineId | null
  /** Id of the Linux that wrote the entries. */
  readonly linux: string | null
  readonly vma: Vma | 'none' | null
  /** Level of entries whose level the text does not say. */
  readonly level: EntryLevel | null
}

export const NO_CHOICES: Choices = { machine: null, linux: null, vma: null, level: null }

/** An entry of a paste, read by everybody, with the fault it was printed for. */
export interface Case {
  readonly entry: FoundEntry
  readonly diagnosis: Diagnosis
  readonly fault: FoundFault | null
  readonly joined: Joined | null
}

/** Which Linux wrote a paste: as chosen, or as it says itself. */
export const linuxOf = (paste: Paste, { linux }: Choices): LinuxReader | null =>
  (linux === null ? null : linuxReader(linux)) ?? (paste.release && readerOfRelease(paste.release.value)) ?? null

const knownOf = (paste: Paste, choices: Choices): Known => ({
  machine: choices.machine ?? paste.machine?.value ?? null,
  machineFrom: choices.machine ? 'As chosen.' : (paste.machine?.why ?? ''),
  writer: linuxOf(paste, choices),
  writerFrom: choices.linux ? 'As chosen.' : (paste.release?.why ?? ''),
})

/** An entry with all that is known of its place. */
export const subjectOf = (paste: Paste, entry: FoundEntry, choices: Choices): Subject => ({
  word: entry.word,
  level: entry.levelSaid ? entry.level : (choices.level ?? entry.level),
  asVal: entry.asVal,
  address: entry.address,
  machine: choices.machine ?? paste.machine?.value ?? null,
  vma: choices.vma ?? entry.vma,
  pfn: entry.pfn,
})

/** Read one entry of a paste. */
export function examine(paste: Paste, index: number, choices: Choices): Case {
  const entry = paste.entries[index]!
  const diagnosis = diagnose(subjectOf(paste, entry, choices), knownOf(paste, choices))
  const fault = paste.faults[entry.fault] ?? null
  return { entry, diagnosis, fault, joined: fault && isLast(paste, index) ? joinFault(fault, diagnosis) : null }
}

/** Is it the deepest entry printed for its fault: the one the walk ended at? */
function isLast({ entries }: Paste, index: number): boolean {
  const next = entries[index + 1]
  return next === undefined || next.fault !== entries[index]!.fault
}

/** The entry to be looked at first: the one that the first fault ended at, else the first PTE, else the first. */
export function firstEntry({ entries }: Paste): number {
  const fault = entries.findIndex((entry) => entry.fault >= 0)
  if (fault >= 0) return entries.findLastIndex((entry) => entry.fault === entries[fault]!.fault)
  const leaf = entries.findIndex(({ level }) => level === 'PTE')
  return Math.max(0, leaf)
}

/** More entries than this are told as a list. */
const MOST_ONE_BY_ONE = 12

/** Are there too many entries to be told one by one? */
export const isLong = ({ entries }: Paste): boolean => entries.length > MOST_ONE_BY_ONE

/** Look at all entries of a paste at once. */
export const listOf = (paste: Paste, choices: Choices): ListSummary =>
  summarise(
    paste.entries.map((entry) => subjectOf(paste, entry, choices)),
    { machine: choices.machine ?? paste.machine?.value ?? null, reader: linuxOf(paste, choices) },
  )
