import { GLOBAL, has, type Pte } from '../arch/pte'
import { TASK_SIZE_MAX } from '../arch/vaddr'
import { addsGlobal } from '../xen/adjust'
import type { EntryLevel } from './entry-kind'

/** A place in the page tables: level and first address, null where the address is not known. */
interface Place {
  readonly level: EntryLevel
  readonly address: number | null
}

/** Can the address be a program's? One that is not known is taken for such. */
export const mayBeProgram = (address: number | null): boolean => address === null || address < TASK_SIZE_MAX

/**
 * [XA1] Is it a program's present page with bit 8, which only Xen sets there? In the kernel's half the vsyscall page has USER and
 * GLOBAL on bare metal too.
 */
export const hasXensGlobal = (entry: Pte, { level, address }: Place): boolean =>
  level === 'PTE' && mayBeProgram(address) && has(entry, GLOBAL) && addsGlobal(entry)
