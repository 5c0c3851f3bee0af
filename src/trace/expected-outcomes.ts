// How every scenario has to end. Worked out from the sources of the kernels and of Xen, not from the model: only tests read
// this table, the unit test against the core and the browser test against the page.

/** The columns of the table: ids of kernels as in links. */
export const EXPECTED_KERNELS = ['3.19', '8a05', 'rc0', 'rc1', '4.0', '6.1'] as const

/** 'completed 1': how the last access ends, and after how many faults. */
export type Ending = `${'completed' | 'endless' | 'sigsegv' | 'bug'} ${number}`

/** One ending for all kernels, or one for each. */
export type Endings = Ending | readonly [Ending, Ending, Ending, Ending, Ending, Ending]

export interface ExpectedOutcome {
  readonly scenario: string
  /** What is done after the opening, where it is not one write. */
  readonly accesses?: readonly ('read' | 'write')[]
  /** The page's place in the table, where it is not the scenario's own. */
  readonly page?: number
  readonly byChild?: true
  /** The recipe that it is, as the recipes of `rules.test.ts` are numbered, or what it comes from. */
  readonly because: string
  readonly bare: Endings
  readonly xen: Endings
}

const ONE = 'completed 1'
const NONE = 'completed 0'
/** An access that needs one fault everywhere, and goes wrong under Xen where bit 8 alone is taken for the hint. */
const LOOPS: Endings = [ONE, 'endless 1', 'endless 1', ONE, ONE, ONE]
/** The same on the zero page, where 8a0516ed calls BUG. */
const ZERO_LOOPS: Endings = [ONE, 'bug 1', 'endless 1', ONE, ONE, ONE]
/** Hinted and then written. 3.19 leaves bit 8 in the hint and loops; 8a0516ed takes RW only; 3.20-rc0 takes all for hinted. */
const HINTED: Endings = ['endless 1', 'endless 1', NONE, 'completed 2', ONE, ONE]
/** A hint that forgets RW costs a second fault: those of the series until write permission is kept. */
const HINTED_BARE: Endings = [ONE, ONE, 'completed 2', 'completed 2', ONE, ONE]

export const EXPECTED_OUTCOMES: readonly ExpectedOutcome[] = [
  { scenario: 'cow', because: 'R3, the parent', bare: ONE, xen: LOOPS },
  {
    scenario: 'cow',
    byChild: true,
    because: 'R3, the child: fork cleared ACCESSED there, and the first lap sets it',
    bare: ONE,
    xen: [ONE, 'endless 2', 'endless 2', ONE, ONE, ONE],
  },
  { scenario: 'zero', because: 'R1', bare: ONE, xen: ZERO_LOOPS },
  { scenario: 'hint', because: 'R11', bare: HINTED_BARE, xen: HINTED },
  {
    scenario: 'hint',
    accesses: ['read', 'write'],
    because: 'R10: in 3.19 under Xen the read never lands, so no write follows',
    bare: [NONE, ONE, ONE, ONE, NONE, NONE],
    xen: ['endless 1', 'endless 1', NONE, ONE, NONE, NONE],
  },
  { scenario: 'guard', because: 'R4', bare: 'sigsegv 1', xen: 'sigsegv 1' },
  { scenario: 'guard', accesses: ['read'], because: 'R4', bare: 'sigsegv 1', xen: 'sigsegv 1' },
  { scenario: 'file', because: 'R6', bare: ONE, xen: LOOPS },
  { scenario: 'touch', because: 'R2', bare: ONE, xen: ONE },
  { scenario: 'touch', accesses: ['read', 'write'], because: 'R1', bare: ONE, xen: ZERO_LOOPS },
  { scenario: 'around', because: 'R6, a neighbour', bare: ONE, xen: LOOPS },
  { scenario: 'shared', because: 'R13, the disk file', bare: ONE, xen: LOOPS },
  { scenario: 'shared', page: 11, because: 'R12, tmpfs', bare: NONE, xen: NONE },
  {
    scenario: 'round',
    because: 'R8b without the refused write; in 6.1 mprotect gives RW back itself',
    bare: [ONE, ONE, ONE, ONE, ONE, NONE],
    xen: [ONE, 'endless 1', 'endless 1', ONE, ONE, NONE],
  },
  { scenario: 'swap', because: 'not present to Linux either: the hint is not asked for', bare: ONE, xen: ONE },
  {
    scenario: 'swap',
    accesses: ['read', 'write'],
    because: 'brought in by the read, read-only in a mapping that may be written',
    bare: ONE,
    xen: LOOPS,
  },
  { scenario: 'stack', because: 'R17', bare: ONE, xen: ONE },
  {
    scenario: 'stack',
    page: 12,
    because: 'R18; 6.1 measures no distance, and the stack grows',
    bare: ['sigsegv 1', 'sigsegv 1', 'sigsegv 1', 'sigsegv 1', 'sigsegv 1', ONE],
    xen: ['sigsegv 1', 'sigsegv 1', 'sigsegv 1', 'sigsegv 1', 'sigsegv 1', ONE],
  },
  { scenario: 'race', because: 'R14', bare: NONE, xen: [NONE, NONE, 'endless 1', NONE, NONE, NONE] },
  {
    scenario: 'pin',
    because: 'R20: no exception is raised',
    bare: NONE,
    xen: [NONE, 'endless 0', 'endless 0', NONE, NONE, NONE],
  },
  { scenario: 'syscall', because: 'R21, on the zero page', bare: ONE, xen: ZERO_LOOPS },
  { scenario: 'migrate', because: 'R11, from the other node', bare: HINTED_BARE, xen: HINTED },
  {
    scenario: 'stale',
    because: 'R15: 3.20-rc0 takes RW at the first fault',
    bare: ONE,
    xen: [ONE, ONE, 'endless 2', ONE, ONE, ONE],
  },
  { scenario: 'exec', because: 'R3, the parent, whose child has left the page', bare: ONE, xen: LOOPS },
  {
    scenario: 'frame2014',
    because: 'hinted, RW taken by fork: the hint, then the copy. With bit 8 left in it, 3.19 goes straight to the copy',
    bare: ['completed 2', ONE, 'completed 2', 'completed 2', 'completed 2', 'completed 2'],
    xen: [ONE, 'endless 1', 'endless 1', 'completed 2', 'completed 2', 'completed 2'],
  },
  {
    scenario: 'huge',
    because: 'R11 on a PMD, whose mark 8a0516ed makes and does not know again; under Xen 4 KB pages',
    bare: [ONE, 'endless 1', 'completed 2', 'completed 2', ONE, ONE],
    xen: HINTED,
  },
  {
    scenario: 'grant',
    because:
      'hinted from 4.0-rc1 to before 6.1, and Xen refuses the way back; 3.19 leaves bit 8 in its hint; without Xen a shared page',
    bare: [ONE, NONE, ONE, ONE, ONE, ONE],
    xen: ['endless 1', NONE, NONE, 'endless 1', 'endless 1', NONE],
  },
]

/** The cell of one kernel. */
export const endingFor = (endings: Endings, kernel: (typeof EXPECTED_KERNELS)[number]): Ending =>
  typeof endings === 'string' ? endings : endings[EXPECTED_KERNELS.indexOf(kernel)]!
