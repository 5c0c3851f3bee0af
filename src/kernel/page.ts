import { ACCESSED, DIRTY, has, PRESENT, PSE, type Pte, SOFT_DIRTY } from '../arch/pte'
import { asks, holds } from '../arch/predicate'
import type { KernelCx, Process } from './context'
import { FRAME } from './frames'
import { hugeFrame } from './huge-pmd'
import { linuxFrame } from './linux-pte'

/** Cut: where there are huge pages, PSE alone tells them; a 4 KB entry in which a hand set PAT is taken for one. */
function frameIndex(cx: KernelCx, raw: Pte): number {
  const value = cx.platform.pteVal(cx, raw)
  const huge = cx.hugeZeroFrame >= 0 && has(raw, PSE)
  return cx.frames.indexOfPfn(huge ? hugeFrame(cx.kernel, value) : linuxFrame(cx.kernel, value))
}

/**
 * The low bits on which it depends which page an entry names for Linux, and whether a struct page counts it: SPECIAL; PRESENT,
 * which says how the frame number is to be read; PSE where there are huge pages.
 */
export const asksPage = (cx: KernelCx): number => asks(cx.kernel.special) | PRESENT | (cx.hugeZeroFrame >= 0 ? PSE : 0)

/** The low bits of `linuxPresent` and then of the page. */
export const asksPresentPage = (cx: KernelCx): number => asks(cx.kernel.present) | asksPage(cx)

/** The low bits that are looked at to see whether an entry would change by being used: those that use sets. */
export const asksUsed = ({ kernel }: KernelCx): number => ACCESSED | DIRTY | (kernel.keepsSoftDirty ? SOFT_DIRTY : 0)

/** The frame index that struct page counts for, or -1. Nothing is reported. */
export function countedFrame(cx: KernelCx, raw: Pte): number {
  if (holds(cx.kernel.special, raw.lo)) return -1
  const index = frameIndex(cx, raw)
  return index === cx.hugeZeroFrame || cx.frames.kind(index) === FRAME.table ? -1 : index
}

/**
 * [PG1] vm_normal_page: the frame index that struct page counts for, or -1 for the zero page, a special mapping or a
 * frame that no struct page describes; the last two are reported as a bad entry.
 */
export function normalPage(cx: KernelCx, raw: Pte): number {
  const counted = countedFrame(cx, raw)
  const named = frameIndex(cx, raw)
  const isZeroPage = holds(cx.kernel.special, raw.lo) && named === cx.zeroFrame
  if (counted < 0 && !isZeroPage && !(named >= 0 && named === cx.hugeZeroFrame)) reportBadEntry(cx)
  return counted
}

/** The same, of an entry that is perhaps no page at all: -1 then, and nothing is reported. */
export const presentPage = (cx: KernelCx, raw: Pte): number => (linuxPresent(cx, raw) ? normalPage(cx, raw) : -1)

const reportBadEntry = (cx: KernelCx): void => cx.world.add(cx.counters.badEntries, 1)

/** Does Linux take the entry for one that maps a page? Not the PRESENT bit: PROTNONE entries are "present" too. */
export const linuxPresent = (cx: KernelCx, raw: Pte): boolean => holds(cx.kernel.present, raw.lo)

/** Change a word as Linux sees it, and give it back as it has to lie in memory; or change it as it lies there. */
export function throughPlatform(cx: KernelCx, translates: boolean, raw: Pte, change: (value: Pte) => Pte): Pte {
  return translates ? cx.platform.makePte(cx, change(cx.platform.pteVal(cx, raw))) : change(raw)
}

/**
 * A new anonymous page, mapped once, on the node of the CPU that asks. Its mapping counts as written from now on. Returns
 * the frame index.
 */
export function takeAnonymousPage(cx: KernelCx, actor: number, process: Process, page: number): number {
  return newlyMapped(cx, cx.frames.take(cx.nodeOf(actor)), process, page)
}

/** A new huge page, mapped once. Returns its frame index. Cut: the kernel never falls back to 4 KB pages. */
export function takeHugePage(cx: KernelCx, process: Process, page: number): number {
  return newlyMapped(cx, cx.frames.takeHuge(), process, page)
}

function newlyMapped(cx: KernelCx, frame: number, process: Process, page: number): number {
  cx.frames.map(frame)
  markExclusive(cx, frame)
  cx.world.add(cx.counters.newPages, 1)
  cx.world.put(process.written[cx.pages[page]!.mapping]!, 1)
  return frame
}

/**
 * [PG2] Is the anonymous page this process's alone, by its own mark? A fork takes the mark away, and only a write brings
 * it back. Kernels before 5.19 count mappers instead: they have no mark.
 */
export const isExclusive = (cx: KernelCx, frame: number): boolean =>
  frame >= 0 && cx.world.get(cx.frames.exclusiveCell(frame)) === 1

export function markExclusive(cx: KernelCx, frame: number): void {
  if (cx.kernel.marksExclusive && cx.frames.kind(frame) === FRAME.anon) cx.world.put(cx.frames.exclusiveCell(frame), 1)
}

export function clearExclusive(cx: KernelCx, frame: number): void {
  if (isExclusive(cx, frame)) cx.world.put(cx.frames.exclusiveCell(frame), 0)
}
