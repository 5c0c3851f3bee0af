import type { TheoremResult } from '../../explore/verdict'
import { fileLink, LINUX_TAG } from '../../trace/upstream'
import { standingOf, type Standing } from './lamp'

/** What somebody said in the thread or in a commit, in our words, and what it comes to in the model. */
export interface TheoremWords {
  readonly id: string
  /** Who said it, and where. */
  readonly by: string
  readonly link: string
  readonly claim: string
  /** What was computed, and in which model. */
  readonly computed: string
  /** The claim as it stands, in a word for the lamp and in a sentence. */
  readonly standing: (result: TheoremResult) => Standing
  readonly verdict: (result: TheoremResult) => string
}

/** What the model takes from a source and does not compute. */
export interface GivenWords extends Pick<TheoremWords, 'by' | 'link' | 'claim' | 'computed'> {
  readonly verdict: string
  /** Where it is read. */
  readonly source: string
  readonly sourceName: string
}

const THREAD = 'https://lore.kernel.org/lkml/?q=NUMA_BALANCING+and+Xen+PV+guest+regression+in+3.20-rc0'
const FIX = 'https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/commit/?id=e3a1f6cac1fe'

/** The statement was computed to be true; the claim reaches farther than it. */
const narrower = ({ holds }: TheoremResult): Standing => (holds ? 'narrower' : standingOf(holds))
const asComputed = ({ holds }: TheoremResult): Standing => standingOf(holds)

export const GIVEN_WORDS: GivenWords = {
  by: 'David Vrabel, the commit of the fix',
  link: FIX,
  claim: 'The hypervisor sets bit 8 on every present entry of a user page.',
  verdict: 'Taken as given.',
  computed: 'It goes into the model as Xen does it, for 64-bit PV guests:',
  source: fileLink('xen/arch/x86/mm.c', LINUX_TAG),
  sourceName: 'adjust_guest_l1e in xen/arch/x86/mm.c',
}

const same = (result: TheoremResult): string =>
  result.holds ? 'Holds: they never part.' : result.holds === false ? 'They part.' : 'Not finished.'

export const THEOREM_WORDS: readonly TheoremWords[] = [
  {
    id: 'bare-same',
    by: 'Mel Gorman, 19 February 2015',
    link: THREAD,
    claim:
      'On bare metal nothing changes: marking clears PRESENT, so the old test and the new one get the same entries.',
    computed:
      '3.20-rc0 and 4.0-rc1 on bare metal, one page and one CPU, move by move, with scans and mprotect: after every move each word is the same.',
    standing: asComputed,
    verdict: same,
  },
  {
    id: 'xen-as-bare',
    by: 'Mel Gorman, the same mail',
    link: THREAD,
    claim: 'Under Xen it should work too, but he was not sure.',
    computed:
      '4.0-rc1 on Xen PV and on bare metal, one page and one CPU, move by move: the same but for bit 8 of present user entries, and frames by their two numbers.',
    standing: asComputed,
    verdict: same,
  },
  {
    id: 'numa-on-xen',
    by: 'David Vrabel, the same thread',
    link: THREAD,
    claim: 'Whether NUMA balancing itself would work under Xen with this fix was left open.',
    computed:
      'Scans forced on under Xen PV. With the fix all properties hold. Without it the scanner takes every present page for marked and marks none.',
    standing: asComputed,
    verdict: ({ holds }) =>
      holds ? 'It does; without the fix it does not.' : holds === null ? 'Not finished.' : 'It does not.',
  },
  {
    id: 'misread',
    by: 'David Vrabel, the commit of the fix',
    link: FIX,
    claim: 'Every fault on a present user entry is taken for a hint.',
    computed:
      'All faults of 3.20-rc0 under Xen PV. Of those that a CPU raises in the model, only writes to read-only pages meet a present entry. But get_user_pages asks the same question with no fault at all, for reads too.',
    standing: narrower,
    verdict: ({ holds, numbers }) =>
      holds === null
        ? 'Not finished.'
        : `Narrower and wider: ${numbers.raised} kind${numbers.raised === 1 ? '' : 's'} of fault, and ${numbers.asked} more through pins.`,
  },
  {
    id: 'hidden-3.19',
    by: 'David Vrabel, the subject of the thread',
    link: THREAD,
    claim: 'It is a regression: before the series, Xen PV guests were well.',
    computed:
      '3.19 on Xen PV without scans: every access ends. With a scan forced: its hint keeps bit 8, its own test says no, and the next touch loops. On bare metal it never does.',
    standing: narrower,
    verdict: ({ holds }) =>
      holds ? 'Only while nobody scanned.' : holds === null ? 'Not finished.' : 'They were well.',
  },
]
