import { pte, type Pte } from '../arch/pte'

/** Rights and kinds of a mapping (Linux include/linux/mm.h). */
export const VM_READ = 0x1
export const VM_WRITE = 0x2
export const VM_EXEC = 0x4
export const VM_SHARED = 0x8
/** The four "may be granted later" bits, each four places above its right. */
export const VM_MAYREAD = 0x10
export const VM_MAYWRITE = 0x20
export const VM_MAYEXEC = 0x40
export const VM_MAYSHARE = 0x80
export const VM_ACCOUNT = 0x10_0000
export const VM_SOFTDIRTY = 0x800_0000
export const VM_RIGHTS = VM_READ | VM_WRITE | VM_EXEC

/** Page protections (arch/x86/include/asm/pgtable_types.h), as entries without a frame. */
export const PAGE_NONE: Pte = pte(0x120, 0)
export const PAGE_READONLY: Pte = pte(0x25, 0x8000_0000)
export const PAGE_READONLY_EXEC: Pte = pte(0x25, 0)
export const PAGE_SHARED: Pte = pte(0x27, 0x8000_0000)
export const PAGE_SHARED_EXEC: Pte = pte(0x27, 0)
/** What a private writable mapping gets: no RW. That is what makes copy-on-write work, and this bug loop. */
export const PAGE_COPY = PAGE_READONLY
export const PAGE_COPY_EXEC = PAGE_READONLY_EXEC

/**
 * What lies behind a mapping. `file`: a disk file, whose shared pages ask before the first write; `shm`: tmpfs; `grant`: pages
 * of another domain of Xen.
 */
export type Backing = 'anon' | 'file' | 'shm' | 'grant'

/** A mapping allows a write, for all its sharers. */
const SHARED_WRITABLE = VM_SHARED | VM_WRITE
export const isSharedWritable = (flags: number): boolean => (flags & SHARED_WRITABLE) === SHARED_WRITABLE

/** A private mapping that is or may become writable: fork shares its pages read-only. */
export const isCopyOnWrite = (flags: number): boolean => (flags & (VM_SHARED | VM_MAYWRITE)) === VM_MAYWRITE

/** Must the file system hear of the first write to a page? Then even a shared mapping starts read-only. */
export const wantsWriteNotify = (flags: number, backing: Backing): boolean =>
  isSharedWritable(flags) && backing === 'file'

/** [PR1] vm_flags to the page protection that new entries get (mm/mmap.c, protection_map). */
export function pageProtection(flags: number, backing: Backing): Pte {
  const shared = isSharedWritable(flags) && !wantsWriteNotify(flags, backing)
  const exec = (flags & VM_EXEC) !== 0
  if (!(flags & VM_RIGHTS)) return PAGE_NONE
  if (shared) return exec ? PAGE_SHARED_EXEC : PAGE_SHARED
  return exec ? PAGE_READONLY_EXEC : PAGE_READONLY
}

/** What mprotect can ask for in the model. */
export type Rights = 'none' | 'read' | 'read-write'
export const RIGHTS: readonly Rights[] = ['none', 'read', 'read-write']
const RIGHTS_BITS: Record<Rights, number> = { none: 0, read: VM_READ, 'read-write': VM_READ | VM_WRITE }

/** [MP1] vm_flags after mprotect; null where the mapping may never have that right. */
export function flagsAfterMprotect(flags: number, rights: Rights): number | null {
  const wanted = (flags & ~VM_RIGHTS) | RIGHTS_BITS[rights]
  if (wanted & ~(wanted >> 4) & VM_RIGHTS) return null
  const newlyCharged = wanted & VM_WRITE && !(flags & (VM_ACCOUNT | VM_WRITE | VM_SHARED))
  return newlyCharged ? wanted | VM_ACCOUNT : wanted
}

/** 'rw- private' as /proc/PID/maps writes rights. */
export const rightsText = (flags: number): string =>
  (flags & VM_READ ? 'r' : '-') + (flags & VM_WRITE ? 'w' : '-') + (flags & VM_EXEC ? 'x' : '-')

/** vm_flags of a fresh mapping with these rights. */
export function freshFlags(rights: string, shared: boolean): number {
  const rightBits =
    (rights.includes('r') ? VM_READ : 0) | (rights.includes('w') ? VM_WRITE : 0) | (rights.includes('x') ? VM_EXEC : 0)
  const may = VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC
  if (shared) return rightBits | may | VM_SHARED | VM_MAYSHARE
  return rightBits | may | (rightBits & VM_WRITE ? VM_ACCOUNT : 0)
}
