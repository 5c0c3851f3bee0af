import type { Platform } from '../kernel/context'
import type { Kernel } from '../kernel/variants'
import type { Choice, ProcessId, Toucher } from './choice'
import type { ProcessImage } from './image'
import { exploredProcess } from './scenarios/explored-process'
import { LIVED_IN, PAGE, smallProcess, type ExtraPage } from './scenarios/small-process'

/** A place to start from, built by running rules. */
export interface Scenario {
  /** Stable id, for URLs. */
  readonly id: string
  readonly title: string
  /** One sentence: what to look for. */
  readonly look: string
  /** A recorded process is written differently for each kernel and machine; a modelled one begins without entries. */
  readonly image: (kernel: Kernel, platform: Platform['id']) => ProcessImage
  /** Its entries come from a kernel that tracks soft-dirty pages, so the one chosen has to. */
  readonly softDirty?: boolean
  /** Carried out before the tape begins. */
  readonly before: readonly Choice[]
  /** The beginning of the tape. */
  readonly opening: readonly Choice[]
  /** What then happened, where that was recorded: the tape goes on with it, and the reader begins before it. */
  readonly run?: readonly Choice[]
  /** The page the reader is shown first. */
  readonly page: number
  /** Whose page that is, where it is not the parent's. */
  readonly process?: ProcessId
  /** Who touches it, where that is not the program itself. */
  readonly by?: Toucher
  /** The machine and the kernel it is about, where it is about one. */
  readonly on?: { readonly machine?: Platform['id']; readonly kernel?: string }
}

const write = (page: number): Choice => ({ do: 'access', process: 0, page, access: 'write' })

const read = (page: number): Choice => ({ do: 'access', process: 0, page, access: 'read' })

const inSmallProcess = (
  id: string,
  title: string,
  page: number,
  opening: readonly Choice[],
  look: string,
  extra: readonly ExtraPage[] = [],
): Scenario => ({ id, title, page, opening, look, image: () => smallProcess(extra), before: LIVED_IN })

/** The same, where it is not the program that touches the page. */
const inSmallProcessBy = (by: Toucher, ...scenario: Parameters<typeof inSmallProcess>): Scenario => ({
  ...inSmallProcess(...scenario),
  by,
})

/** First index of the pages that only one scenario has. */
const EXTRA = Object.keys(PAGE).length

/** Four pages of a private file mapping, in one 64 KB. */
const FILE_PAGES: readonly ExtraPage[] = [0, 1, 2, 3].map((page) => ({
  name: `file ${page + 1}`,
  address: 0x7f5e_c040_0000 + page * 0x1000,
  mapping: 'a file, private',
  backing: 'file',
  rights: 'rw',
  filePfn: 0x2e100 + page,
}))

const SHARED_PAGES: readonly ExtraPage[] = [
  {
    name: 'tmpfs page',
    address: 0x7f5e_c050_0000,
    mapping: 'tmpfs, shared',
    backing: 'shm',
    rights: 'rw',
    shared: true,
    filePfn: 0x2e200,
  },
  {
    name: 'disk file page',
    address: 0x7f5e_c060_0000,
    mapping: 'disk file, shared',
    backing: 'file',
    rights: 'rw',
    shared: true,
    filePfn: 0x2e201,
  },
]

const HUGE_PAGE: readonly ExtraPage[] = [
  {
    name: 'huge 1',
    address: 0x7f5e_c080_0000,
    mapping: 'huge pages, anon',
    backing: 'anon',
    rights: 'rw',
    filePfn: 0,
    huge: true,
  },
]

const GRANT: ExtraPage = {
  name: 'grant',
  address: 0x7f5e_c070_0000,
  mapping: '/dev/xen/gntdev',
  backing: 'grant',
  rights: 'rw',
  shared: true,
  filePfn: 0x2f300,
  grantMfn: 0x9_4c21,
}
/** Without Xen nobody grants anything: a page of tmpfs takes its place. */
const NO_GRANT: ExtraPage = { ...GRANT, mapping: 'tmpfs, shared', backing: 'shm', grantMfn: 0 }

const BELOW_STACK: readonly ExtraPage[] = [
  { name: 'just below', address: 0x7ffd_3c1f_1000, belowStack: 0x1000 },
  { name: 'far below', address: 0x7ffd_3c1d_0000, belowStack: 0x2_2000 },
].map((page) => ({ ...page, mapping: '[stack]', backing: 'anon', rights: 'rw', filePfn: 0 }))

/** The modelled scenarios, in the order of the menu. */
export const SCENARIOS: readonly Scenario[] = [
  inSmallProcess(
    'cow',
    'Copy-on-write',
    PAGE.shared,
    [write(PAGE.shared), { do: 'fork' }],
    'Fork took RW from every private page. Write to one: who gives it back?',
  ),
  inSmallProcess(
    'zero',
    'Zero page',
    PAGE.zero,
    [],
    'The page was only read, so its entry names the zero page, which all share. Write to it.',
  ),
  inSmallProcess(
    'hint',
    'Hinted page',
    PAGE.heap,
    [{ do: 'scan', page: PAGE.heap }],
    'The NUMA scanner has passed. Which bits did it change, and how many faults does a write take?',
  ),
  inSmallProcess(
    'guard',
    'Guard page',
    PAGE.guard,
    [],
    'The mapping allows nothing. Linux never even looks at the entry.',
  ),
  inSmallProcess(
    'file',
    'Private file page',
    PAGE.libcData,
    [read(PAGE.libcData)],
    'Read first, so the page is there, read-only. The first write is what every program does in its loader.',
  ),
  inSmallProcess(
    'touch',
    'First touch',
    PAGE.shared,
    [],
    'No page is here yet. To write first is harmless on every kernel. To read first and then write is not.',
  ),
  inSmallProcess(
    'around',
    'File and neighbours',
    EXTRA + 2,
    [read(EXTRA)],
    'One read mapped four pages of the file, read-only. Write to one that nobody has touched.',
    FILE_PAGES,
  ),
  inSmallProcess(
    'shared',
    'Shared two ways',
    EXTRA + 1,
    [read(EXTRA), read(EXTRA + 1)],
    'Both pages are shared and writable. The one of tmpfs has RW at once; the one of the disk file has to ask first.',
    SHARED_PAGES,
  ),
  inSmallProcess(
    'round',
    'mprotect round trip',
    PAGE.heap,
    [
      { do: 'mprotect', page: PAGE.heap, rights: 'read' },
      { do: 'mprotect', page: PAGE.heap, rights: 'read-write' },
    ],
    'mprotect took the right to write and gave it back to the mapping. Is RW back in the entry? Look, then write.',
  ),
  inSmallProcess(
    'swap',
    'Swapped page',
    PAGE.swapped,
    [],
    'The entry names a swap slot. Read or write: bit 8 stays out of it.',
  ),
  inSmallProcess(
    'stack',
    'Stack growth',
    EXTRA,
    [],
    'Nothing is mapped below the stack. Close to its pointer it grows; far below it, up to 4.0, it does not.',
    BELOW_STACK,
  ),
  inSmallProcess(
    'race',
    'A race strips RW',
    PAGE.shared,
    [
      read(PAGE.shared),
      { do: 'hold', ticks: 6 },
      { do: 'access', process: 0, page: PAGE.shared, access: 'write', second: true },
    ],
    'One thread reads a missing page; before Linux looks, another has written it. Look at RW, then write.',
  ),
  inSmallProcessBy(
    'pin',
    'pin',
    'A pinned page',
    PAGE.shared,
    [write(PAGE.shared)],
    'The page is there and writable. The kernel wants to pin it, as O_DIRECT or a shared futex does: no fault is raised, and still.',
  ),
  inSmallProcessBy(
    'kernel',
    'syscall',
    'The kernel writes',
    PAGE.zero,
    [],
    'read(2) writes into a page that was only read. The loop is inside the system call: send SIGKILL and see whether it ends.',
  ),
  {
    ...inSmallProcessBy(
      'second',
      'migrate',
      'Two NUMA nodes',
      PAGE.shared,
      [write(PAGE.shared), { do: 'scan', page: PAGE.shared }],
      'The page lies on node 0 and is hinted. A thread on node 1 touches it: watch the frame number, and what lies there in between.',
    ),
    on: { machine: 'bare' },
  },
  inSmallProcessBy(
    'program',
    'stale',
    'A stale TLB entry',
    PAGE.heap,
    [
      // The child has left the page: only one process maps it, and no kernel has given RW back.
      { do: 'fork' },
      { do: 'exit' },
      read(PAGE.heap),
      { do: 'flip', process: 0, page: PAGE.heap, bit: 1 },
    ],
    'Memory says RW, as if another CPU had just given it; the TLB of this one still says no. Write: what does the needless fault cost?',
  ),
  inSmallProcessBy(
    'program',
    'exec',
    'exec, not pinned yet',
    PAGE.stack,
    [{ do: 'fork' }, { do: 'exec', process: 1, page: PAGE.stack }],
    "The child's new stack has a page before its tables are in use. Step back through exec: when does bit 8 come?",
  ),
  {
    ...inSmallProcess(
      'frame2014',
      'The bug of 2014',
      PAGE.heap,
      [{ do: 'scan', page: PAGE.heap }, { do: 'fork' }],
      "The hint left the machine's frame number in the entry, where Linux expects its own. fork asks which page that is.",
    ),
    on: { machine: 'xen', kernel: '3.14' },
  },
  {
    ...inSmallProcess(
      'huge',
      'A huge page',
      EXTRA,
      [write(EXTRA), { do: 'scan', page: EXTRA }],
      'One PMD maps 2 MB, and the same question is asked of it. Under Xen PV there are no huge pages: the first 4 KB stand for it.',
      HUGE_PAGE,
    ),
    on: { machine: 'bare' },
  },
  {
    ...inSmallProcess(
      'grant',
      'A granted page',
      EXTRA,
      [{ do: 'grant', page: EXTRA }, write(EXTRA), { do: 'scan', page: EXTRA }],
      "Another domain's page, hinted like any other: the right test, and still no way back. Watch what Xen makes of both stores.",
    ),
    image: (_kernel, platform) => smallProcess([platform === 'xen' ? GRANT : NO_GRANT]),
    on: { machine: 'xen', kernel: '4.0' },
  },
]

const explored = (id: string, title: string, pages: number): Scenario => ({
  id,
  title,
  look: 'A way into trouble that the proof has found. Step through it.',
  image: () => exploredProcess(pages),
  before: [],
  opening: [write(0), { do: 'fork' }],
  page: 0,
})

/** Small enough to meet every state: the proof begins with these, and its counterexamples open in them. Not in the menu. */
export const EXPLORED: readonly Scenario[] = [
  explored('x1', 'One page, every state', 1),
  explored('x3', 'Three pages, every state', 3),
]

/** All that a scenario's tape begins with. */
export const choicesOf = ({ opening, run = [] }: Scenario): readonly Choice[] => [...opening, ...run]

/** Who touches the page of a scenario at first. */
export const toucherOf = ({ by = 'program' }: Scenario): Toucher => by

/** The scenario with this id; undefined for an unknown one. */
export const scenarioById = (id: string): Scenario | undefined =>
  [...SCENARIOS, ...EXPLORED].find((scenario) => scenario.id === id)
