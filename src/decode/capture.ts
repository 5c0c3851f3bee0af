import { PRESENT, PROTNONE } from '../arch/pte'
import type { Pte } from '../arch/pte'
import { VM_RIGHTS } from '../kernel/protection'
import { isLeafAt, type CapturedEntries } from './captured-entries'
import type { MachineId } from '../machine/platforms'

/** One mapping of the recorded process. */
export interface CapturedVma {
  readonly start: number
  readonly end: number
  readonly flags: number
  /** vm_page_prot: what Linux gives new entries. */
  readonly protection: Pte
  readonly name: string
}

/** A named stretch of addresses: what the recorded program used it for. */
export interface CapturedArea {
  readonly start: number
  readonly end: number
  readonly name: string
}

/** What a recording did not say, and was assumed so that it can be shown. */
export type Assumption = 'machine' | 'addresses' | 'mappings' | 'frames'

/** A recorded process: plain data, so that a worker can hand it over. */
export interface Capture {
  /** Short; says which of several. Empty where the recording has none. */
  readonly name: string
  readonly platform: MachineId
  /** The recorded kernel tracks soft-dirty pages, so one that runs these entries has to be `withSoftDirty`. */
  readonly softDirty: boolean
  /** Under Xen: does Xen know these tables, and so add bit 8 to what Linux asks it to store? Always true on bare metal. */
  readonly pinned: boolean
  /** Where it comes from: name and text, in the order to be shown. */
  readonly provenance: readonly (readonly [name: string, text: string])[]
  /** Mappings in rising order; none overlaps another. */
  readonly vmas: readonly CapturedVma[]
  /** Areas in rising order; none overlaps another. */
  readonly areas: readonly CapturedArea[]
  readonly entries: CapturedEntries
  readonly assumed: readonly Assumption[]
}

/** What an entry is, by its word and the rights of its mapping. */
export type EntryKind = 'table' | 'empty' | 'present' | 'numa-hint' | 'prot_none-vma' | 'swap-or-migration'

/** The kind of entry `i`. Only the mapping tells a NUMA hint from a page that mprotect forbade. */
export function kindAt(capture: Capture, i: number): EntryKind {
  const { entries } = capture
  if (!isLeafAt(entries, i)) return 'table'
  const lo = entries.lo[i]!
  if (lo & PRESENT) return 'present'
  if (lo === 0 && entries.hi[i] === 0) return 'empty'
  if (!(lo & PROTNONE)) return 'swap-or-migration'
  const vma = capture.vmas[vmaAt(capture, entries.address[i]!)]
  return vma && vma.flags & VM_RIGHTS ? 'numa-hint' : 'prot_none-vma'
}

/** Index of the mapping that an address lies in; -1 outside of all. */
export const vmaAt = (capture: Capture, address: number): number => stretchAt(capture.vmas, address)

/** The name of the area that an address lies in; empty outside of all. */
export const areaAt = (capture: Capture, address: number): string =>
  capture.areas[stretchAt(capture.areas, address)]?.name ?? ''

interface Stretch {
  readonly start: number
  readonly end: number
}

/** Binary search in stretches of rising order. */
function stretchAt(stretches: readonly Stretch[], address: number): number {
  let low = 0
  let high = stretches.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (stretches[middle]!.end <= address) low = middle + 1
    else high = middle
  }
  const found = stretches[low]
  return found && found.start <= address ? low : -1
}
