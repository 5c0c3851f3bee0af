import { GLOBAL, has, NX_HI, RW, USER } from '../arch/pte'
import type { FoundPagemap, FoundRange, Paste } from './paste'
import { hasXensGlobal } from './xen-mark'

/** What a word of /proc/PID/pagemap says. The places of its fields are recalled; those of bits 55, 61 and 63 were recorded too. */
export function pagemapText({ word }: FoundPagemap): string {
  const bit = (at: number): boolean => ((word.hi >>> (at - 32)) & 1) === 1
  const field = `0x${((word.hi & 0x7f_ffff) * 2 ** 32 + word.lo).toString(16)}`
  const marks = [
    bit(55) && 'soft-dirty',
    bit(56) && 'mapped once',
    bit(57) && 'userfaultfd write-protected',
    bit(61) && 'of a file or shared',
  ].filter(Boolean)
  const what = bit(63)
    ? `present, guest frame ${field}`
    : bit(62)
      ? `in swap, device ${word.lo & 0x1f}, slot 0x${Math.floor(Number(field) / 32).toString(16)}`
      : 'not present'
  const hidden = bit(63) && Number(field) === 0 ? ' A frame of 0: without CAP_SYS_ADMIN the kernel hides it.' : ''
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
