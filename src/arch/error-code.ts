/** Bits of the page-fault error code (Intel SDM vol. 3A, 4.7). */
export const PF_PROT = 0x1
export const PF_WRITE = 0x2
export const PF_USER = 0x4
export const PF_RSVD = 0x8
export const PF_INSTR = 0x10

/** How an instruction touches memory. */
export type Access = 'read' | 'write' | 'exec'
export const ACCESSES: readonly Access[] = ['read', 'write', 'exec']

/** An access as a word, and back. */
export const accessCode = (access: Access): number => ACCESSES.indexOf(access)
export const accessOf = (code: number): Access => ACCESSES[code] ?? 'read'

/** The error code a user-mode access leaves: `present` tells whether the walk reached a present leaf. */
export const errorCode = (access: Access, present: boolean, reserved: boolean): number =>
  PF_USER |
  (present ? PF_PROT : 0) |
  (access === 'write' ? PF_WRITE : 0) |
  (access === 'exec' ? PF_INSTR : 0) |
  (reserved ? PF_RSVD : 0)

/** 'present, write, user' for 7. */
export function errorCodeText(code: number): string {
  const words = [code & PF_PROT ? 'present' : 'not present']
  words.push(code & PF_INSTR ? 'fetch' : code & PF_WRITE ? 'write' : 'read')
  words.push(code & PF_USER ? 'user' : 'kernel')
  if (code & PF_RSVD) words.push('reserved bit')
  return words.join(', ')
}
