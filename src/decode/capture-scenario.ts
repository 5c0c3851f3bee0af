import { has, RW } from '../arch/pte'
import { isCopyOnWrite, VM_WRITE } from '../kernel/protection'
import type { Platform } from '../kernel/context'
import type { Kernel } from '../kernel/variants'
import type { Scenario } from '../machine/scenario'
import type { Capture } from './capture'
import { captureImage, type CapturedImage } from './capture-image'
import type { Note } from './capture-notes'
import { RECORDING_TITLE } from './recording-title'
import { capturedPages, type CapturedPage } from './captured-page'

/** A recorded process as a place to start from. */
export interface CaptureScenario extends Scenario {
  readonly capture: Capture
  /** What a reader has to know about it in this setting. */
  readonly notes: (kernel: Kernel, platform: Platform['id']) => readonly Note[]
}

const LOOK = {
  xen: 'A real process of Linux 6.1. Its words were read out of memory, bit 8 and all. Write to a page that fork shares.',
  bare: 'The same program without Xen. No present page of it has bit 8. Write to a page that fork shares.',
} as const

/** The recorded process as a scenario. The page shown first is one that fork shares copy-on-write. */
export function captureScenario(capture: Capture): CaptureScenario {
  const imageFor = lastOf((kernel: Kernel, platform: Platform['id']) => captureImage(capture, kernel, platform))
  return {
    id: `capture-${capture.platform}`,
    title: RECORDING_TITLE[capture.platform],
    look: LOOK[capture.platform],
    capture,
    softDirty: capture.softDirty,
    image: (kernel, platform) => imageFor(kernel, platform).image,
    notes: (kernel, platform) => imageFor(kernel, platform).notes,
    before: [],
    opening: [],
    page: firstPage(capturedPages(capture)),
  }
}

/** The test area made for it if it is there; else any copy-on-write page; else the first one. */
function firstPage(pages: readonly CapturedPage[]): number {
  const labelled = pages.findIndex((page) => page.leaf.label === 'fork-shared-cow' && isSharedByFork(page))
  return Math.max(0, labelled >= 0 ? labelled : pages.findIndex(isSharedByFork))
}

const isSharedByFork = ({ leaf, vma, content }: CapturedPage): boolean =>
  content === 'anon' &&
  leaf.kind === 'present' &&
  (leaf.mapcount ?? 0) > 1 &&
  !has(leaf.raw, RW) &&
  isCopyOnWrite(vma.flags) &&
  (vma.flags & VM_WRITE) !== 0

/** Keeps the last image: a store asks again for each choice, mostly in the same setting. */
function lastOf(make: (kernel: Kernel, platform: Platform['id']) => CapturedImage) {
  let last: { readonly key: string; readonly made: CapturedImage } | null = null
  return (kernel: Kernel, platform: Platform['id']): CapturedImage => {
    const key = [kernel.id, kernel.numaBuilt, kernel.keepsSoftDirty, platform].join()
    if (last?.key !== key) last = { key, made: make(kernel, platform) }
    return last.made
  }
}
