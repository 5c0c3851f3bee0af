import { freshFlags, VM_EXEC, VM_READ, VM_SHARED, VM_WRITE, type Backing } from '../kernel/protection'

/** The mapping that an entry lies in. */
export interface Vma {
  /** Some of 'rwx'; empty where nothing is allowed. */
  readonly rights: string
  readonly shared: boolean
  readonly backing: Backing
}

/** vm_flags of a mapping. */
export const vmaFlags = ({ rights, shared }: Vma): number => freshFlags(rights, shared)

/** Private anonymous memory with these rights. */
export const anonymous = (rights: string): Vma => ({ rights, shared: false, backing: 'anon' })

/** Rights as /proc/PID/maps writes them: 'rw-p'. */
export const vmaText = ({ rights, shared }: Vma): string =>
  [...'rwx'].map((right) => (rights.includes(right) ? right : '-')).join('') + (shared ? 's' : 'p')

/** A mapping out of the rights of /proc/PID/maps, or words for them; null for a text that is none. */
export function vmaFrom(text: string): Vma | null {
  const plain = text.trim().toLowerCase()
  if (plain === 'none') return anonymous('')
  const [, rights, kind] = /^([r-]?[w-]?[x-]?)([ps]?)$/.exec(plain) ?? []
  if (!rights) return null
  const shared = kind === 's'
  return { rights: rights.replaceAll('-', ''), shared, backing: shared ? 'shm' : 'anon' }
}

const RIGHTS = [
  ['r', VM_READ],
  ['w', VM_WRITE],
  ['x', VM_EXEC],
] as const

/** The mapping that vm_flags tell of. */
export const vmaOfFlags = (flags: number): Vma => {
  const shared = (flags & VM_SHARED) !== 0
  const rights = RIGHTS.filter(([, flag]) => flags & flag)
    .map(([letter]) => letter)
    .join('')
  return { rights, shared, backing: shared ? 'shm' : 'anon' }
}
