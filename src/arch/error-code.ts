/** Bits of the page-fault error code (Intel SDM vol. 3A, 4.7). */
export const PF_PROT = 0x1
export const PF_WRITE = 0x2
export const PF_USER = 0x4
export const PF_RSVD = 0x8
export const PF_INSTR = 0x10

/** How an instruction touches memory. */
export type Access = 'read' | 'write' | 'exec'
export const ACCESSES: readonly Access[] = ['read', 'write', 'exec']

/** On whose behalf a page is touched, as a word. */
export const MODE = {
  /** An instruction of the program. */
  user: 0,
  /** An instruction of the kernel that reads or writes the program's memory for it: copy_from_user, copy_to_user. */
  kernel: 1,
  /** No instruction at all: the kernel walks the tables itself, to pin the page. */
  pin: 2,
} as const

/** An access as a word, and back. */
export const accessCode = (access: Access): number => ACCESSES.indexOf(access)
export const accessOf = (code: number): Access => ACCESSES[code] ?? 'read'

/**
 * The error code an access leaves: `present` tells whether the walk reached a present leaf, `user` whether the CPU ran in
 * ring 3.
 */
export const errorCode = (access: Access, present: boolean, reserved: boolean, user = true): number =>
  (user ? PF_USER : 0) |
  (present ? PF_PROT : 0) |
  (access === 'write' ? PF_WRITE : 0) |
  (access === 'exec' ? PF_INSTR : 0) |
  (reserved ? PF_RSVD : 0)

/** The access that an error code tells of: what `errorCode` was given. */
export const accessIn = (code: number): Access => (code & PF_INSTR ? 'exec' : code & PF_WRITE ? 'write' : 'read')

/** 'present, write, user' for 7. */
export function errorCodeText(code: number): string {
  const words = [code & PF_PROT ? 'present' : 'not present']
  words.push(code & PF_INSTR ? 'fetch' : code & PF_WRITE ? 'write' : 'read')
  words.push(code & PF_USER ? 'user' : 'kernel')
  if (code & PF_RSVD) words.push('reserved bit')
  return words.join(', ')
}
