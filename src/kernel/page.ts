import { has, PRESENT, type Pte } from '../arch/pte'
import { holds } from '../arch/predicate'
import type { KernelCx, Process } from './context'
import { FRAME } from './frames'
import { linuxFrame } from './linux-pte'

const frameIndex = (cx: KernelCx, raw: Pte): number =>
  cx.frames.indexOfPfn(linuxFrame(cx.kernel, cx.platform.pteVal(cx, raw)))

/** The frame index that struct page counts for, or -1. Nothing is reported. */
export function countedFrame(cx: KernelCx, raw: Pte): number {
  if (holds(cx.kernel.special, raw.lo)) return -1
  const index = frameIndex(cx, raw)
  return index < 0 || cx.frames.kind(index) === FRAME.table ? -1 : index
}

/**
 * [PG1] vm_normal_page: the frame index that struct page counts for, or -1 for the zero page, a special mapping or a
 * frame that no struct page describes; the last two are reported as a bad entry.
 */
export function normalPage(cx: KernelCx, raw: Pte): number {
  const counted = countedFrame(cx, raw)
  const isZeroPage = holds(cx.kernel.special, raw.lo) && frameIndex(cx, raw) === cx.zeroFrame
  if (counted < 0 && !isZeroPage) reportBadEntry(cx)
  return counted
}

const reportBadEntry = (cx: KernelCx): void => cx.world.add(cx.counters.badEntries, 1)

/** Does Linux take the entry for one that maps a page? Not the PRESENT bit: PROTNONE entries are "present" too. */
export const linuxPresent = (cx: KernelCx, raw: Pte): boolean => holds(cx.kernel.present, raw.lo)

/** The PRESENT bit, which is what the CPU and Xen go by. */
export const hardwarePresent = (raw: Pte): boolean => has(raw, PRESENT)

/** A new anonymous page, mapped once. Its mapping counts as written from now on. Returns the frame index. */
export function takeAnonymousPage(cx: KernelCx, process: Process, page: number): number {
  const frame = cx.frames.take()
  cx.frames.map(frame)
  cx.world.put(cx.frames.exclusiveCell(frame), 1)
  cx.world.add(cx.counters.newPages, 1)
  cx.world.put(process.written[cx.pages[page]!.mapping]!, 1)
  return frame
}

/**
 * [PG2] Is the anonymous page this process's alone, by its own mark? A fork takes the mark away, and only a write brings
 * it back. Kernels before 5.19 count mappers instead and never ask.
 */
export const isExclusive = (cx: KernelCx, frame: number): boolean =>
  frame >= 0 && cx.world.get(cx.frames.exclusiveCell(frame)) === 1

export function markExclusive(cx: KernelCx, frame: number): void {
  if (frame >= 0 && cx.frames.kind(frame) === FRAME.anon) cx.world.put(cx.frames.exclusiveCell(frame), 1)
}

export function clearExclusive(cx: KernelCx, frame: number): void {
  if (isExclusive(cx, frame)) cx.world.put(cx.frames.exclusiveCell(frame), 0)
}
