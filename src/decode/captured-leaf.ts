import { EMPTY, frameOf, has, PRESENT, PROTNONE, pte, same, withFrame, type Pte } from '../arch/pte'
import { PAGE_SIZE, TASK_SIZE_MAX } from '../arch/vaddr'
import { VM_RIGHTS } from '../kernel/protection'
import { countOf, flagOf, hexOf, listOf, oneOf, Refusal, textOf, wordOf } from './json-shape'

/** What an entry is, by its word and the rights of its mapping. */
export type LeafKind = 'empty' | 'present' | 'numa-hint' | 'prot_none-vma' | 'swap-or-migration'
const KINDS: readonly LeafKind[] = ['empty', 'present', 'numa-hint', 'prot_none-vma', 'swap-or-migration']

/** One mapping of the recorded process. */
export interface CapturedVma {
  readonly start: number
  readonly end: number
  readonly flags: number
  /** vm_page_prot: what Linux gives new entries. */
  readonly protection: Pte
  readonly name: string
}

/** One entry that maps a page, or an empty one of a last-level table. PMD: a huge page. */
export interface CapturedLeaf {
  readonly level: 'PTE' | 'PMD'
  readonly address: number
  /** The word in memory. */
  readonly raw: Pte
  /** The word as Linux 6.1 sees it: under Xen a present entry's machine frame is turned into the guest's. */
  readonly val: Pte
  /** The guest's frame, with the inversion of entries without PRESENT undone; null where the word names none. */
  readonly pfn: number | null
  /** How many entries map the page, all processes counted; -1 for part of a huge page, null without a page. */
  readonly mapcount: number | null
  readonly pageCount: number | null
  /** Index of its mapping. */
  readonly vma: number
  /** Name of the test area it lies in; empty outside of all. */
  readonly label: string
  readonly kind: LeafKind
  readonly special: boolean
  /** Under Xen: had Linux pinned the table? null on bare metal. */
  readonly pinned: boolean | null
}

const MOST_LEAVES = 10_000
/** Frames of the modelled kernels have 34 bits; room is left above for the frames that a machine adds. */
const FRAME_LIMIT = 2 ** 33

/** A mapping out of its packed form. */
export function vmaOf(value: unknown, index: number): CapturedVma {
  const what = `mapping ${index + 1}`
  const [start, end, flags, protection, name] = listOf(value, what, 5)
  const vma = {
    start: hexOf(start, `${what}, start`, TASK_SIZE_MAX),
    end: hexOf(end, `${what}, end`, TASK_SIZE_MAX + 1),
    flags: hexOf(flags, `${what}, flags`, 2 ** 32),
    protection: wordOf(protection, `${what}, protection`),
    name: textOf(name, `${what}, name`),
  }
  if (vma.start % PAGE_SIZE || vma.end % PAGE_SIZE || vma.start >= vma.end) {
    throw new Refusal(`${what} does not go from one page to a later one`)
  }
  return vma
}

/** All leaf entries out of their packed runs, in rising order of address. */
export function leavesOf(runs: readonly unknown[], vmas: readonly CapturedVma[]): CapturedLeaf[] {
  const leaves: CapturedLeaf[] = []
  let next = 0
  for (const [index, run] of runs.entries()) {
    const [level, va, vmaIndex, label, kind, special, pinned, rows] = listOf(run, `run ${index + 1}`, 8)
    const what = `run ${index + 1}`
    const vma = countOf(vmaIndex, `${what}, mapping`, 0, vmas.length - 1)
    const shared = {
      level: oneOf(['PTE', 'PMD'], level, `${what}, level`),
      vma,
      label: textOf(label, `${what}, label`),
      kind: oneOf(KINDS, kind, `${what}, kind`),
      special: countOf(special, `${what}, special`, 0, 1) === 1,
      pinned: flagOf(pinned, `${what}, pinned`),
    }
    let address = hexOf(va, `${what}, address`, TASK_SIZE_MAX)
    for (const row of listOf(rows, `${what}, rows`)) {
      const leaf = leafOf(textOf(row, `${what}, row`), { ...shared, address }, vmas[vma]!)
      if (address < next) throw new Refusal(`${what} goes back to an address that was there already`)
      leaves.push(leaf)
      address += sizeOf(shared.level)
      next = address
      if (leaves.length > MOST_LEAVES) throw new Refusal(`it has more than ${MOST_LEAVES} entries`)
    }
  }
  if (!leaves.some(({ level }) => level === 'PTE')) throw new Refusal('it has no entry')
  return leaves
}

const sizeOf = (level: CapturedLeaf['level']): number => (level === 'PMD' ? 512 * PAGE_SIZE : PAGE_SIZE)

type Place = Omit<CapturedLeaf, 'raw' | 'val' | 'pfn' | 'mapcount' | 'pageCount'>

function leafOf(row: string, place: Place, vma: CapturedVma): CapturedLeaf {
  const what = `the entry at ${place.address.toString(16)}`
  if (place.address % sizeOf(place.level) || place.address < vma.start || place.address >= vma.end) {
    throw new Refusal(`${what} lies outside of its mapping`)
  }
  const parts = row.split(' ')
  if (parts.length !== 1 && parts.length !== 4) throw new Refusal(`${what} has ${parts.length} parts instead of 1 or 4`)
  const [word, pfn, mapcount, pageCount] = parts
  const raw = wordOf(word, what)
  if (kindOf(raw, vma) !== place.kind)
    throw new Refusal(`${what} is said to be "${place.kind}", its word says otherwise`)
  const frame = pfn === undefined ? null : hexOf(pfn, `${what}, frame`, FRAME_LIMIT)
  const named = has(raw, PRESENT | PROTNONE)
  if (named !== (frame !== null)) throw new Refusal(`${what} ${named ? 'names no frame' : 'has no frame to name'}`)
  return {
    ...place,
    raw,
    val: frame !== null && has(raw, PRESENT) ? withFrame(raw, frame) : raw,
    pfn: frame,
    mapcount: frame === null ? null : countOf(mapcount, `${what}, map count`, -1, 1_000_000),
    pageCount: frame === null ? null : countOf(pageCount, `${what}, reference count`, 0, 1_000_000),
  }
}

function kindOf(raw: Pte, vma: CapturedVma): LeafKind {
  if (same(raw, EMPTY)) return 'empty'
  if (has(raw, PRESENT)) return 'present'
  if (!has(raw, PROTNONE)) return 'swap-or-migration'
  return vma.flags & VM_RIGHTS ? 'numa-hint' : 'prot_none-vma'
}

/** Refuse entries whose frames contradict each other: is every frame of a present entry the one that its word says, and do words and frames agree on who is who? */
export function checkFrames(leaves: readonly CapturedLeaf[], platform: 'bare' | 'xen'): void {
  const machineOf = new Map<number, number>()
  const guestOf = new Map<number, number>()
  for (const { raw, pfn, level, address } of leaves) {
    if (pfn === null || level === 'PMD') continue
    const what = `the entry at ${address.toString(16)}`
    if (!has(raw, PRESENT)) {
      if (frameOf(pte(~raw.lo, ~raw.hi)) !== pfn) throw new Refusal(`${what} does not hold the inverse of its frame`)
      continue
    }
    const mfn = frameOf(raw)
    if (mfn >= FRAME_LIMIT) throw new Refusal(`${what} names a frame beyond the memory of the model`)
    const consistent = (machineOf.get(pfn) ?? mfn) === mfn && (guestOf.get(mfn) ?? pfn) === pfn
    if (!consistent || (platform === 'bare' && mfn !== pfn)) {
      throw new Refusal(`${what} names another frame than the recording says`)
    }
    machineOf.set(pfn, mfn)
    guestOf.set(mfn, pfn)
  }
}
