import { DIRTY, frameOf, has, PRESENT, RW, SOFT_DIRTY, SPECIAL, type Pte } from '../arch/pte'
import { PAGE_SIZE } from '../arch/vaddr'
import { isSharedWritable, VM_SHARED, type Backing } from '../kernel/protection'
import { areaAt, kindAt, vmaAt, type Capture, type CapturedVma, type EntryKind } from './capture'
import { COVERS, isLeafAt, LEVEL, UNKNOWN, wordAt } from './captured-entries'

/** What a page holds. `file`: the page of a file or of shared memory itself, not a private copy of it. */
export type PageContent = 'empty' | 'zero' | 'anon' | 'file' | 'swapped'

/** One 4 KiB page of the recorded process, and what is taken to be behind it. */
export interface CapturedPage {
  readonly address: number
  /** The word in memory. */
  readonly raw: Pte
  readonly kind: Exclude<EntryKind, 'table'>
  /** The guest's frame; null where the word names none. */
  readonly pfn: number | null
  /** How many entries map the page; null where that was not recorded. */
  readonly mapcount: number | null
  /** Index of its mapping. */
  readonly vmaIndex: number
  readonly vma: CapturedVma
  /** Name of the area it lies in; empty outside of all. */
  readonly label: string
  readonly backing: Backing
  readonly content: PageContent
}

/** The pages of a stretch of a recording that a machine can be built from, and how many it cannot take, by reason. */
export interface CapturedPages {
  readonly pages: readonly CapturedPage[]
  /** Entries of huge pages, and how many 4 KiB pages those cover. */
  readonly huge: number
  readonly hugeCovers: number
  /** Entries outside of every mapping. */
  readonly unmapped: number
  /** Entries whose frame lies beyond the memory of the model, or is called by another number elsewhere. */
  readonly strange: number
}

/** Frames of the modelled kernels have 34 bits; room is left above for the frames that a machine adds. */
export const FRAME_LIMIT = 2 ** 33

/** The pages among the entries from `first` to before `end`. Cut: a recorded huge page is left out. */
export function capturedPages(capture: Capture, first = 0, end = capture.entries.count): CapturedPages {
  const pages: CapturedPage[] = []
  const counts = { huge: 0, hugeCovers: 0, unmapped: 0, strange: 0 }
  const isConsistent = frameBook(capture.platform)
  for (let i = first; i < end; i++) {
    if (!isLeafAt(capture.entries, i)) continue
    const level = capture.entries.level[i]!
    if (level !== LEVEL.PTE) {
      counts.huge++
      counts.hugeCovers += COVERS[level]! / PAGE_SIZE
      continue
    }
    const page = pageAt(capture, i)
    if (!page.vma) counts.unmapped++
    else if (!isConsistent(page)) counts.strange++
    else pages.push({ ...page, vma: page.vma })
  }
  return { pages, ...counts }
}

function pageAt(capture: Capture, i: number): Omit<CapturedPage, 'vma'> & { readonly vma: CapturedVma | undefined } {
  const { entries } = capture
  const address = entries.address[i]!
  const raw = wordAt(entries, i)
  const kind = kindAt(capture, i) as CapturedPage['kind']
  const vmaIndex = vmaAt(capture, address)
  const vma = capture.vmas[vmaIndex]
  const backing = vma ? capturedBacking(vma) : 'anon'
  const [frame, mapcount] = [entries.frame[i]!, entries.mapcount[i]!]
  return {
    address,
    raw,
    kind,
    pfn: frame === UNKNOWN ? null : frame,
    mapcount: mapcount === UNKNOWN ? null : mapcount,
    vmaIndex,
    vma,
    label: areaAt(capture, address),
    backing,
    content: contentOf(raw, kind, vma, backing),
  }
}

/** Remembers which frame has which number, and says whether a page agrees. */
function frameBook(platform: Capture['platform']) {
  const machineOf = new Map<number, number>()
  const guestOf = new Map<number, number>()
  return ({ raw, pfn }: Pick<CapturedPage, 'raw' | 'pfn'>): boolean => {
    if (pfn === null) return true
    const mfn = platform === 'xen' && has(raw, PRESENT) ? frameOf(raw) : (machineOf.get(pfn) ?? null)
    if (pfn >= FRAME_LIMIT || (mfn ?? 0) >= FRAME_LIMIT) return false
    if (mfn === null) return true
    if ((machineOf.get(pfn) ?? mfn) !== mfn || (guestOf.get(mfn) ?? pfn) !== pfn) return false
    machineOf.set(pfn, mfn)
    guestOf.set(mfn, pfn)
    return true
  }
}

/** Kernel pages that stand in user space under these names are mapped by a fault handler, as a file's are. */
const MAPPED_BY_HANDLER = /^\[v(dso|var|var_vclock|syscall)\]$/
/** Named, and nevertheless memory without a disk file. */
const SHARED_MEMORY = /^\/(memfd:|dev\/shm\/|SYSV|dev\/zero)/

/**
 * What lies behind a recorded mapping. A shared writable mapping whose new entries get RW at once is memory, whatever
 * its name: a disk file would want to hear of the first write.
 */
export function capturedBacking(vma: CapturedVma): Backing {
  const shared = (vma.flags & VM_SHARED) !== 0
  if (isSharedWritable(vma.flags) && has(vma.protection, RW)) return 'shm'
  if (vma.name.startsWith('/dev/zero')) return shared ? 'shm' : 'anon'
  if (SHARED_MEMORY.test(vma.name)) return 'shm'
  if (vma.name.startsWith('/') || MAPPED_BY_HANDLER.test(vma.name)) return 'file'
  return shared ? 'shm' : 'anon'
}

/** The recording does not say PageAnon: a private page that was written must be a copy, any other is the file's. */
function contentOf(raw: Pte, kind: EntryKind, vma: CapturedVma | undefined, backing: Backing): PageContent {
  if (kind === 'empty') return 'empty'
  if (kind === 'swap-or-migration') return 'swapped'
  if (backing === 'anon') return has(raw, SPECIAL) ? 'zero' : 'anon'
  if ((vma?.flags ?? 0) & VM_SHARED) return 'file'
  return has(raw, DIRTY | SOFT_DIRTY | RW) ? 'anon' : 'file'
}
