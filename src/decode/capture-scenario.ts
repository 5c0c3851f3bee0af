import { has, RW } from '../arch/pte'
import { isCopyOnWrite, VM_WRITE } from '../kernel/protection'
import type { Platform } from '../kernel/context'
import type { Kernel } from '../kernel/variants'
import type { Scenario } from '../machine/scenario'
import type { Capture } from './capture'
import { captureImage, type CapturedImage } from './capture-image'
import { capturedPages, type CapturedPage } from './captured-page'
import type { RecordedScenario } from './recorded-scenario'

/** A recorded process, or a part of one, as a place to start from. */
export interface CaptureScenario extends RecordedScenario {
  readonly capture: Capture
  /** The entries that the machine is built from: from `first` to before `end`. */
  readonly part: Part
  /** The pages of the machine, by index. */
  readonly pages: readonly CapturedPage[]
}

/** A stretch of a recording's entries. */
export interface Part {
  readonly first: number
  readonly end: number
}

/** The recorded process as a scenario. The page shown first is one that fork shares copy-on-write, if there is one. */
export function captureScenario(
  capture: Capture,
  named: Pick<Scenario, 'id' | 'title' | 'look'>,
  part: Part = { first: 0, end: capture.entries.count },
): CaptureScenario {
  const taken = capturedPages(capture, part.first, part.end)
  const imageFor = lastOf((kernel: Kernel, platform: Platform['id']) => captureImage(capture, taken, kernel, platform))
  const { id, title, look } = named
  return {
    id,
    title,
    look,
    machine: capture.platform,
    provenance: capture.provenance,
    capture,
    part,
    pages: taken.pages,
    softDirty: capture.softDirty,
    image: (kernel, platform) => imageFor(kernel, platform).image,
    notes: (kernel, platform) => imageFor(kernel, platform).notes,
    before: [],
    opening: [],
    page: firstPage(taken.pages),
  }
}

/** The page at an address; where there is none, the next one, or the last. */
export function pageNear({ pages }: CaptureScenario, address: number): number {
  const found = pages.findIndex((page) => page.address >= address)
  return found < 0 ? pages.length - 1 : found
}

/** Does the machine hold a part of the recording only? */
export const isPart = ({ part, capture }: CaptureScenario): boolean => part.end - part.first < capture.entries.count

/** What a page is worth looking at for, best first. */
const INTERESTING: readonly ((page: CapturedPage) => boolean)[] = [
  (page) => page.label === 'fork-shared-cow' && isSharedByFork(page),
  ({ kind }) => kind === 'numa-hint',
  (page) => isSharedByFork(page),
  (page) => isWrittenNext(page),
  ({ kind }) => kind === 'present',
]

function firstPage(pages: readonly CapturedPage[]): number {
  for (const wanted of INTERESTING) {
    const found = pages.findIndex(wanted)
    if (found >= 0) return found
  }
  return 0
}

const isSharedByFork = (page: CapturedPage): boolean =>
  page.content === 'anon' && (page.mapcount ?? 0) > 1 && isWrittenNext(page)

/** May be written, but has no RW: the first write is where the fault of the story happens. */
const isWrittenNext = ({ kind, raw, vma }: CapturedPage): boolean =>
  kind === 'present' && !has(raw, RW) && isCopyOnWrite(vma.flags) && (vma.flags & VM_WRITE) !== 0

/** Keeps the last image: a store asks again for each choice, mostly in the same setting. */
function lastOf(make: (kernel: Kernel, platform: Platform['id']) => CapturedImage) {
  let last: { readonly key: string; readonly made: CapturedImage } | null = null
  return (kernel: Kernel, platform: Platform['id']): CapturedImage => {
    const key = [kernel.id, kernel.numaBuilt, kernel.keepsSoftDirty, platform].join()
    if (last?.key !== key) last = { key, made: make(kernel, platform) }
    return last.made
  }
}
