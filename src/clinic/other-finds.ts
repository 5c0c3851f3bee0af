import { bitOf, GLOBAL, has, NX_HI, RW, USER } from '../arch/pte'
import type { FoundPagemap, FoundRange, Paste } from './paste'
import { hasXensGlobal } from './xen-mark'

/** Bits of a pagemap word. */
const BIT = { softDirty: 55, mappedOnce: 56, uffdWriteProtected: 57, ofFile: 61, swapped: 62, present: 63 } as const
/** Bits 32 to 54 of its frame, or of its place in swap, as bits of the high half. */
const FIELD_HI = 0x7f_ffff
/** The place in swap begins with the number of the device. */
const SWAP_TYPES = 32

/** What a word of /proc/PID/pagemap says. The places of its fields are recalled; those of bits 55, 61 and 63 were recorded too. */
export function pagemapText({ word }: FoundPagemap): string {
  const field = (word.hi & FIELD_HI) * 2 ** 32 + word.lo
  const is = (bit: number): boolean => bitOf(word, bit) === 1
  const marks = [
    is(BIT.softDirty) && 'soft-dirty',
    is(BIT.mappedOnce) && 'mapped once',
    is(BIT.uffdWriteProtected) && 'userfaultfd write-protected',
    is(BIT.ofFile) && 'of a file or shared',
  ].filter(Boolean)
  const what = is(BIT.present)
    ? `present, guest frame 0x${field.toString(16)}`
    : is(BIT.swapped)
      ? `in swap, device ${word.lo % SWAP_TYPES}, slot 0x${Math.floor(field / SWAP_TYPES).toString(16)}`
      : 'not present'
  const hidden = is(BIT.present) && field === 0 ? ' A frame of 0: without CAP_SYS_ADMIN the kernel hides it.' : ''
  return `A pagemap word, no entry: ${[what, ...marks].join(', ')}.${hidden} It is made from pte_present, so it does not tell a shut page from an open one.`
}

/** A stretch of the kernel's dumper in words. */
export function rangeText(range: FoundRange): string {
  const { flags, level } = range
  if (!flags) return 'Nothing that maps.'
  const rights = `${has(flags, USER) ? 'program' : 'kernel'}, ${has(flags, RW) ? 'read and write' : 'read only'}${flags.hi & NX_HI ? '' : ', execute'}`
  const bit8 = isXens(range) ? ', GLB: Xen PV wrote it (XA1)' : has(flags, GLOBAL) ? ', GLB' : ''
  return `${level ?? 'A stretch'}: ${rights}${bit8}.`
}

/** Stretches that a dump should not have on bare metal: a program's, with bit 8. */
export const xenRanges = ({ ranges }: Paste): readonly FoundRange[] => ranges.filter(isXens)

const isXens = ({ flags, level, start }: FoundRange): boolean =>
  flags !== null && hasXensGlobal(flags, { level: level ?? 'PTE', address: start })
