import type { Mfn, Pfn } from '../src/arch/brand'
import type { Pte } from '../src/arch/pte'
import { FRAME } from '../src/kernel/frames'
import { freshFlags, type Backing } from '../src/kernel/protection'
import type { ImageFrame, ProcessImage } from '../src/machine/image'

/** Frames of the harness that computed the tables. */
export const ZERO_PFN = 0x10
export const FILE_PFN = 0x1000
export const FIRST_ANON_PFN = 0x2000
export const ANON_FRAMES = 8
export const FIRST_TABLE_PFN = 0x8000

/** Index of each frame in the image. */
const ZERO = 0
const FILE = 1

/** A kind of mapping, as the tables name it: 'anon-rw', 'file-shared-rw' … */
export interface VmaKind {
  readonly backing: Backing
  /** 'rw', 'r', 'rx'; empty where the mapping allows nothing. */
  readonly rights: string
  readonly shared: boolean
}

/** The kind of this name; null for `none`, where nothing is mapped; undefined for a name that is not known here. */
export function vmaKind(name: string): VmaKind | null | undefined {
  if (name === 'none') return null
  const parts = /^(anon|file|shm)(?:-(private|shared))?-(none|r|rw|rx|rwx)$/.exec(name)
  if (!parts) return undefined
  return { backing: parts[1] as Backing, rights: parts[3] === 'none' ? '' : parts[3]!, shared: parts[2] === 'shared' }
}

/** vm_flags of a fresh mapping; those of no mapping are the tables' own and decide nothing. */
export const flagsOfKind = (kind: VmaKind | null): number =>
  kind ? freshFlags(kind.rights, kind.shared) : freshFlags('', false)

/** Guest and machine count frames alike in the tables. */
export const frame = (number: number, kind: number, mapcount = 0): ImageFrame => ({
  pfn: number as Pfn,
  mfn: number as Mfn,
  kind,
  mapcount,
})

/** Zero page, the file's page and anonymous frames, in this order. */
export const framesOf = (fileMapcount: number, anonymous: readonly ImageFrame[]): readonly ImageFrame[] => [
  frame(ZERO_PFN, FRAME.zero),
  frame(FILE_PFN, FRAME.file, fileMapcount),
  ...anonymous,
]

/** What a machine of one page is made of. */
export interface OnePage {
  readonly vma: string
  readonly kind: VmaKind | null
  readonly flags: number
  readonly entry: Pte
  readonly frames: readonly ImageFrame[]
  readonly written: boolean
}

/** A process of one page. */
export function onePage({ vma, kind, flags, entry, frames, written }: OnePage): ProcessImage {
  const ofFile = kind?.backing === 'file' || kind?.backing === 'shm'
  return {
    mappings: kind ? [{ name: vma, backing: kind.backing }] : [],
    pages: [{ name: vma, address: 0x40_0000, mapping: kind ? 0 : -1, flags, fileFrame: ofFile ? FILE : -1, entry }],
    frames,
    zeroFrame: ZERO,
    firstTableFrame: FIRST_TABLE_PFN,
    tableOffset: 0,
    written: kind ? [written] : [],
    threads: 1,
    swapSlots: [],
  }
}
