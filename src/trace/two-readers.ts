import { ACCESSES, errorCode, errorCodeText, type Access } from '../arch/error-code'
import { allowed } from '../arch/mmu'
import { holds } from '../arch/predicate'
import { bitOf, has, PRESENT, RW, USER, type Pte } from '../arch/pte'
import { isNone } from '../kernel/linux-pte'
import type { Kernel } from '../kernel/variants'

/** What one reader makes of an entry. */
export interface Reading {
  readonly who: string
  readonly says: string
}

/** The CPU's reading of an entry of a program's page, and that of a Linux. */
export const readersOf = (entry: Pte, kernel: Kernel): readonly Reading[] => [
  { who: 'The CPU', says: byCpu(entry) },
  { who: 'Linux', says: byLinux(entry, kernel) },
]

function byCpu(entry: Pte): string {
  if (!has(entry, PRESENT)) return 'PRESENT is 0. It reads no other bit: every access faults.'
  if (!has(entry, USER)) return 'Present, but not for programs: any access of one faults.'
  const may = (access: Access): boolean => allowed(access, true, has(entry, RW), bitOf(entry, 63) === 1)
  const denied = ACCESSES.find((access) => !may(access))
  const can = ACCESSES.filter(may).map((access) => MAY[access])
  const faults = denied ? ` ${FAULTS[denied]} faults: ${errorCodeText(errorCode(denied, true, false))}.` : ''
  return `Present. A program may ${can.join(', ')}.${faults}`
}

const MAY: Readonly<Record<Access, string>> = { read: 'read', write: 'write', exec: 'run code' }
const FAULTS: Readonly<Record<Access, string>> = { read: 'A read', write: 'A write', exec: 'A jump' }

/** In the order in which the fault path asks. */
function byLinux(entry: Pte, kernel: Kernel): string {
  if (!holds(kernel.present, entry.lo))
    return isNone(entry, kernel.noneIgnores)
      ? 'Nothing is mapped here yet.'
      : 'The page is not in memory: the other bits say where in swap it is.'
  if (holds(kernel.hint, entry.lo)) return 'My own note: this page is hidden, or shut. Its frame number is good.'
  return has(entry, RW) ? 'A page, writable.' : 'A page that must not be written as it stands.'
}
