import type { Mfn, Pfn } from './brand'

/**
 * A 64-bit page-table entry as two unsigned 32-bit halves. An immutable value.
 * Flags 0–11 and the low 20 frame bits are in `lo`; the high frame bits, Xen's bit 52 and NX are in `hi`.
 */
export interface Pte {
  readonly lo: number
  readonly hi: number
}

/** Flag bits of the low half (Intel SDM vol. 3A, 4.5; names as in Linux arch/x86/include/asm/pgtable_types.h). */
export const PRESENT = 0x1
export const RW = 0x2
export const USER = 0x4
export const PWT = 0x8
export const PCD = 0x10
export const ACCESSED = 0x20
export const DIRTY = 0x40
export const PAT = 0x80
/** Bit 7 of an upper entry: it maps a large page itself. In a leaf of 4 KB the same bit is PAT. */
export const PSE = PAT
/** Bit 8 under its hardware name: a translation that survives a change of address space. */
export const GLOBAL = 0x100
/** Bit 8 under its Linux name: frame valid, access forbidden. The same bit as GLOBAL; that is the whole story. */
export const PROTNONE = GLOBAL
export const SPECIAL = 0x200
export const SOFTW2 = 0x400
export const SOFT_DIRTY = 0x800

/** Flag bits of the high half, as bits of `hi`. */
export const NX_HI = 0x8000_0000
/** Bit 52: Xen marks a guest kernel's own mappings with it (X45 xen/include/asm-x86, _PAGE_GUEST_KERNEL). */
export const GUEST_KERNEL_HI = 0x10_0000

export const FLAGS_LO = 0xfff
const FRAME_LO = 0xffff_f000

export const EMPTY: Pte = { lo: 0, hi: 0 }

/** The entry with these two halves; each half is made unsigned. */
export const pte = (lo: number, hi: number): Pte => ({ lo: lo >>> 0, hi: hi >>> 0 })

/** Do two entries hold the same 64 bits? */
export const same = (a: Pte, b: Pte): boolean => a.lo === b.lo && a.hi === b.hi

/** Is any of these low flag bits set? */
export const has = (entry: Pte, flags: number): boolean => (entry.lo & flags) !== 0

/** The entry with low flag bits set / cleared; the high half stays. */
export const withFlags = (entry: Pte, flags: number): Pte => pte(entry.lo | flags, entry.hi)
export const withoutFlags = (entry: Pte, flags: number): Pte => pte(entry.lo & ~flags, entry.hi)

/** Frame number out of an entry, of at most `frameBits` bits (34 for a 46-bit physical address), and back in. */
export const frameOf = (entry: Pte, frameBits = 40): number =>
  (entry.hi & highMask(frameBits)) * 0x10_0000 + (entry.lo >>> 12)
export const withFrame = (entry: Pte, frame: number, frameBits = 40): Pte => {
  const high = highMask(frameBits)
  return pte(
    (entry.lo & FLAGS_LO) | ((frame % 0x10_0000) << 12),
    (entry.hi & ~high) | (Math.floor(frame / 0x10_0000) & high),
  )
}
const highMask = (frameBits: number): number => (1 << (frameBits - 20)) - 1

export const pfnOf = (entry: Pte): Pfn => frameOf(entry) as Pfn
export const mfnOf = (entry: Pte): Mfn => frameOf(entry) as Mfn

/** Frame bits that lie in the low half. */
export const frameLo = FRAME_LO

/** Bit 0–63 of an entry, read and flipped. */
export const bitOf = (entry: Pte, bit: number): 0 | 1 =>
  (((bit < 32 ? entry.lo : entry.hi) >>> (bit & 31)) & 1) as 0 | 1
export const flipBit = (entry: Pte, bit: number): Pte =>
  bit < 32 ? pte(entry.lo ^ (1 << bit), entry.hi) : pte(entry.lo, entry.hi ^ (1 << (bit & 31)))

/** Sixteen lower-case hex digits, and back. `fromHex` takes 1–16 digits with optional 0x, or gives null. */
export const toHex = (entry: Pte): string =>
  entry.hi.toString(16).padStart(8, '0') + entry.lo.toString(16).padStart(8, '0')
/** The same digits as they are read: in four groups. `fromHex` takes those too. */
export const groupedHex = (entry: Pte): string => toHex(entry).replaceAll(/(.{4})(?=.)/g, '$1 ')
export const fromHex = (text: string): Pte | null => {
  const digits = /^(?:0x)?([0-9a-f]{1,16})$/i.exec(text.replaceAll(/[\s_'`]/g, ''))?.[1]?.padStart(16, '0')
  if (digits === undefined) return null
  return pte(Number.parseInt(digits.slice(8), 16), Number.parseInt(digits.slice(0, 8), 16))
}
