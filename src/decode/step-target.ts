import type { Mfn } from '../arch/brand'
import { EMPTY, frameOf, has, PRESENT, PROTNONE, PSE, same, withoutFlags, type Pte } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import { hugeFrame } from '../kernel/huge-pmd'
import { linuxFrame, swapOffset } from '../kernel/linux-pte'
import { VM_RIGHTS } from '../kernel/protection'
import { v6_1, type Kernel } from '../kernel/variants'
import type { ImagePage, ProcessImage } from '../machine/image'
import { xenPv } from '../xen/pv'
import { hugeWordFor, wordFor, type Target } from './captured-word'
import type { MachineId } from '../machine/platforms'

const PLATFORM = { bare: bareMetal, xen: xenPv }

/** Machine frame minus guest frame where what was recorded on bare metal is put under Xen. */
const OFFSET = 0x5_0000

/** A machine with entries of Linux 6.1, as another kernel or the other machine would have it. */
export function imageOn(image: ProcessImage, recordedOn: MachineId, kernel: Kernel, platform: MachineId): ProcessImage {
  const moved = recordedOn === 'bare' && platform === 'xen'
  const frames = image.frames.map((frame) => (moved ? { ...frame, mfn: (frame.pfn + OFFSET) as Mfn } : frame))
  const pfns = new Map(image.frames.map(({ pfn, mfn }): [number, number] => [mfn, pfn]))
  const mfns = new Map(frames.map(({ pfn, mfn }): [number, number] => [pfn, mfn]))
  const target: Target = { kernel, platform, recordedOn, mfnOf: (pfn) => mfns.get(pfn) ?? pfn }
  const pfnOf = (entry: Pte, huge: boolean): number => {
    if (huge) return hugeFrame(v6_1, entry)
    return recordedOn === 'xen' && has(entry, PRESENT) ? (pfns.get(frameOf(entry)) ?? -1) : linuxFrame(v6_1, entry)
  }
  return { ...image, frames, pages: image.pages.map((page) => pageOn(page, image, target, pfnOf)) }
}

function pageOn(
  page: ImagePage,
  image: ProcessImage,
  target: Target,
  pfnOf: (entry: Pte, huge: boolean) => number,
): ImagePage {
  const { entry = EMPTY, flags, mapping, huge = false } = page
  if (same(entry, EMPTY)) return page
  const kind = has(entry, PRESENT)
    ? 'present'
    : !has(entry, PROTNONE)
      ? 'swap-or-migration'
      : flags & VM_RIGHTS
        ? 'numa-hint'
        : 'prot_none-vma'
  const slot = kind === 'swap-or-migration' ? swapOffset(v6_1, entry) : 0
  const backing = image.mappings[mapping]?.backing ?? 'anon'
  const known = { raw: entry, kind, pfn: pfnOf(entry, huge), backing, vma: { flags } } as const
  if (huge && PLATFORM[target.platform].hugePages) return { ...page, entry: hugeWordFor(known, target) }
  // A guest that has no huge pages maps the first 4 KB, whose entry has another meaning for this bit.
  const small = huge ? { ...known, raw: withoutFlags(entry, PSE) } : known
  return { ...page, entry: wordFor(small, target, slot) ?? EMPTY }
}
