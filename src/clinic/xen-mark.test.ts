import { expect, test } from 'vitest'
import { fromHex } from '../arch/pte'
import { machineInWord } from './diagnosis'
import { summarise, type Listed } from './list'
import { rangeText, xenRanges } from './other-finds'
import { readPaste } from './read-paste'

/** The vsyscall page's entry as a bare-metal kernel writes it: present, USER, accessed, dirty, GLOBAL. */
const VSYSCALL = '0000000001e05165'
const at = (address: number | null, word = VSYSCALL): Listed => ({
  word: fromHex(word)!,
  level: 'PTE',
  asVal: false,
  address,
  vma: null,
})
const machineOf = (listed: Listed) => machineInWord({ ...listed, machine: null }).value

test('bit 8 in a present user entry is Xen’s mark in the programs’ half alone [XA1]', () => {
  expect(machineOf(at(null))).toBe('xen')
  expect(machineOf(at(0x7f5e_c000_0000))).toBe('xen')
  expect(machineOf(at(0xffff_ffff_ff60_0000))).toBeNull()
  // Bit 52 says it everywhere.
  expect(machineOf(at(0xffff_8880_0000_0000, '0010000001e05067'))).toBe('xen')
})

test('the vsyscall page is nothing odd in a list, on no machine', () => {
  const list = [at(0xffff_ffff_ff60_0000)]
  for (const machine of [null, 'bare', 'xen'] as const)
    expect(summarise(list, { machine, reader: null }).oddities, String(machine)).toEqual([])
})

test('a bare-metal dump with the vsyscall page is not taken for Xen’s', () => {
  const paste = readPaste(
    [
      '0x0000555555554000-0x0000555555555000           4K USR ro                     x  pte',
      '0xffffffffff600000-0xffffffffff601000           4K USR ro                 GLB NX pte',
    ].join('\n'),
  )
  expect(paste.ranges).toHaveLength(2)
  expect(xenRanges(paste)).toEqual([])
  expect(rangeText(paste.ranges[1]!)).toBe('PTE: program, read only, GLB.')
  const ofXen = readPaste('0x0000555555554000-0x0000555555555000   4K USR ro  GLB x  pte')
  expect(rangeText(ofXen.ranges[0]!)).toContain('Xen PV wrote it')
})
