import { DIRTY, ACCESSED, GLOBAL, has, PRESENT, RW, USER, GUEST_KERNEL_HI } from '../arch/pte'
import { holds } from '../arch/predicate'
import { canBeHuge, type EntryLevel } from './entry-kind'
import { isKernels, type NextAnswer, type Subject } from './next-touch'
import type { LinuxReader } from './readers'
import type { LinuxReading } from './reading'
import { onMachine } from './words'

/** One or two sentences: what the entry is, to the Linux that wrote it. */
export function headline(subject: Subject, linux: LinuxReading | null, writer: LinuxReader | null): string {
  const { level, machine } = subject
  if (!linux || !writer) return 'No Linux known here writes such an entry.'
  switch (linux.kind) {
    case 'empty':
      return 'Nothing is here. The first touch fills the entry, if a mapping allows it.'
    case 'table':
      return tableSentence(level)
    case 'page':
    case 'huge page':
      return pageSentence(subject, writer)
    case 'shut':
    case 'shut huge':
      return shutSentence(subject, linux)
    case 'hint by bit 9':
      return `The NUMA scanner of ${writer.title} took this page from the CPU, to see who touches it next.`
    case 'note':
      return noteSentence(linux, writer)
    case 'strange':
      return `No Linux known here writes such an entry at ${level} level${machine === 'xen' ? ` ${onMachine(machine)}` : ''}.`
  }
}

/** Of the topmost levels nothing is said of bit 8: whether a CPU ignores it there depends on who made it. */
const tableSentence = (level: EntryLevel): string =>
  canBeHuge(level)
    ? `Leads to a table of the next level. Bit 8 means nothing in a ${level} that maps no page.`
    : 'Leads to a table of the next level.'

function pageSentence(subject: Subject, { kernel }: LinuxReader): string {
  const { word, machine, level } = subject
  const whose = isKernels(subject) ? 'kernel' : has(word, USER) ? 'program' : 'kernel'
  const size = level === 'PUD' ? ' of 1 GB' : level === 'PMD' ? ' of 2 MB' : ''
  const counted =
    holds(kernel.special, word.lo) && level === 'PTE' ? ' that no struct page counts, as the zero page' : ''
  const page = `A present page${size} of the ${whose}${counted}.`
  if (word.hi & GUEST_KERNEL_HI) return `${page} Bit 52 is Xen’s mark of a guest kernel; it does not add bit 8 there.`
  if (!has(word, GLOBAL)) return `${page} Bit 8 is 0.`
  if (machine === 'xen' && whose === 'program') return `${page} Xen added bit 8. ${AS_GLOBAL}`
  return `${page} ${AS_GLOBAL}`
}

const AS_GLOBAL = 'To a CPU with CR4.PGE bit 8 is GLOBAL: the translation outlives a change of address space.'

function shutSentence({ word }: Subject, { shutBy, kind }: LinuxReading): string {
  const size = kind === 'shut huge' ? ' of 2 MB' : ''
  const used = has(word, DIRTY) ? 'It was used and written.' : has(word, ACCESSED) ? 'It was used.' : ''
  const by = {
    hint: `The NUMA scanner took this page${size} from the CPU, to see who touches it next.`,
    mprotect: `The mapping of this page${size} allows nothing.`,
    'hint or mprotect': `Linux hid this page${size} on purpose: PRESENT is 0, so bit 8 is PROTNONE.`,
    nobody: `PRESENT is 0 and bit 8 is set, but no part of this Linux writes the rest so.`,
  }[shutBy ?? 'nobody']
  return `${by} The frame is still there. ${used}`.trim()
}

function noteSentence({ fields }: LinuxReading, { title }: LinuxReader): string {
  if (fields?.what === 'swap') {
    const marks = [fields.softDirty && 'soft-dirty', fields.exclusive && 'this process’s alone'].filter(Boolean)
    const marked = marks.length > 0 ? ` The page was ${marks.join(', ')}.` : ''
    return `The page is in swap: device ${fields.type}, slot 0x${fields.offset!.toString(16)}.${marked} ${NO_FLAG}`
  }
  if (fields?.what === 'migration')
    return `The page is on the move, from frame 0x${fields.frame!.toString(16)}. Whoever touches it waits. ${NO_FLAG}`
  return `Not a page: a note in place of one. What it says in ${title} is not known here.`
}

const NO_FLAG = 'No bit here is a flag of the CPU’s.'

/** What the word cannot say, and who knows. */
export function cannotSay(subject: Subject, linux: LinuxReading | null, writer: LinuxReader | null): readonly string[] {
  const { word, machine, vma, asVal } = subject
  const said: string[] = []
  if (linux?.shutBy === 'hint or mprotect')
    said.push(
      'Why it is shut: NUMA hint, or mprotect(PROT_NONE)? Only the mapping knows. If it allows reading or writing, it is a hint.',
    )
  const page = linux?.kind === 'page' || linux?.kind === 'huge page'
  if (page && vma === null && !has(word, RW) && has(word, USER) && !isKernels(subject))
    said.push(
      'Whether a write is allowed: a page without RW stands in read-only mappings and in writable ones. Only the mapping knows.',
    )
  if (page && machine === null)
    said.push('Whether bare metal or Xen PV: so the frame may be the machine’s or the guest’s.')
  if (page && machine === 'xen' && asVal)
    said.push('Under Xen, which machine frame it is: Linux has printed its own number of it.')
  if (page && machine === 'xen' && !asVal && (subject.pfn ?? null) === null)
    said.push('Under Xen, which guest frame it is: a present entry holds the machine’s number.')
  if (linux?.kind === 'shut' && machine !== 'bare' && (linux.shutBy === 'mprotect' || writer?.kernel.markingTranslates))
    said.push('Under Xen, which machine frame it is: without PRESENT the entry holds the guest’s own number.')
  if (linux?.kind === 'note' && writer && linux.fields?.what === 'not known')
    said.push('What the note says: its layout is not known here.')
  if (!has(word, PRESENT) && linux?.kind === 'empty')
    said.push('What the first touch brings: memory, a file’s page or a signal. Only the mapping knows.')
  return said
}

const ENDS: Record<NextAnswer['end'], string> = {
  'no fault': 'passes',
  fault: '',
  done: 'done',
  endless: 'and again, for ever',
  sigsegv: 'SIGSEGV',
  bug: 'BUG, the task dies',
  refused: 'refused: EFAULT, or an oops where no fixup is',
  waits: 'waits until the page has moved',
  'not known': 'then not known',
}

/** Functions that every fault enters, and the ends that are told by other words. */
const COMMON = ['do_page_fault', 'handle_mm_fault', 'handle_pte_fault', 'bad_area_access_error']

/** What a function did that ends in more ways than one. */
const IN_WORDS: Readonly<Record<string, string>> = {
  'wp:copy': 'copied',
  'wp:reuse': 'reused',
  'anon:zero_page': 'zero page',
  'hugeanon:huge_zero': 'huge zero page',
  'numa:no_normal_page': 'not counted',
}

/** A touch in a few words: `#PF 0x7, do_wp_page, done`. */
export function answerText({ errors, path, end }: NextAnswer): string {
  if (errors.length === 0) return end === 'not known' ? 'the entry below decides' : ENDS[end]
  const faults = `#PF ${errors.map((code) => `0x${code.toString(16)}`).join(', then ')}`
  // A BUG comes before the count.
  const passed = end === 'bug' ? path.filter((name) => name !== 'numa:no_normal_page') : path
  const through = [...new Set(passed)].filter((name) => !COMMON.includes(name)).map((name) => IN_WORDS[name] ?? name)
  return [faults, ...through, ENDS[end]].filter(Boolean).join(', ')
}

/** Is the end one that nobody could have asked for? */
export const isSick = ({ end }: NextAnswer): boolean => end === 'endless' || end === 'bug'

/** PRESENT and bit 8 in words, as a quadrant of the square. */
export const quadrantText = (lo: number): string => `PRESENT ${lo & PRESENT}, bit 8 ${lo & GLOBAL ? 1 : 0}`
