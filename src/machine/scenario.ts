import type { Platform } from '../kernel/context'
import type { Kernel } from '../kernel/variants'
import type { Choice } from './choice'
import type { ProcessImage } from './image'
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
  /** The page the reader is shown first. */
  readonly page: number
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
]

/** The scenario with this id; undefined for an unknown one. */
export const scenarioById = (id: string): Scenario | undefined => SCENARIOS.find((scenario) => scenario.id === id)
