import type { Mfn, Pfn } from '../../arch/brand'
import { FRAME } from '../../kernel/frames'
import { freshFlags, type Backing } from '../../kernel/protection'
import type { Choice } from '../choice'
import type { ImageFrame, ProcessImage } from '../image'

/** How far the machine's count of frames is from the guest's, in the modelled memory. */
const OFFSET = 0x50000

const MAPPINGS: readonly { name: string; backing: Backing }[] = [
  { name: 'program, code', backing: 'file' },
  { name: 'program, relro', backing: 'file' },
  { name: 'program, data', backing: 'file' },
  { name: '[heap]', backing: 'anon' },
  { name: 'libc, code', backing: 'file' },
  { name: 'guard', backing: 'anon' },
  { name: 'libc, data', backing: 'file' },
  { name: '[stack]', backing: 'anon' },
]

/** Pages by place in the grid. */
export const PAGE = {
  code: 0,
  relro: 1,
  data: 2,
  heap: 3,
  shared: 4,
  zero: 5,
  swapped: 6,
  libc: 7,
  guard: 8,
  libcData: 9,
  stack: 10,
} as const

const ROWS: readonly (readonly [name: string, address: number, mapping: number, rights: string, fileFrame: number])[] =
  [
    ['code', 0x0040_0000, 0, 'rx', 0x2c1a3],
    ['relro', 0x0060_e000, 1, 'rw', 0x2c1a4],
    ['data', 0x0060_f000, 2, 'rw', 0x2c1a5],
    ['heap 1', 0x01c3_b000, 3, 'rw', 0],
    ['heap 2', 0x01c3_c000, 3, 'rw', 0],
    ['heap 3', 0x01c3_d000, 3, 'rw', 0],
    ['heap 4', 0x01c3_e000, 3, 'rw', 0],
    ['libc', 0x7f5e_c01a_0000, 4, 'rx', 0x2d410],
    ['guard', 0x7f5e_c035_e000, 5, 'rw', 0],
    ['libc data', 0x7f5e_c035_f000, 6, 'rw', 0x2d411],
    ['stack', 0x7ffd_3c1f_2000, 7, 'rw', 0],
  ]

/** Free frames in the order in which they are given out. */
const POOL = [
  0x12344, 0x2b2f0, 0x12349, 0x1239b, 0x12352, 0x12345, 0x12346, 0x12347, 0x12348, 0x1234a, 0x1234b, 0x1234c,
]
const SPARE_FRAMES = 24
/** Frames of the other NUMA node, on a machine that has one. */
const OTHER_NODE = [0x40210, 0x40211, 0x40212, 0x40213]
/** First frames of huge pages; the huge zero page is the first. */
const HUGE = [0x50000, 0x50200, 0x50400, 0x50600]
const ZERO_PFN = 0x1a00

const frame = (pfn: number, kind: number): ImageFrame => ({
  pfn: pfn as Pfn,
  mfn: (pfn + OFFSET) as Mfn,
  kind,
  mapcount: 0,
})

const foreign = (pfn: number, mfn: number): ImageFrame => ({
  ...frame(pfn, FRAME.file),
  mfn: mfn as Mfn,
  foreign: true,
})

/** A page that only some scenarios have. Its mapping is new unless it is named like the one before. */
export interface ExtraPage {
  readonly name: string
  readonly address: number
  readonly mapping: string
  readonly backing: Backing
  readonly rights: string
  readonly shared?: boolean
  /** Frame of the file's page, as the guest counts; 0 for anonymous memory. */
  readonly filePfn: number
  /** A page of another domain: its frame, as the machine counts. `filePfn` is then the page that stands for it. */
  readonly grantMfn?: number
  /** A page of 2 MB. */
  readonly huge?: boolean
  /** Memory below the stack: how far below the stack pointer. */
  readonly belowStack?: number
}

interface Row extends ExtraPage {
  readonly index: number
}

/** All rows with the index of their mapping, and the mappings. */
function rowsAndMappings(extra: readonly ExtraPage[]) {
  const mappings = [...MAPPINGS]
  const rows: Row[] = ROWS.map(([name, address, index, rights, filePfn]) => {
    const { name: mapping, backing } = MAPPINGS[index]!
    return { name, address, mapping, backing, rights, filePfn, index }
  })
  for (const page of extra) {
    let index = mappings.findIndex(({ name }) => name === page.mapping)
    if (index < 0) index = mappings.push({ name: page.mapping, backing: page.backing }) - 1
    rows.push({ ...page, index })
  }
  return { rows, mappings }
}

/** A small process as execve leaves it: mappings, and not one entry. Modelled; the frame numbers are made up. */
export function smallProcess(extra: readonly ExtraPage[] = []): ProcessImage {
  const { rows, mappings } = rowsAndMappings(extra)
  const fileFrames = rows.filter(({ filePfn, grantMfn }) => filePfn > 0 && !grantMfn).map(({ filePfn }) => filePfn)
  const granted = rows.flatMap(({ filePfn, grantMfn }) => (grantMfn ? foreign(filePfn, grantMfn) : []))
  const spare = Array.from({ length: SPARE_FRAMES }, (_, index) => 0x12400 + index)
  const hugeFrames = rows.some(({ huge }) => huge)
    ? HUGE.map((pfn, index) => ({ ...frame(pfn, index === 0 ? FRAME.zero : FRAME.free), huge: true }))
    : []
  const frames = [
    frame(ZERO_PFN, FRAME.zero),
    ...fileFrames.map((pfn) => frame(pfn, FRAME.file)),
    ...[...POOL, ...spare].map((pfn) => frame(pfn, FRAME.free)),
    ...OTHER_NODE.map((pfn) => ({ ...frame(pfn, FRAME.free), node: 1 })),
    ...granted,
    ...hugeFrames,
  ]
  return {
    mappings,
    pages: rows.map(({ name, address, index, rights, shared = false, filePfn, grantMfn, huge = false, belowStack }) => {
      const flags = freshFlags(rights, shared)
      return {
        name,
        address,
        mapping: index,
        flags: belowStack === undefined ? flags : 0,
        ...(huge ? { huge } : {}),
        fileFrame: filePfn && !grantMfn ? 1 + fileFrames.indexOf(filePfn) : -1,
        ...(belowStack === undefined ? {} : { belowStack: { distance: belowStack, flags } }),
      }
    }),
    frames,
    zeroFrame: 0,
    ...(hugeFrames.length > 0 ? { hugeZeroFrame: frames.length - hugeFrames.length } : {}),
    firstTableFrame: 0x0a000,
    tableOffset: OFFSET,
    written: mappings.map(() => false),
    threads: 2,
    swapSlots: Array.from({ length: 8 }, () => 0),
  }
}

const touch = (page: number, access: 'read' | 'write' | 'exec'): Choice => ({ do: 'access', process: 0, page, access })

/**
 * What happened before the reader came: code ran, data, heap and stack were written, one page read only, one swapped out,
 * one shut off as a guard. Only first touches, which no kernel of the story gets wrong.
 */
export const LIVED_IN: readonly Choice[] = [
  touch(PAGE.code, 'exec'),
  touch(PAGE.libc, 'exec'),
  touch(PAGE.data, 'write'),
  touch(PAGE.relro, 'write'),
  { do: 'mprotect', page: PAGE.relro, rights: 'read' },
  touch(PAGE.heap, 'write'),
  touch(PAGE.guard, 'write'),
  { do: 'mprotect', page: PAGE.guard, rights: 'none' },
  touch(PAGE.stack, 'write'),
  touch(PAGE.swapped, 'write'),
  { do: 'reclaim', page: PAGE.swapped },
  touch(PAGE.zero, 'read'),
]
