import { fromHex, type Pte } from '../arch/pte'
import type { Platform } from '../kernel/context'
import type { Choice } from '../machine/choice'
import { decodeRun } from '../trace/codec'

/** One recorded fault of a program, and how often it repeated. */
export interface RecordedRow {
  /** Index of the choice, in the program's order, that led to it. */
  readonly choice: number
  readonly page: number
  readonly address: number
  readonly error: number
  /** Words in memory. */
  readonly before: Pte
  readonly after: Pte
  /** What do_numa_page asked to have stored; empty where it did not run. */
  readonly asked: Pte
  readonly flags: number
  readonly path: readonly string[]
  /** How many faults that say the same followed each other, as far as they were kept. */
  readonly times: number
}

/** A frame by both its numbers. On bare metal they are one. */
export interface FramePair {
  readonly pfn: number
  readonly mfn: number
}

/** What one kernel on one machine did with a program. */
export interface Recording {
  readonly run: string
  readonly kernel: string
  readonly machine: Platform['id']
  /** All faults of the whole run, by the kernel's own counter; it ran for about so many seconds. */
  readonly faults: number
  readonly seconds: number
  /** The address that it never got past, and the faults there. */
  readonly stuck: { readonly address: number; readonly faults: number } | null
  /** Where each page of the program lay; null for one that did not fault. */
  readonly addresses: readonly (number | null)[]
  readonly zeroFrame: FramePair | null
  /** Pages of files, by the name of the program's page. */
  readonly fileFrames: ReadonlyMap<string, FramePair>
  /** Private pages in the order in which they were given out. */
  readonly anonymousFrames: readonly FramePair[]
  readonly rows: readonly RecordedRow[]
}

/** A page of a recorded program, as its first fault found it. */
export interface ProgramPage {
  readonly name: string
  readonly mapping: string
  readonly flags: number
  readonly protection: Pte
  readonly fileBacked: boolean
}

/** A program, what it did in which order, and what became of that where. */
export interface RecordedProgram {
  readonly id: string
  /** The page shown first. */
  readonly page: number
  readonly pages: readonly ProgramPage[]
  readonly before: readonly Choice[]
  /** All that it does if nothing stops it, and how much of that the tape opens with. */
  readonly order: readonly Choice[]
  readonly opening: number
  readonly recordings: readonly Recording[]
}

/** The packed file. */
export interface RecordedRuns {
  readonly provenance: readonly (readonly [name: string, text: string])[]
  readonly programs: readonly RecordedProgram[]
}

/** Read `runs-of-2015.json`, which scripts/pack-recorded-runs.mjs writes. Its shape is checked there and by the tests. */
export function readRecordedRuns(text: string): RecordedRuns {
  const packed = JSON.parse(text) as Packed
  return {
    provenance: Object.entries(packed.provenance),
    programs: packed.programs.map((program) => readProgram(program, packed.paths)),
  }
}

interface Packed {
  readonly provenance: Record<string, string>
  readonly paths: readonly string[]
  readonly programs: readonly PackedProgram[]
}

interface PackedProgram {
  readonly id: string
  readonly page: number
  readonly before: string
  readonly order: string
  readonly opening: number
  readonly pages: readonly (readonly [name: string, mapping: string, flags: string, protection: string, file: 0 | 1])[]
  readonly recordings: readonly PackedRecording[]
}

interface PackedRecording {
  readonly run: string
  readonly kernel: string
  readonly machine: Platform['id']
  readonly faults: number
  readonly seconds: number
  readonly stuck?: { readonly address: string; readonly faults: number }
  readonly addresses: readonly string[]
  readonly frames: { readonly zero: string; readonly file: Record<string, string>; readonly anon: readonly string[] }
  readonly rows: readonly string[]
}

function readProgram(packed: PackedProgram, paths: readonly string[]): RecordedProgram {
  const { id, page, opening } = packed
  return {
    id,
    page,
    opening,
    pages: packed.pages.map(([name, mapping, flags, protection, file]) => ({
      name,
      mapping,
      flags: hex(flags),
      protection: word(protection),
      fileBacked: file === 1,
    })),
    before: decodeRun(packed.before).choices,
    order: decodeRun(packed.order).choices,
    recordings: packed.recordings.map((recording) => readRecording(recording, paths)),
  }
}

function readRecording({ frames, ...packed }: PackedRecording, paths: readonly string[]): Recording {
  const { run, kernel, machine, faults, seconds, stuck } = packed
  return {
    run,
    kernel,
    machine,
    faults,
    seconds,
    stuck: stuck ? { address: hex(stuck.address), faults: stuck.faults } : null,
    addresses: packed.addresses.map((address) => (address ? hex(address) : null)),
    zeroFrame: frames.zero ? pair(frames.zero) : null,
    fileFrames: new Map(Object.entries(frames.file).map(([name, frame]) => [name, pair(frame)])),
    anonymousFrames: frames.anon.map(pair),
    rows: packed.rows.map((row) => readRow(row, paths)),
  }
}

function readRow(text: string, paths: readonly string[]): RecordedRow {
  const [choice, page, address, error, before, after, asked, flags, path, times] = text.split(' ')
  return {
    choice: Number(choice),
    page: Number(page),
    address: hex(address!),
    error: hex(error!),
    before: word(before!),
    after: word(after!),
    asked: word(asked!),
    flags: hex(flags!),
    path: paths[Number(path)]!.split('>'),
    times: Number(times),
  }
}

const hex = (digits: string): number => Number.parseInt(digits, 16)
const word = (digits: string): Pte => fromHex(digits)!

function pair(text: string): FramePair {
  const [pfn = '', mfn = pfn] = text.split(' ')
  return { pfn: hex(pfn), mfn: hex(mfn) }
}
