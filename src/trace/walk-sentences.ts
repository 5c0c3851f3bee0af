import { holds } from '../arch/predicate'
import { has, PRESENT, PROTNONE, RW, type Pte } from '../arch/pte'
import { backingOf, pagesOfMapping } from '../kernel/context'
import { FRAME } from '../kernel/frames'
import { isNone, NUMA, swapOffset } from '../kernel/linux-pte'
import { rightsText, VM_RIGHTS } from '../kernel/protection'
import {
  asked,
  entryAfter,
  entryBefore,
  flagsOf,
  flagsText,
  frameIndex,
  frameKind,
  mappers,
  mappingName,
  nameOf,
  type Moment,
} from './moment'

type Say = (at: Moment) => string

/** The sentences about fork, scan, mprotect and reclaim, by name of the step. */
export const WALK_SENTENCES: Record<string, Say> = {
  dup_mm: () => "Fork: the child gets the parent's mappings. Now the entries are copied one by one.",
  copy_one_pte: copiesEntry,
  bprm_mm_init: () => 'execve: a new address space, with mappings and not one entry. Nobody runs on its tables yet.',
  copy_strings: (at) =>
    `The arguments go to ${nameOf(at)} before the new tables are in use, so the kernel has the page faulted in itself.`,
  exec_mmap: () => 'The new address space takes over. Its tables come into use now.',
  flush_tlb_mm: () => "The parent's TLB may still allow writes, so Linux flushes it.",
  exit_mmap: () => 'The child ends. Its entries are emptied and its pages lose a mapper.',
  task_numa_work: beginsScan,
  'change_pte_range, hint': scansEntry,
  'flush_tlb_range, hint': endsScan,
  mprotect_fixup: changesRights,
  change_pte_range: changesEntry,
  flush_tlb_range: (at) =>
    isRewritten(at)
      ? 'Linux flushes the page from the TLB and gives the lock back.'
      : 'Nothing was changed. Linux gives the lock back.',
  'reclaim: try_to_unmap': reclaims,
  reclaimed: () => 'The page lies in swap. Its frame is free again.',
}

/** The page a walk over many pages is about in this tick; -1 when it has seen them all. */
function reached(at: Moment, pages: readonly number[] | null): number {
  const { cursor } = at.cpu
  const moved = at.tick.writes.find(({ cell }) => cell === cursor)
  if (!moved) return -1
  return pages ? (pages[moved.after - 1] ?? -1) : moved.after - 1
}

function copiesEntry(at: Moment): string {
  const page = reached(at, null)
  if (page < 0) return 'Every entry that fork has to copy is copied.'
  const old = entryBefore(at, page, 0)
  const copy = entryAfter(at, page, 1)
  const name = capital(nameOf(at, page))
  if (!holds(at.kernel.present, old.lo))
    return `${name}: Linux takes it for a swap entry. The child gets the same word.`
  const gets = `the child gets ${flagsText(copy)}`
  if (has(old, RW) && !has(copy, RW)) return `${name}: RW is taken from both sides; ${gets}.`
  if (!has(old, PRESENT)) return `${name}: PRESENT is 0 on both sides; ${gets}.`
  return `${name} ${has(old, RW) ? 'stays writable for both' : 'is read-only already'}; ${gets}.`
}

function beginsScan(at: Moment): string {
  const forced = at.machine.platform.id === 'xen' ? ' (forced: Linux leaves this off under Xen PV)' : ''
  if (at.next === 'change_pte_range, hint') return `The NUMA scanner begins a pass over ${mappingName(at)}${forced}.`
  if (!at.kernel.numaBuilt) return 'NUMA balancing is not built in: there is no scanner.'
  if (at.machine.pages[at.page]!.mapping < 0) return 'No mapping is here: nothing to scan.'
  if (backingOf(at.machine, at.page) === 'grant') return 'The mapping holds grants: this kernel passes over it.'
  return flagsOf(at) & VM_RIGHTS
    ? `The mapping ${mappingName(at)} is a file that is only read: the scanner passes over it.`
    : `The mapping ${mappingName(at)} allows nothing: the scanner passes over it.`
}

/** Did this operation store an entry before this tick? */
const isRewritten = (at: Moment): boolean =>
  at.scene.tape.ticks.slice(0, at.scene.cursor).some(({ choice, step, writes }) => {
    const asks = step.name === 'change_pte_range' || step.name === 'change_pte_range, hint'
    return choice === at.tick.choice && asks && writes.some(({ cell }) => cell === at.cpu.next)
  })

function endsScan(at: Moment): string {
  if (!isRewritten(at)) return 'The pass is over. No entry was changed.'
  const why = at.kernel.marking === 'own protection' ? 'no CPU goes on with the old entries' : 'the marks take effect'
  return `The pass is over. Linux flushes the TLB, so that ${why}.`
}

function scansEntry(at: Moment): string {
  const page = reached(at, pagesOfMapping(at.machine, at.page))
  if (page < 0) return 'No entry is left in this mapping.'
  const entry = entryBefore(at, page)
  const name = capital(nameOf(at, page))
  if (at.next !== 'change_pte_range, hint') return `${name} ${marked(at, entry)}`
  return at.tick.writes.some(({ cell }) => cell === at.cpu.next)
    ? `${name} ${marked(at, entry)}`
    : `${name}: ${passedOver(at, entry)}`
}

function marked(at: Moment, entry: Pte): string {
  const value = flagsText(asked(at))
  switch (at.kernel.marking) {
    case 'bit 9':
      return `is marked: PRESENT off, bit 9 on, ${value}.${leftover(asked(at))}`
    case 'bit 8':
      return `is marked: PRESENT off, bit 8 on, ${value}.${at.machine.platform.id === 'xen' ? ' The frame number stays that of the machine.' : ''}`
    case 'PAGE_NONE':
      return `is marked: PRESENT off, bit 8 on as PROTNONE, ${value}.`
    case 'own protection': {
      const lost = has(entry, RW) && !has(asked(at), RW) ? ' RW is lost' : ' Nothing is lost'
      return `gets its mapping's own protection, ${value}.${lost}, and no hint is set.`
    }
  }
}

const leftover = (value: Pte): string => (has(value, PROTNONE) ? ' Bit 8 is left over, so pte_numa will say no.' : '')

/** Why the scanner left an entry alone. */
function passedOver(at: Moment, entry: Pte): string {
  if (isNone(entry)) return 'empty, passed over.'
  if (!holds(at.kernel.present, entry.lo)) return 'a swap entry, passed over.'
  const frame = frameIndex(at, entry)
  if (frame >= 0 && frameKind(at, frame) === FRAME.zero) return 'the zero page, passed over.'
  if (holds(at.kernel.special, entry.lo) || frame < 0) return 'no struct page counts it, passed over.'
  const { hint } = at.kernel
  if (!holds(hint, entry.lo)) return `left alone: ${sparedBecause(at, frame)}.`
  const truth = has(entry, PRESENT) ? ' It is not: PRESENT is 1.' : ''
  const bit = hint.mask & NUMA ? 'bit 9' : 'bit 8'
  return `${bit} is ${has(entry, hint.mask & NUMA ? NUMA : PROTNONE) ? 1 : 0}, so ${hint.name} takes it for hinted; passed over.${truth}`
}

/** Why a kernel that spares pages did not mark this one. */
function sparedBecause(at: Moment, frame: number): string {
  if (frameKind(at, frame) === FRAME.file) return 'a file page, which the page cache uses too'
  if (mappers(at, frame) !== 1) return 'shared by fork'
  return 'the process has one thread, and the page is on its node'
}

function changesRights(at: Moment): string {
  const now = rightsText(flagsOf(at))
  if (at.machine.pages[at.page]!.mapping < 0) return 'No mapping is here: mprotect changes nothing.'
  if (at.next === 'change_pte_range')
    return `mprotect: the mapping of ${nameOf(at)} now allows ${now}. Its entry follows.`
  return `mprotect changes nothing: the mapping stays ${now}.`
}

function changesEntry(at: Moment): string {
  const entry = entryBefore(at)
  if (at.next === 'flush_tlb_range')
    return isNone(entry)
      ? 'The entry is empty: nothing to change.'
      : 'Linux takes the word for a swap entry: nothing to change.'
  const value = asked(at)
  const shut = !has(value, PRESENT) && has(value, PROTNONE) ? ' PRESENT goes, and bit 8 is now PROTNONE.' : ''
  const opened = !has(entry, PRESENT) && has(value, PRESENT) ? ' PRESENT is back.' : ''
  const noWrite = opened && !has(value, RW) && backingOf(at.machine, at.page) !== 'shm' ? ' RW is not.' : ''
  return `The entry gets the new protection: ${flagsText(entry)} becomes ${flagsText(value)}.${shut}${opened}${noWrite}`
}

function reclaims(at: Moment): string {
  const entry = entryBefore(at)
  if (at.next !== 'back in user mode') {
    const slot = swapOffset(at.kernel, asked(at)).toString(16)
    return `${capital(nameOf(at))} goes to swap slot 0x${slot}. The entry will say where.`
  }
  if (isNone(entry)) return 'Nothing is here to swap out.'
  if (!holds(at.kernel.present, entry.lo)) return 'Linux takes the word for a swap entry: nothing to swap out.'
  const frame = frameIndex(at, entry)
  if (frame < 0) return 'No struct page counts this frame, so it is not swapped out.'
  if (frameKind(at, frame) === FRAME.zero) return 'The zero page is never swapped out.'
  if (frameKind(at, frame) === FRAME.file)
    return 'A file page goes back to its file, not to swap. The model leaves it here.'
  return `${mappers(at, frame)} entries map the page. The model swaps out only what one entry maps.`
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1)
