import type { Mfn, Pfn } from '../arch/brand'
import { DIRTY, frameOf, has, PRESENT, RW, SOFT_DIRTY, withFrame, type Pte } from '../arch/pte'
import { TASK_SIZE_MAX } from '../arch/vaddr'
import { FRAME } from '../kernel/frames'
import { swapEntry, swapExclusive, swapSoftDirty } from '../kernel/linux-pte'
import { VM_SOFTDIRTY } from '../kernel/protection'
import type { Kernel } from '../kernel/variants'
import type { ImageFrame, ProcessImage } from '../machine/image'
import { frameToLinux, holdsFrame, type EntryKind, type EntryLevel } from './entry-kind'
import { vmaFlags, type Vma } from './context'
import type { MachineId } from '../machine/platforms'

/** A word in its place, and what is taken to be true of its page. */
export interface Standing {
  readonly word: Pte
  readonly level: EntryLevel
  /** What it is to the kernel that runs. */
  readonly kind: EntryKind
  /** Was it printed as Linux counts frames (pte_val), not as it lies in memory? Under Xen that is another number. */
  readonly asVal: boolean
  readonly address: number
  /** Null: nothing is mapped there. */
  readonly vma: Vma | null
  /** Is the page mapped by another process too? */
  readonly shared: boolean
  /** Does the kernel count it as the zero page, or another page without a struct page? */
  readonly special: boolean
}

/** Machine frame minus guest frame, where the word tells only one of the two. */
export const FRAME_OFFSET = 0x50000
const SPARE = 8
/** A swap slot that is in use: it stands for the one that the word names, which this small machine has not. */
const SLOT = 1

/** A machine's beginning with one page, whose entry is the word. */
export function touchImage(standing: Standing, kernel: Kernel, machine: MachineId): ProcessImage {
  const { word, level, kind, vma, address } = standing
  const huge = level === 'PMD'
  const names = framesOf(standing, kernel, machine)
  // Numbers that the word's own frame cannot have.
  const pool = Math.max(names.pfn, names.mfn) < 0x20_0000 ? 0x40_0000 : 0x1000
  const frame = (pfn: number, kindOfFrame: number, big = false): ImageFrame => ({
    pfn: pfn as Pfn,
    mfn: (pfn + FRAME_OFFSET) as Mfn,
    kind: kindOfFrame,
    mapcount: 0,
    ...(big ? { huge: true } : {}),
  })
  const own: ImageFrame = {
    pfn: names.pfn as Pfn,
    mfn: names.mfn as Mfn,
    ...contentOf(standing),
    ...(huge ? { huge: true } : {}),
  }
  const isKernels = address >= TASK_SIZE_MAX
  const ofFile = vma !== null && vma.backing !== 'anon'
  const zero = standing.special && holdsFrame(kind) ? 0 : 1
  const hugeZero = huge ? [frame(pool + 0x1000, FRAME.zero, true), frame(pool + 0x1200, FRAME.free, true)] : []
  const frames = [
    own,
    frame(pool, FRAME.zero),
    frame(pool + 1, FRAME.file),
    ...hugeZero,
    ...Array.from({ length: SPARE }, (_, index) => frame(pool + 2 + index, FRAME.free)),
  ]
  return {
    mappings: vma ? [{ name: 'pasted', backing: vma.backing }] : [],
    pages: [
      {
        name: 'pasted',
        address,
        mapping: vma && !isKernels ? 0 : -1,
        flags: vma && !isKernels ? vmaFlags(vma) | VM_SOFTDIRTY : 0,
        fileFrame: ofFile ? (own.kind === FRAME.file ? 0 : 2) : -1,
        ...(huge ? { huge: true } : {}),
        entry: inMemory(standing, kernel, machine, names.mfn),
      },
    ],
    frames,
    zeroFrame: zero,
    ...(huge ? { hugeZeroFrame: 3 } : {}),
    firstTableFrame: pool + 0x100,
    tableOffset: FRAME_OFFSET,
    written: vma ? [true] : [],
    threads: 1,
    swapSlots: [0, standing.shared ? 2 : 1, 0, 0],
  }

  function inMemory({ asVal }: Standing, rules: Kernel, on: MachineId, mfn: number): Pte {
    if (kind === 'note') return swapEntry(rules, SLOT, swapSoftDirty(rules, word), swapExclusive(rules, word))
    return asVal && on === 'xen' && has(word, PRESENT) ? withFrame(word, mfn) : word
  }
}

/** Both numbers of the word's frame: the one it tells, and one that stands for the other. */
function framesOf({ word, level, kind, asVal, vma }: Standing, kernel: Kernel, machine: MachineId) {
  if (!holdsFrame(kind)) return { pfn: 0x100, mfn: 0x100 + FRAME_OFFSET }
  const told = has(word, PRESENT) && level === 'PTE' ? frameOf(word) : frameToLinux(kernel, level, word, kind)
  if (machine === 'bare') return { pfn: told, mfn: told }
  const counterpart = told >= 2 ** 33 ? told - FRAME_OFFSET : told + FRAME_OFFSET
  // [NH3] Up to 3.14 a hint keeps the machine's number; a page that mprotect shut has the guest's.
  const hintOfMachine = !kernel.markingTranslates && kind === 'shut' && vma !== null && vma.rights !== ''
  const byMachine = (has(word, PRESENT) && !asVal) || hintOfMachine
  return byMachine ? { pfn: counterpart, mfn: told } : { pfn: told, mfn: counterpart }
}

/** What the page of the word holds: a copy where it was written, else what lies behind its mapping. */
function contentOf({ kind, special, shared, vma, word }: Standing): { kind: number; mapcount: number } {
  if (!holdsFrame(kind)) return { kind: FRAME.free, mapcount: 0 }
  if (special) return { kind: FRAME.zero, mapcount: 0 }
  const mapcount = shared ? 2 : 1
  const ofFile = vma !== null && vma.backing !== 'anon' && (vma.shared || !has(word, RW | DIRTY | SOFT_DIRTY))
  return { kind: ofFile ? FRAME.file : FRAME.anon, mapcount }
}
