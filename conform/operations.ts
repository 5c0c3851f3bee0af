import { flagsAfterMprotect } from '../src/kernel/protection'
import type { Choice } from '../src/machine/choice'
import type { Machine } from '../src/machine/machine'
import { flagsOf } from './episode'

/** A choice that an actor begins at once. */
export type Operation = Exclude<Choice, { do: 'hold' }>

/** The operations as the tables name them. */
export const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['read', { do: 'access', process: 0, page: 0, access: 'read' }],
  ['write', { do: 'access', process: 0, page: 0, access: 'write' }],
  ['exec', { do: 'access', process: 0, page: 0, access: 'exec' }],
  ['fork', { do: 'fork' }],
  ['scan', { do: 'scan', page: 0 }],
  ['mprotect-none', { do: 'mprotect', page: 0, rights: 'none' }],
  ['mprotect-ro', { do: 'mprotect', page: 0, rights: 'read' }],
  ['mprotect-rw', { do: 'mprotect', page: 0, rights: 'read-write' }],
])

const ENOMEM = -12
const EACCES = -13

/**
 * What an operation that is about to begin will return. The core tells no program why a call of mprotect changed nothing, so
 * the two reasons it has are asked for beforehand.
 */
export function returnCode(machine: Machine, operation: Operation): number {
  if (operation.do !== 'mprotect') return 0
  if (machine.pages[operation.page]!.mapping < 0) return ENOMEM
  return flagsAfterMprotect(flagsOf(machine), operation.rights) === null ? EACCES : 0
}
