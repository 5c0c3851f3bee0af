import { frameOf, GLOBAL, has, PRESENT, PSE, toHex, type Pte } from '../arch/pte'
import { nameOfBit8 } from '../arch/entry-fields'
import { addsGlobal, adjustGuestL1e } from '../xen/adjust'
import { holds } from '../arch/predicate'
import { pmdPresent } from '../kernel/huge-pmd'
import {
  canBeHuge,
  dependsOnMake,
  entryKind,
  frameToCpu,
  frameToLinux,
  holdsFrame,
  isPageToCpu,
  isTopmost,
  type EntryKind,
} from './entry-kind'
import { isInverted as looksInverted } from '../decode/captured-entries'
import { isInverted, SAVED_DIRTY_HI } from '../kernel/linux-pte'
import { looksHinted, shutBy, type ShutBy } from './origin'
import { noteFields, type NoteFields } from './notes'
import { isKernels, nextTouches, type NextTouch, type Subject } from './next-touch'
import { linuxReader, type LinuxReader } from './readers'
import { vmaFlags } from './context'

/** A frame as one reader reads it. */
export interface ReadFrame {
  readonly number: number
  /** Who counts it so. `frame`: the machine is not known, so it is the one or the other. */
  readonly countedBy: 'PFN' | 'MFN' | 'frame'
  /** Was it turned back? */
  readonly inverted: boolean
  /** Could a machine of 2015 to today have so much memory? Else the word was hardly written for this reader. */
  readonly likely: boolean
}

/** What one reader makes of one entry. */
export interface Reading {
  /** `cpu`, `xen`, or the id of a Linux. */
  readonly reader: string
  readonly title: string
  /** In the reader's own terms: `yes`, `no`, `yes, but shut` … */
  readonly mapped: string
  /** What it calls bit 8, or what it does with it. */
  readonly bit8: string
  readonly frame: ReadFrame | null
  /** Rows of RULES.md that were used. */
  readonly rules: readonly string[]
  readonly next: readonly NextTouch[]
  /** What has to be known beside it. */
  readonly notes: readonly string[]
  /** Of a Linux only. */
  readonly linux: LinuxReading | null
}

/** What a Linux makes of an entry, for comparison and for lists. */
export interface LinuxReading {
  readonly kind: EntryKind
  /** pte_present, or what stands for it at this level. */
  readonly present: boolean
  /** pte_special: no struct page counts it. */
  readonly special: boolean
  /** Its test for a hint, which says nothing about the mapping. */
  readonly looksHinted: boolean
  readonly shutBy: ShutBy | null
  readonly fields: NoteFields | null
}

/** Frames of 46-bit physical addresses: no machine of this story has more. */
export const LIKELY_FRAMES = 2 ** 34

/** What a Linux takes an entry for; nothing is run. Cheap enough for a list of thousands. */
export function linuxReading(subject: Pick<Subject, 'word' | 'level' | 'vma'>, reader: LinuxReader): LinuxReading {
  const { word, level, vma } = subject
  const { kernel } = reader
  const kind = entryKind(kernel, level, word)
  const shut = kind === 'shut' || kind === 'shut huge' || kind === 'hint by bit 9'
  const rights = vma === null ? null : vma === 'none' ? 0 : vmaFlags(vma)
  return {
    kind,
    present:
      level === 'PTE'
        ? holds(kernel.present, word.lo)
        : canBeHuge(level)
          ? pmdPresent(kernel, word)
          : has(word, PRESENT),
    special: holds(kernel.special, word.lo),
    looksHinted: kind !== 'empty' && kind !== 'table' && looksHinted(kernel, word),
    shutBy: shut ? shutBy(kernel, word, rights) : null,
    fields: kind === 'note' ? noteFields(reader, word) : null,
  }
}

/** The frame a Linux reads, under which name. */
export function linuxFrameIn(subject: Subject, reader: LinuxReader): ReadFrame | null {
  const { word, level, machine, asVal } = subject
  const { kernel } = reader
  const kind = entryKind(kernel, level, word)
  if (!holdsFrame(kind)) return null
  const number = frameToLinux(kernel, level, word, kind)
  // Linux turns the machine's number into its own, and the text has told which that is.
  if (has(word, PRESENT) && !asVal && machine === 'xen' && subject.pfn !== undefined && subject.pfn !== null)
    return { number: subject.pfn, countedBy: 'PFN', inverted: false, likely: true }
  // [NH3] Up to 3.14 a hint keeps the frame number that was there.
  const hinted = kind === 'shut' && !kernel.markingTranslates && linuxReading(subject, reader).shutBy === 'hint'
  const byMachine = (has(word, PRESENT) && !asVal) || hinted
  const countedBy = !byMachine || machine === 'bare' ? 'PFN' : machine === 'xen' ? 'MFN' : 'frame'
  return { number, countedBy, inverted: isInverted(kernel, word), likely: number < LIKELY_FRAMES }
}

/** An entry, read by one Linux. */
export function readByLinux(subject: Subject, reader: LinuxReader): Reading {
  const { word } = subject
  const linux = linuxReading(subject, reader)
  const frame = linuxFrameIn(subject, reader)
  return {
    reader: reader.id,
    title: reader.title,
    mapped: mappedToLinux(linux),
    bit8: bit8ToLinux(word, linux),
    frame,
    rules: rulesOf(linux, reader, frame),
    next: nextTouches(subject, reader),
    notes: notesOf(subject, linux, reader, frame),
    linux,
  }
}

function mappedToLinux({ kind, fields }: LinuxReading): string {
  switch (kind) {
    case 'empty':
      return 'no: empty'
    case 'table':
      return 'leads to a table'
    case 'page':
    case 'huge page':
      return 'yes'
    case 'shut':
    case 'shut huge':
    case 'hint by bit 9':
      return 'yes, but shut'
    case 'note':
      return fields?.what === 'migration' ? 'on the move' : fields?.what === 'swap' ? 'no: in swap' : 'no: a note'
    case 'strange':
      return 'not known'
  }
}

function bit8ToLinux(word: Pte, { kind, looksHinted: hinted, fields }: LinuxReading): string {
  const set = has(word, GLOBAL)
  if (kind === 'table') return set ? 'not asked' : '0'
  if (kind === 'note') return fields?.what === 'not known' ? 'not known' : '0: no flag here'
  if (!set) return '0'
  if (has(word, PRESENT)) return hinted ? 'PROTNONE, wrongly' : nameOfBit8(true)
  return nameOfBit8(false)
}

function rulesOf({ kind, fields }: LinuxReading, { kernel }: LinuxReader, frame: ReadFrame | null): readonly string[] {
  if (kind === 'empty') return ['PT1', 'HF2']
  if (kind === 'table') return ['HW2']
  if (kind === 'note') return fields?.what === 'migration' ? ['PT8', 'MI1'] : ['PT8', 'SW1']
  const huge = kind === 'huge page' || kind === 'shut huge'
  const test = huge ? ['PM1', 'PM2'] : kernel.numaBuilt ? ['PT8', 'PT2'] : ['PT8']
  return [...test, ...(frame?.inverted ? ['PT6'] : []), ...(kernel.savesDirty ? ['PT7'] : [])]
}

function notesOf(
  subject: Subject,
  { kind, shutBy: by, fields, looksHinted: hinted }: LinuxReading,
  reader: LinuxReader,
  frame: ReadFrame | null,
): readonly string[] {
  const { word, machine } = subject
  const { kernel } = reader
  const notes: string[] = []
  if (kind === 'strange') notes.push('No Linux is known to write such an entry at this level.')
  if (by === 'nobody') notes.push('Neither its scanner nor mprotect writes these bits together.')
  if (frame && !frame.likely)
    notes.push('The frame lies beyond 46-bit addresses: this word was hardly written for this reader.')
  if (hinted && has(word, PRESENT) && isPageToCpu(subject.level, word))
    notes.push('Its test looks at bit 8 alone, so it takes this present page for a NUMA hint.')
  if (!kernel.markingTranslates && machine !== 'bare') {
    if (by === 'hint or mprotect')
      notes.push(`Under Xen a hint names a machine frame, mprotect a guest frame. ${TRANSLATES_SINCE}`)
    if (by === 'hint') notes.push(`Under Xen this is a machine frame. ${TRANSLATES_SINCE}`)
  }
  if (frame && kernel.savesDirty && word.hi & SAVED_DIRTY_HI) notes.push('Bit 58: the page was dirty when it lost RW.')
  if (kind === 'hint by bit 9') notes.push('Bit 9 without PRESENT is this release’s NUMA hint.')
  if (fields?.caveat) notes.push(fields.caveat)
  if (reader.note && reader.note !== fields?.caveat) notes.push(reader.note)
  return notes
}

/** [NH3] The reader of 3.8 to 3.15 stands for the releases before this change. */
const TRANSLATES_SINCE = 'Since 3.14.5 and 3.15 the helpers that mark a hint translate the frame to the guest’s.'

/** What the CPU makes of an entry. It asks PRESENT first, and nothing else where that is 0. */
export function readByCpu(subject: Subject): Reading {
  const { word, level } = subject
  const present = has(word, PRESENT)
  const page = isPageToCpu(level, word)
  const pgdWithPse = present && isTopmost(level) && has(word, PSE)
  return {
    reader: 'cpu',
    title: 'CPU',
    mapped: present ? (page ? 'yes' : 'leads to a table') : 'no',
    bit8: bit8ToCpu(subject),
    frame:
      present && !isOther(subject)
        ? {
            number: frameToCpu(level, word),
            countedBy: cpuCounts(subject),
            inverted: false,
            likely: frameOf(word) < LIKELY_FRAMES,
          }
        : null,
    rules: ['HW2', 'HW3'],
    next: firstFaultsOnly(nextTouches(subject, linuxReader('6.1')!)),
    notes: [
      ...(present && isOther(subject) ? ['Linux has printed its own frame number; the CPU goes to another.'] : []),
      ...(subject.machine === 'xen' && isKernels(subject)
        ? ['A program of a PV guest runs on tables without the kernel’s half: what it touches there is not present.']
        : []),
      ...(pgdWithPse
        ? ['Bit 7 is reserved at this level: the CPU raises a fault with the reserved bit of the error code.']
        : []),
      ...(dependsOnMake(level, word)
        ? [
            'AMD reserves bit 8 at this level, so that any touch faults with the reserved bit of the error code; Intel ignores it. Both recalled, not looked up.',
          ]
        : []),
      ...(present && frameOf(word) >= LIKELY_FRAMES
        ? ['Frame bits above bit 45 are reserved on a CPU that does not drive them: the model takes it for such a one.']
        : []),
    ],
    linux: null,
  }
}

function bit8ToCpu({ word, level }: Subject): string {
  if (!has(word, PRESENT)) return 'not read'
  const set = has(word, GLOBAL)
  if (isPageToCpu(level, word)) return set ? 'GLOBAL' : '0'
  if (!isTopmost(level)) return 'ignored'
  return set ? 'depends on the CPU' : '0'
}

/** Printed as Linux counts, under Xen: what lies in memory names another frame. */
const isOther = ({ machine, asVal }: Subject): boolean => machine === 'xen' && asVal

const cpuCounts = ({ machine }: Subject): ReadFrame['countedBy'] =>
  machine === 'bare' ? 'PFN' : machine === 'xen' ? 'MFN' : 'frame'

/** The CPU knows of a touch whether it faults, and with which code. */
function firstFaultsOnly(next: readonly NextTouch[]): readonly NextTouch[] {
  return next.map(({ access, answers }) => {
    const first = new Map(answers.map((answer) => [answer.errors[0] ?? -1, answer]))
    return {
      access,
      answers: [...first.values()].map(({ errors, when }) => ({
        when: first.size > 1 ? when : [],
        errors: errors.slice(0, 1),
        path: [],
        end: errors.length === 0 ? ('no fault' as const) : ('fault' as const),
      })),
    }
  })
}

/** What Xen makes of an entry of a 64-bit PV guest: it asks PRESENT, never what Linux calls present. */
export function readByXen(subject: Subject): Reading {
  const { word, level } = subject
  const present = has(word, PRESENT)
  const leaf = level === 'PTE'
  return {
    reader: 'xen',
    title: 'Xen, of a PV guest',
    mapped: present ? 'yes: it checks the frame' : 'not checked',
    bit8: bit8ToXen(word, leaf),
    frame:
      present && !isOther(subject)
        ? { number: frameToCpu(level, word), countedBy: 'MFN', inverted: false, likely: frameOf(word) < LIKELY_FRAMES }
        : null,
    rules: present ? (leaf ? ['XA1', 'XS2', 'XS5'] : ['XA2']) : ['XS2'],
    next: [],
    notes: xenNotes(subject),
    linux: null,
  }
}

function bit8ToXen(word: Pte, leaf: boolean): string {
  if (!has(word, PRESENT)) return 'ignored'
  if (!leaf) return has(word, GLOBAL) ? 'refused at this level' : '0: never added here'
  if (!addsGlobal(word)) return 'not added: a guest kernel’s page'
  return has(word, GLOBAL) ? 'GLOBAL, which it adds itself' : 'adds it: GLOBAL'
}

function xenNotes({ word, level, asVal, machine }: Subject): readonly string[] {
  if (!has(word, PRESENT)) {
    const looksReal = frameOf(word) !== 0 && !looksInverted(word.lo, word.hi)
    return [
      'Stored as it comes.',
      ...(looksReal
        ? [
            'Since 2018 Xen looks at the frame bits of such an entry too. What it does where they could name real memory depends on its options and on the CPU: it may let the entry be, run the guest on shadow tables, or crash it.',
          ]
        : []),
    ]
  }
  const notes = asVal && machine === 'xen' ? ['Printed as Linux counts: Xen’s own frame number is another one.'] : []
  if (level !== 'PTE') return notes
  const stored = adjustGuestL1e(word)
  return [...notes, `Stored by Linux once more it becomes ${toHex(stored)}.`]
}
