import { holds } from '../arch/predicate'
import { ACCESSED, DIRTY, has, PRESENT, PROTNONE } from '../arch/pte'
import { isNone } from '../kernel/linux-pte'
import { VM_SHARED } from '../kernel/protection'
import { asked, entryAfter, entryBefore, flagsOf, flagsText, nameOf, type Moment } from './moment'

type Say = (at: Moment) => string

/** The sentences about madvise, munmap, writeback and clear_refs, by name of the step. */
export const ADVICE_SENTENCES: Record<string, Say> = {
  madvise: takesAdvice,
  do_munmap: (at) =>
    at.next === 'zap_pte_range'
      ? `munmap: nothing is mapped at ${nameOf(at)} any more. Its entry goes next.`
      : 'No mapping is here: munmap changes nothing.',
  gntdev_mmap: (at) =>
    at.next === 'map_grant_ref'
      ? `gntdev maps a page of another domain: Linux tells Xen where the entry of ${nameOf(at)} lies.`
      : 'No other domain grants a page here: nothing changes.',
  zap_pte_range: zaps,
  'flush_tlb_range, zap': () => 'Linux flushes the page from the TLB and gives the lock back.',
  madvise_free_pte_range: (at) => freshensOr(at, 'stays as it was: there is no A and no D to take'),
  'map it clean and old': (at) => `The page is mapped again without ACCESSED and DIRTY: ${flagsText(asked(at))}.`,
  madvise_cold_or_pageout_pte_range: (at) =>
    at.next === 'reclaim: try_to_unmap'
      ? 'The entry is old already, so the page goes to reclaim as it is.'
      : freshensOr(at, 'is no anonymous page that one entry maps, and stays'),
  'map it old': (at) =>
    `The page is mapped again without ACCESSED: ${flagsText(asked(at))}. Reclaim takes it from there.`,
  page_mkclean_one: (at) =>
    at.next === 'back in user mode'
      ? 'No shared mapping of a file is here: nothing to write back.'
      : freshensOr(at, 'is clean and read-only already'),
  'map it clean, read-only': (at) =>
    `The page is mapped again without DIRTY and RW: ${flagsText(asked(at))}. The next write has to ask once more.`,
  clear_refs_write: (at) =>
    at.choice.do === 'clear-refs' && at.choice.what === 'soft-dirty'
      ? '4 goes into clear_refs: from now on the kernel notes which pages are written.'
      : '1 goes into clear_refs: the kernel forgets which pages were used.',
  clear_refs_pte_range: clearsRef,
  'flush_tlb_mm, refs': (at) =>
    at.choice.do === 'clear-refs' && at.choice.what === 'soft-dirty'
      ? 'Linux flushes the TLB: no CPU goes on writing through an entry that had RW.'
      : `Every entry was looked at. ${at.kernel.clearRefs.flushesAlways ? 'Linux flushes the TLB.' : 'Nothing is flushed: an old A in the TLB does no harm.'}`,
}

function takesAdvice(at: Moment): string {
  const { choice, kernel } = at
  const advice = choice.do === 'madvise' ? choice.advice : 'dontneed'
  if (at.next !== 'back in user mode') return `madvise: ${MEANING[advice]} Linux looks at the entry of ${nameOf(at)}.`
  if (!kernel.advice.includes(advice)) return `This kernel does not know the advice ${advice}: nothing changes.`
  if (flagsOf(at) === 0 || at.machine.pages[at.page]!.mapping < 0) return 'No mapping is here: madvise changes nothing.'
  return flagsOf(at) & VM_SHARED
    ? 'The mapping is shared, and this advice is for private memory only: nothing changes.'
    : 'The mapping is of a file, and this advice is for anonymous memory only: nothing changes.'
}

const MEANING = {
  dontneed: 'the content may go.',
  free: 'the content may go when memory is short.',
  pageout: 'write it to swap now.',
} as const

function zaps(at: Moment): string {
  const entry = entryBefore(at)
  if (at.next === 'flush_tlb_range, zap') return 'The entry is empty already.'
  const kept = holds(at.kernel.present, entry.lo) ? 'its page loses a mapper' : 'its swap slot loses a user'
  return `The entry ${flagsText(entry)} is emptied, and ${kept}.`
}

/** An entry that is emptied for a moment, or the reason why it is not. */
function freshensOr(at: Moment, stays: string): string {
  const entry = entryBefore(at)
  if (at.next === 'zap_pte_range') return 'The page lies in swap: that copy is not needed any more.'
  if (at.next !== 'flush_tlb_range, zap') return `The entry ${flagsText(entry)} is emptied for a moment.`
  return isNone(entry) ? 'The entry is empty: nothing to do.' : `The entry ${flagsText(entry)} ${stays}.`
}

function clearsRef(at: Moment): string {
  const moved = at.tick.writes.find(({ cell }) => cell === at.cpu.cursor)
  if (!moved) return 'Every entry of the process was looked at.'
  const page = moved.after - 1
  const name = nameOf(at, page)
  const entry = entryBefore(at, page)
  if (at.next !== 'clear_refs_pte_range' || at.tick.writes.some(({ cell }) => cell === at.cpu.next)) {
    return `The entry of ${name} is to become ${flagsText(asked(at))}: ${taken(at, entry)}.`
  }
  if (isNone(entryAfter(at, page))) return `The entry of ${name} is empty, passed over.`
  return `The entry of ${name}, ${flagsText(entry)}, has nothing to lose and is passed over.`
}

function taken(at: Moment, entry: ReturnType<typeof asked>): string {
  if (at.choice.do === 'clear-refs' && at.choice.what === 'accessed') return 'ACCESSED is taken'
  if (!has(entry, PRESENT | PROTNONE)) return 'its soft-dirty bit is taken'
  return has(entry, ACCESSED | DIRTY) ? 'RW and SOFT_DIRTY are taken, A and D stay' : 'RW and SOFT_DIRTY are taken'
}
