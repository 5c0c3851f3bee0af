import { quadrant } from '../arch/predicate'
import { DIRTY, GUEST_KERNEL_HI, has, PRESENT, RW, USER } from '../arch/pte'
import { isPageToCpu } from './entry-kind'
import type { Subject } from './next-touch'
import { LINUX_READERS, type LinuxReader } from './readers'
import {
  LIKELY_FRAMES,
  linuxFrameIn,
  linuxReading,
  readByCpu,
  readByLinux,
  readByXen,
  type LinuxReading,
  type Reading,
} from './reading'
import { cannotSay, headline } from './say'
import { hasXensGlobal, mayBeProgram } from './xen-mark'
import { SAVED_DIRTY_HI } from '../kernel/linux-pte'
import type { MachineId } from '../machine/platforms'

/** Something that was concluded, and from what. */
export interface Concluded<T> {
  readonly value: T
  readonly why: string
}

/** What is known beside the word itself. */
export interface Known {
  /** Null: to be concluded, if the word says. */
  readonly machine: MachineId | null
  /** The Linux that wrote the word; null: to be concluded. */
  readonly writer: LinuxReader | null
  /** How the writer came to be known. */
  readonly writerFrom?: string
  readonly machineFrom?: string
}

/** An entry read by everybody. */
export interface Diagnosis {
  readonly subject: Subject
  /** Quadrant of PRESENT × bit 8. */
  readonly quadrant: number
  readonly machine: Concluded<MachineId | null>
  /** Null: no Linux that is known here writes such a word. */
  readonly writer: Concluded<LinuxReader | null>
  readonly headline: string
  /** What no reader can find in this word, and who knows it. To be said first. */
  readonly cannotSay: readonly string[]
  readonly readings: readonly Reading[]
  /** Readers (ids) whose answer is not the writer's. */
  readonly differing: readonly string[]
}

/** Read one entry by every reader. */
export function diagnose(asked: Subject, known: Known): Diagnosis {
  const machine = machineOf(asked, known)
  const subject: Subject = { ...asked, machine: machine.value }
  const writer = writerOf(subject, known)
  const readings = [
    readByCpu(subject),
    readByXen(subject),
    ...LINUX_READERS.map((reader) => readByLinux(subject, reader)),
  ]
  const writers = readings.find(({ reader }) => reader === writer.value?.id)
  return {
    subject,
    quadrant: quadrant(subject.word.lo),
    machine,
    writer,
    headline: headline(subject, writers?.linux ?? null, writer.value),
    cannotSay: cannotSay(subject, writers?.linux ?? null, writer.value),
    readings,
    differing: writers ? differing(readings, writers) : [],
  }
}

/** What a word alone says about the machine it was read on. [XA1] */
export function machineInWord({ word, level, address }: Subject): Concluded<MachineId | null> {
  const silent = { value: null, why: 'The word does not say.' }
  if (!has(word, PRESENT)) return { value: null, why: 'Without PRESENT neither Xen nor the CPU leaves a mark.' }
  if (!isPageToCpu(level, word)) return silent
  if (level !== 'PTE') return { value: 'bare', why: 'A PV guest has no huge pages (HP1).' }
  if (word.hi & GUEST_KERNEL_HI) return { value: 'xen', why: 'Bit 52: Xen marks a guest kernel’s pages with it (XA1).' }
  if (hasXensGlobal(word, { level, address }))
    return {
      value: 'xen',
      why: 'Present, USER and bit 8: Linux never asks for that in a program’s page, Xen adds bit 8 (XA1).',
    }
  if (!has(word, USER)) return { value: 'bare', why: 'Present without USER: Xen would have added it (XA1).' }
  if (mayBeProgram(address))
    return { value: 'bare', why: 'A present user page without bit 8: Xen adds it once it knows the table (XA1, XS2).' }
  return silent
}

function machineOf(subject: Subject, { machine, machineFrom = 'As chosen.' }: Known): Concluded<MachineId | null> {
  return machine ? { value: machine, why: machineFrom } : machineInWord(subject)
}

/** Offsets of swap entries beyond this many pages are no device's: the word was laid out otherwise. */
const LIKELY_SLOTS = 2 ** 40

/** Could this Linux have written the word? */
export function mayHaveWritten(subject: Subject, reader: LinuxReader, linux: LinuxReading): boolean {
  const { word } = subject
  const frame = linuxFrameIn(subject, reader)
  if (linux.kind === 'strange' || linux.shutBy === 'nobody' || frame?.likely === false) return false
  if (frame && hasUnusedBits(subject, reader)) return false
  if (linux.fields?.what === 'not known' && linux.fields.type === null) return false
  if (linux.kind === 'note')
    return (linux.fields?.offset ?? 0) < LIKELY_SLOTS && (linux.fields?.frame ?? 0) < LIKELY_FRAMES
  const saved = (word.hi & SAVED_DIRTY_HI) !== 0
  if (linux.kind === 'page' && saved && !reader.kernel.savesDirty) return false
  // Only a shadow stack has DIRTY without RW where DIRTY is saved.
  return !(linux.kind === 'page' && reader.kernel.savesDirty && has(word, DIRTY) && !has(word, RW) && has(word, USER))
}

/** Bits 46 to 62, and 52 to 56, as bits of the high half. */
const ABOVE_46_HI = 0x7fff_c000
const ABOVE_52_HI = 0x01f0_0000

/** Bits above the frame that no Linux of that time sets in an entry that holds one; bit 52 is Xen's, where PRESENT is. */
function hasUnusedBits({ word }: Subject, { kernel }: LinuxReader): boolean {
  const unused = kernel.frameBits === 34 ? ABOVE_46_HI : ABOVE_52_HI
  return (word.hi & (has(word, PRESENT) ? unused & ~GUEST_KERNEL_HI : unused)) !== 0
}

function writerOf(subject: Subject, { writer, writerFrom = 'As chosen.' }: Known): Concluded<LinuxReader | null> {
  if (writer) return { value: writer, why: writerFrom }
  const able = LINUX_READERS.filter((reader) => mayHaveWritten(subject, reader, linuxReading(subject, reader)))
  const newest = able.findLast(({ pathsAre }) => pathsAre === 'read') ?? able.at(-1)
  if (!newest) return { value: null, why: 'No Linux known here writes such a word.' }
  if (able.length === LINUX_READERS.length)
    return { value: newest, why: 'Any Linux may have written it; taken for the newest that was read here.' }
  if (able.length === 1) return { value: newest, why: 'No other Linux known here writes it so.' }
  return { value: newest, why: `${whoMay(able)} may have written it; taken for the newest that was read here.` }
}

/** Readers by name, in one stretch where they are one. */
function whoMay(able: readonly LinuxReader[]): string {
  const [first, last] = [LINUX_READERS.indexOf(able[0]!), LINUX_READERS.indexOf(able.at(-1)!)]
  const short = ({ title }: LinuxReader): string => title.replace('Linux ', '')
  if (last - first + 1 !== able.length) return `Linux ${able.map(short).join(', or ')}`
  if (first === 0) return `Any Linux before ${short(LINUX_READERS[last + 1]!).replace(/ (?:to|and) .*/, '')}`
  if (last === LINUX_READERS.length - 1) return `Any Linux from ${short(able[0]!).replace(/ (?:to|and) .*/, '')} on`
  return `Linux ${able.map(short).join(', or ')}`
}

/** What is compared: not how a reader puts it, but what it would act on. */
function claimOf({ linux, frame }: Reading): string {
  const { kind, looksHinted, fields } = linux!
  return JSON.stringify([
    kind,
    looksHinted,
    frame?.number ?? null,
    fields?.what,
    fields?.type,
    fields?.offset,
    fields?.frame,
  ])
}

/** The Linux readers whose answer is not the writer's. CPU and Xen read less, and make no claim about the rest. */
const differing = (readings: readonly Reading[], writer: Reading): readonly string[] =>
  readings.filter((each) => each.linux && claimOf(each) !== claimOf(writer)).map(({ reader }) => reader)
