import { errorCodeText, PF_PROT, PF_WRITE } from '../arch/error-code'
import { asks, holds, notation, type Predicate } from '../arch/predicate'
import { frameOf, has, PRESENT, PROTNONE, RW, SPECIAL, type Pte } from '../arch/pte'
import { addressText, TASK_SIZE_MAX } from '../arch/vaddr'
import { FRAME } from '../kernel/frames'
import { NUMA, swapOffset } from '../kernel/linux-pte'
import { rightsText, VM_RIGHTS, VM_SHARED } from '../kernel/protection'
import type { Kernel } from '../kernel/variants'
import { noun } from './access-sentences'
import {
  asked,
  entryAfter,
  errorAfter,
  flagsOf,
  flagsText,
  frameIndex,
  frameKind,
  mappers,
  mappingName,
  nameOf,
  pfnText,
  protectionOf,
  snapshot,
  word,
  type Moment,
} from './moment'

type Say = (at: Moment) => string

const CHANGED = 'The entry has changed meanwhile, so somebody else has dealt with the fault.'

/** The sentences about a fault on its way through Linux, by name of the step. */
export const FAULT_SENTENCES: Record<string, Say> = {
  do_page_fault: enters,
  find_vma: findsMapping,
  'access_error?': mayAccess,
  handle_pte_fault: (at) => `Linux reads the entry once, without a lock: ${word(entryAfter(at))}.`,
  'pte_present?': isPresent,
  'hint?': (at) => hintQuestion(at.kernel, snapshot(at).lo, at.next === 'do_numa_page'),
  'handle_mm_fault, huge page': (at) =>
    `A huge page: Linux reads its PMD, ${word(entryAfter(at))}, and no table below it.`,
  'pmd_none?': (at) =>
    at.next === 'huge hint?' ? 'The PMD maps a huge page.' : 'All 64 bits are 0: there is no page here yet.',
  'huge hint?': (at) =>
    hintQuestion({ ...at.kernel, hint: hugeQuestion(at.kernel) }, snapshot(at).lo, at.next === 'do_huge_pmd_numa_page'),
  do_huge_pmd_anonymous_page: (at) =>
    at.next === 'return'
      ? CHANGED
      : errorAfter(at) & PF_WRITE
        ? `First touch by a write: ${nameOf(at)} gets 2 MB at once, with RW: ${flagsText(asked(at))}.`
        : `First touch by a ${noun(at.access)}: Linux maps the huge zero page, read-only: ${flagsText(asked(at))}.`,
  do_huge_pmd_numa_page: (at) =>
    at.next === 'BUG'
      ? 'The mapping allows nothing, so no hint can be here.'
      : at.next === 'return'
        ? CHANGED
        : `Linux counts the hint and gives the huge page its protection back: ${flagsText(asked(at))}.${unasked(at, asked(at))}`,
  'write, huge page not RW?': (at) =>
    at.next === 'do_huge_pmd_wp_page'
      ? 'A write, and RW is 0: a write-protect fault on a huge page.'
      : 'Nothing has to be repaired.',
  do_huge_pmd_wp_page: (at) =>
    at.next === 'return'
      ? CHANGED
      : at.tick.writes.some(({ cell }) => cell === at.machine.counters.newPages)
        ? `Linux takes a huge page of 2 MB for the program alone: ${flagsText(asked(at))}, frame ${pfnText(at, asked(at))}.`
        : `Only this process has the huge page, so Linux reuses it: ${flagsText(asked(at))}.`,
  huge_pmd_set_accessed: (at) =>
    at.next === 'return'
      ? 'Nothing changes, so nothing is stored.'
      : `Linux asks to store the PMD with ACCESSED and DIRTY: ${flagsText(asked(at))}.`,
  'lock, pte_same?': (at) =>
    at.next === 'return' ? CHANGED : `Linux takes the page-table lock. The entry is still ${flagsText(snapshot(at))}.`,
  'write, not RW?': needsRepair,
  ptep_set_access_flags: (at) => {
    if (at.next !== 'return') return `Linux asks to store the entry with ACCESSED and DIRTY: ${flagsText(asked(at))}.`
    return errorAfter(at) & PF_WRITE
      ? 'RW, ACCESSED and DIRTY are set already. Nothing is stored.'
      : `After a ${noun(at.access)} fault Linux stores nothing here.`
  },
  do_numa_page: restores,
  'count the hint': countsHint,
  migrate_misplaced_page: (at) =>
    at.next === 'remove_migration_pte' || asked(at).lo !== 0
      ? `The page moves. Until it is there its entry is a note that only Linux can read: ${word(asked(at))}.`
      : 'The page cannot move: more than one entry maps it, or the other node is full.',
  remove_migration_pte: (at) =>
    `The page lies in frame ${pfnText(at, asked(at))} now, on the node that uses it: ${flagsText(asked(at))}.`,
  'put the entry back': (at) =>
    `Only now ${at.kernel.name} undoes the hint: Linux asks for ${flagsText(asked(at))}.${unasked(at, asked(at))}`,
  do_anonymous_page: firstTouch,
  do_fault: (at) =>
    `First touch of a file page: ${at.next === 'do_read_fault' ? 'map it as it is' : at.next === 'do_cow_fault' ? 'a private write needs a copy' : 'a shared write goes to the file'}.`,
  do_read_fault: (at) =>
    at.next === 'return'
      ? CHANGED
      : `Linux maps the file's own frame ${pfnText(at, asked(at))}: ${flagsText(asked(at))}.`,
  'map the neighbours': (at) =>
    at.next === 'return'
      ? 'Every page of this 64 KB is mapped now, the touched one among them.'
      : `Linux maps a page of the same 64 KB along, as its mapping says: ${flagsText(asked(at))}.`,
  do_cow_fault: (at) =>
    at.next === 'return'
      ? CHANGED
      : `Linux copies the file's page into frame ${pfnText(at, asked(at))} and maps that: ${flagsText(asked(at))}.`,
  do_shared_fault: (at) =>
    at.next === 'map the shared page'
      ? 'A shared write goes to the file itself: no copy, and nobody has to be asked.'
      : 'A shared write goes to the file itself: no copy. This file system wants to hear of it first.',
  'do_page_mkwrite, first touch': () => 'The file system hears of the first write to its page.',
  'map the shared page': (at) =>
    at.next === 'return'
      ? CHANGED
      : `Linux maps the file's own frame ${pfnText(at, asked(at))} for writing: ${flagsText(asked(at))}.`,
  do_swap_page: swapsIn,
  'swapped in, still shared': () =>
    'The page is back, but another entry names its swap slot too. The same fault goes on as a write-protect fault.',
  do_wp_page: decidesCopy,
  do_page_mkwrite: () => 'The file system hears of the first write to its page.',
  'reuse the page': (at) =>
    at.next === 'return'
      ? 'The frame stays. RW, ACCESSED and DIRTY are set already.'
      : `The frame stays. Linux sets RW, ACCESSED and DIRTY: ${flagsText(asked(at))}.`,
  'copy the page': copies,
  'map the copy': (at) => `The copy is mapped with RW: ${flagsText(asked(at))}, frame ${pfnText(at, asked(at))}.`,
  return: goesBack,
  'SIGSEGV, access': (at) =>
    `SIGSEGV: the mapping is ${rights(at)}, which forbids the ${noun(at.access)}. Linux never looked at the entry.`,
  'SIGSEGV, no mapping': (at) => `SIGSEGV: nothing is mapped at ${addressText(at.machine.addresses[at.page]!)}.`,
  'corrupted page table': () => 'A reserved bit in a page table: Linux calls the table corrupted and kills the task.',
  BUG: bugText,
}

function goesBack(at: Moment): string {
  if (at.next === 'follow_page_pte?') return 'The fault handler is done. The kernel looks the page up once more.'
  if (at.next === 'exec_mmap') return 'The fault handler is done, and execve goes on.'
  if (at.next === 'SIGKILL ends it') return 'On the way back to user mode Linux finds a SIGKILL pending.'
  const pending = at.after[at.machine.processes[at.process]!.killed] === 1
  if (pending)
    return 'Linux returns to the same instruction, one of its own. A SIGKILL is pending, but only the way to user mode looks for it.'
  return 'Linux returns to the same instruction. It does not check whether the fault achieved anything.'
}

const rights = (at: Moment): string => rightsText(flagsOf(at))

function enters(at: Moment): string {
  const error = at.before[at.cpu.error]!
  const what = `Linux gets error ${error}: ${errorCodeText(error)}.`
  if (at.next === 'corrupted page table') return `${what} A reserved bit is never a program's fault.`
  if (at.machine.addresses[at.page]! >= TASK_SIZE_MAX)
    return `${what} The address belongs to the kernel, so the signal will say "present" whatever is there.`
  return `${what} Address ${addressText(at.machine.addresses[at.page]!)}.`
}

function findsMapping(at: Moment): string {
  const below = at.machine.pages[at.page]!.belowStack
  if (at.next !== 'access_error?')
    return below ? 'Too far below the stack pointer: the stack does not grow.' : 'No mapping covers the address.'
  const mapping = `${mappingName(at)}, ${rights(at)}, ${flagsOf(at) & VM_SHARED ? 'shared' : 'private'}`
  const grows = at.tick.writes.some(({ cell }) => cell === at.machine.processes[at.process]!.flags[at.page])
  return grows ? `The stack grows over the address: ${mapping}.` : `The address lies in the mapping ${mapping}.`
}

function mayAccess(at: Moment): string {
  const error = errorAfter(at)
  const allowed = at.next === 'handle_pte_fault'
  if (allowed) return `The mapping is ${rights(at)}, so the ${noun(at.access)} is legal. The entry comes next.`
  if (!(error & PF_WRITE) && error & PF_PROT)
    return `A ${noun(at.access)} failed on a present entry. No change to the entry could mend that.`
  if (!(flagsOf(at) & VM_RIGHTS))
    return `The mapping is ${rights(at)}: it allows nothing. Linux never looks at the entry.`
  return `The mapping is ${rights(at)}: a ${noun(at.access)} is an error. Linux never looks at the entry.`
}

const BITS: readonly (readonly [number, string])[] = [
  [NUMA, 'bit 9'],
  [PROTNONE, 'bit 8'],
  [PRESENT, 'PRESENT'],
]

/** 'bit 8 is 1, PRESENT is 0': the bits a question can depend on. */
export const bitsAsked = (lo: number, mask: number): string =>
  BITS.filter(([bit]) => mask & bit)
    .map(([bit, name]) => `${name} is ${lo & bit ? 1 : 0}`)
    .join(', ')

function isPresent(at: Moment): string {
  const { present } = at.kernel
  const entry = snapshot(at)
  const question = `${present.name} asks ${notation(present)}.`
  if (at.next === 'do_swap_page') return `${question} No, and the word is not 0: Linux takes it for a swap entry.`
  if (at.next !== 'hint?') return 'All 64 bits are 0: there is no page here yet.'
  if (has(entry, PRESENT)) return `${question} PRESENT is 1, so yes.`
  return `${question} PRESENT is 0, yet ${has(entry, PROTNONE) ? 'bit 8' : 'bit 9'} is 1, so yes: a page is here.`
}

/** The question of the fault path as it is asked of the entry of a huge page. */
export const hugeQuestion = ({ hint }: Kernel): Predicate => ({ ...hint, name: hint.name.replace('pte', 'pmd') })

/** The heart: what is asked, what the bits are, what the kernel answers and whether that is true. */
export function hintQuestion(kernel: Kernel, lo: number, verdict: boolean): string {
  const { hint } = kernel
  const answer = verdict ? 'yes' : 'no'
  if (hint.form === 'never') return `${hint.name} is always no: NUMA balancing is not built in.`
  const mask = asks(hint)
  if (!mask) return `${hint.name} says ${answer} to every entry.${judgement(kernel, lo, verdict)}`
  const notAsked = mask & PRESENT ? '' : ' PRESENT was not asked.'
  return `${question(hint)} ${capital(bitsAsked(lo, mask))}: ${answer}.${notAsked}${judgement(kernel, lo, verdict)}`
}

const question = (predicate: Predicate): string => `${predicate.name} asks ${notation(predicate)}.`
const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1)

/** A hint counts as right only in an entry whose PRESENT is clear and that carries this kernel's mark. */
function judgement(kernel: Kernel, lo: number, verdict: boolean): string {
  const bit9 = kernel.marking === 'bit 9'
  const marked = (lo & (bit9 ? NUMA : PROTNONE)) !== 0
  if (lo & PRESENT) {
    const why = lo & PROTNONE ? 'so bit 8 means GLOBAL' : 'so this is no hint'
    return verdict ? ` Wrong: PRESENT is 1, ${why}.` : ` Right: PRESENT is 1, ${why}.`
  }
  if (!marked) return verdict ? ' Wrong: nothing marks this entry.' : ' Right: nothing marks this entry.'
  if (bit9) return verdict ? ' Right: the scanner set bit 9.' : ' Wrong: bit 9 is the mark, and bit 8 only a leftover.'
  return verdict
    ? ' Right: PRESENT is 0, so bit 8 means PROTNONE.'
    : ' Wrong: PRESENT is 0, so bit 8 means PROTNONE, and the hint is missed.'
}

function needsRepair(at: Moment): string {
  if (at.next === 'do_wp_page') return 'A write, and RW is 0: Linux takes this for a write-protect fault.'
  return errorAfter(at) & PF_WRITE ? 'A write, but RW is 1 already.' : `A ${noun(at.access)}, so RW does not matter.`
}

function restores(at: Moment): string {
  if (at.next === 'BUG') return 'The mapping allows nothing, so no hint can be here.'
  if (at.next === 'return') return CHANGED
  if (at.kernel.numaWritesLast) return `${at.kernel.name} looks at the page first; the entry is put back last.`
  const value = asked(at)
  if (at.kernel.marking !== 'PAGE_NONE')
    return `Linux clears ${at.kernel.marking === 'bit 8' ? 'bit 8' : 'bit 9'} and sets PRESENT and ACCESSED: ${flagsText(value)}${as(at, value)}.${unasked(at, value)}`
  const kept = has(value, RW) && !has(protectionOf(at), RW)
  const done = kept ? 'the protection of its mapping, and keeps RW' : 'the protection of its mapping'
  return `Linux gives the entry ${done}: ${flagsText(value)}.${unasked(at, value)}`
}

const as = (at: Moment, value: Pte): string => (value.lo === snapshot(at).lo ? ', as before' : '')

/** do_numa_page never asks for the kind of access; that matters where RW is missing. */
function unasked(at: Moment, value: Pte): string {
  const never = ' It never asks whether this was a write'
  if (has(snapshot(at), RW) && !has(value, RW)) return `${never}, and RW is lost.`
  return errorAfter(at) & PF_WRITE && !has(value, RW) ? `${never}, so RW stays 0.` : `${never}.`
}

function countsHint(at: Moment): string {
  if (at.next === 'BUG')
    return 'The entry does not say SPECIAL, so vm_normal_page gives the zero page. It must not be here.'
  const counted = at.tick.writes.some(({ cell }) => cell === at.machine.counters.hintFaults)
  if (at.next === 'migrate_misplaced_page') {
    const frame = frameIndex(at, entryAfter(at))
    const [node, own] = [at.machine.frames.node(frame), at.machine.nodeOf(at.tick.actor)]
    return `One more NUMA hinting fault is counted. The page lies on node ${node}, the CPU that touched it is on node ${own}.`
  }
  return counted
    ? 'One more NUMA hinting fault is counted. The page lies on the node of this CPU, so it stays.'
    : `No struct page counts this page, so numa_hint_faults stays as it is.`
}

function bugText(at: Moment): string {
  const last = at.scene.tape.ticks.slice(0, at.scene.cursor - 1).findLast(({ actor }) => actor === at.tick.actor)
  if (last?.step.name !== 'count the hint') return 'BUG: a NUMA hint in a mapping that allows nothing. The task dies.'
  const why = has(snapshot(at), SPECIAL)
    ? 'it cleared bit 9 as the hint bit, but here bit 9 meant SPECIAL.'
    : 'its entry lacked SPECIAL.'
  return `BUG: do_numa_page meets the zero page as a normal page, for ${why} The task dies, and the page-table lock stays taken.`
}

function firstTouch(at: Moment): string {
  if (at.next === 'return') return CHANGED
  const value = asked(at)
  return errorAfter(at) & PF_WRITE
    ? `First touch by a write: ${nameOf(at)} gets frame ${pfnText(at, value)} with RW: ${flagsText(value)}.`
    : `First touch by a ${noun(at.access)}: Linux maps the one zero page, read-only and SPECIAL: ${flagsText(value)}.`
}

function swapsIn(at: Moment): string {
  const slot = `0x${swapOffset(at.kernel, snapshot(at)).toString(16)}`
  if (at.next !== 'return')
    return `The page comes back from swap slot ${slot} into frame ${pfnText(at, asked(at))}: ${flagsText(asked(at))}.`
  return `No page lies in swap slot ${slot}. Linux gives up on this fault and changes nothing.`
}

function decidesCopy(at: Moment): string {
  const frame = frameIndex(at, snapshot(at))
  const shared = flagsOf(at) & VM_SHARED
  if (frame < 0) return `Frame 0x${frameOf(snapshot(at)).toString(16)} is outside the model: Linux ${outcome(at)}.`
  if (frameKind(at, frame) === FRAME.zero) return 'The zero page belongs to everybody, so Linux makes a copy.'
  if (frameKind(at, frame) === FRAME.file)
    return shared
      ? 'A shared file page: all sharers may write to it.'
      : 'The page belongs to the file, so Linux makes a copy.'
  if (holds(at.kernel.special, snapshot(at).lo))
    return `SPECIAL: no struct page counts this page, so Linux ${outcome(at)}.`
  const count = mappers(at, frame)
  return count <= 1
    ? 'Only this entry maps the page, so Linux reuses it.'
    : `${count} entries map the page, so Linux ${outcome(at)}.`
}

const outcome = (at: Moment): string => (at.next === 'copy the page' ? 'makes a copy' : 'reuses it')

function copies(at: Moment): string {
  const frame = at.after[at.cpu.fresh]! - 1
  const number = `0x${at.machine.frames.pfn(frame).toString(16)}`
  const old = frameIndex(at, snapshot(at))
  const zero = old < 0 || frameKind(at, old) === FRAME.zero
  const taken = zero ? `Linux takes a zeroed frame, ${number}` : `Linux copies the page into frame ${number}`
  return `${taken}. The old entry is emptied first.`
}
