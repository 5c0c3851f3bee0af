import { describe, expect, test } from 'vitest'
import { toHex } from '../arch/pte'
import type { Paste } from './paste'
import recordings from '../decode/recordings.txt?raw'
import { pasteInPieces, readPaste } from './read-paste'

const found = ({ entries }: Paste) =>
  entries.map(({ level, word }) => `${level} ${toHex(word).replace(/^0+(?=.)/, '')}`)
const about = ({ messages }: Paste) => messages.map((message) => message.about)

describe('a long text', () => {
  test.each([
    ['a log', `${'a line of a log\n'.repeat(20_000)}PTE: 1 => 165`],
    ['a recording', recordings],
  ])('%s is read in pieces, and comes to the same', (_, text) => {
    const pieces = pasteInPieces(text)
    let rests = 0
    let step = pieces.next()
    for (; !step.done; step = pieces.next()) rests++
    expect(rests).toBeGreaterThan(1)
    expect(step.value).toEqual(readPaste(text))
  })

  test('a short one is read in one go', () => {
    expect(pasteInPieces('pte = 165').next().done).toBe(true)
  })
})

describe('hexadecimal words', () => {
  test.each([
    '8000000062345165',
    '0x8000000062345165',
    '0X8000000062345165',
    '$0x8000000062345165',
    '8000000062345165h',
    '0x8000000062345165UL',
    '0x8000000062345165ull',
    '0x8000_0000_6234_5165_u64',
    '8000_0000_6234_5165',
    "0x8000'0000'6234'5165",
    '80000000`62345165',
    '8000 0000 6234 5165',
    '[0x8000000062345165, ]',
    '"8000000062345165";',
    'pte = 0x8000000062345165',
    'pte: 8000000062345165',
    '*pte=8000000062345165',
    'the pte is 0x8000000062345165 here',
    '{"pte_raw":"0x8000000062345165"}',
    '$1 = {pte = 9223372038502371685}',
    '  .pte = (pteval_t)9223372038502371685,',
    'raw 0x8000000062345165',
  ])('%s', (text) => {
    const paste = readPaste(text)
    expect(found(paste)).toEqual(['PTE 8000000062345165'])
    expect(about(paste)).toEqual([])
  })

  test('each is marked where it stands', () => {
    const text = 'a line\n  0x165, 0x160\n'
    const { entries, marks } = readPaste(text)
    expect(entries.map(({ from, to }) => text.slice(from, to))).toEqual(['0x165', '0x160'])
    expect(marks.map(({ what, index }) => [what, index])).toEqual([
      ['entry', 0],
      ['entry', 1],
    ])
  })

  test('prose, registers, stacks and code are no words', () => {
    for (const text of [
      'add a bad face',
      'RAX: 00007f5eb0b28000 RBX: 000000000000000c',
      'Code: 20 c0 48 89 c1 e8 dd 1a ec c0 e9 3f',
      'Stack:\n ffff88003b8b6f00 ffff88003b8b6f08',
      '(XEN)    ffffffff81c01219 0000000000000000 0000000000000001',
      '[   64.7] ffffffff81c01219 0000000000000000',
    ])
      expect(readPaste(text).entries, text).toEqual([])
  })
})

describe('what programs print', () => {
  test('Linux, of a fault before 5.1', () => {
    const paste = readPaste(`BUG: unable to handle kernel paging request at ffffc90000c3d000
IP: [<ffffffff8120f1f3>] some_function+0x13/0x20
PGD 3b82f067 PUD 3b830067 PMD 3b831067 PTE 8000000012345161
Oops: 0003 [#1] SMP
CPU: 0 PID: 1 Comm: init Not tainted 3.19.0-generic #1
CR2: ffffc90000c3d000`)
    expect(found(paste)).toEqual(['PGD 3b82f067', 'PUD 3b830067', 'PMD 3b831067', 'PTE 8000000012345161'])
    expect(paste.faults).toMatchObject([{ address: 'ffffc90000c3d000', code: 3, user: false }])
    expect(paste.release?.value).toBe('3.19.0')
    expect(paste.entries.every(({ asVal, address }) => asVal && address === 0xffff_c900_00c3_d000)).toBe(true)
  })

  test('Linux, of a bad page map, with address and mapping on the next line', () => {
    const paste = readPaste(`BUG: Bad page map in process sshd  pte:8000000062345165 pmd:7a1c5067
addr:0000000001c3c000 vm_flags:08100073 anon_vma:ffff88003b8b6f00 mapping:          (null) index:1c3c`)
    expect(found(paste)).toEqual(['PTE 8000000062345165', 'PMD 7a1c5067'])
    expect(paste.entries[0]).toMatchObject({
      address: 0x1c3c000,
      vma: { rights: 'rw', shared: false },
      kind: 'bad page map',
    })
  })

  test('Linux, of a program that was killed', () => {
    const { faults } = readPaste(
      'ptprobe[149]: segfault at 7f411c2c7000 ip 000000000040449e sp 00007ffd7f3c38c0 error 7 in ptprobe[401000+a4000]',
    )
    expect(faults).toMatchObject([{ address: '00007f411c2c7000', code: 7, user: true }])
  })

  test('crash: vtop with its mapping, and pte', () => {
    const paste = readPaste(`crash> vtop 7f5e2c35e000
VIRTUAL     PHYSICAL
7f5e2c35e000  (not mapped)

   PGD: 3a8d47f0 => 800000003a0a5067
   PUD: 3a0a5bc0 => 3a0a6067
   PMD: 3a0a6b08 => 7a1c5067
   PTE: 7a1c5af0 => 12345160

  PTE     PHYSICAL  FLAGS
12345160  12345000  (ACCESSED|DIRTY|PROTNONE)

      VMA           START       END     FLAGS FILE
ffff88003b8b6f00 7f5e2c35e000 7f5e2c37f000 8100073
crash> pte 8000000012345067`)
    expect(found(paste)).toEqual([
      'PGD 800000003a0a5067',
      'PUD 3a0a6067',
      'PMD 7a1c5067',
      'PTE 12345160',
      'PTE 8000000012345067',
    ])
    expect(paste.entries[3]).toMatchObject({ address: 0x7f5e2c35e000, vma: { rights: 'rw' }, asVal: false })
    expect(paste.entries[4]).toMatchObject({ address: null, vma: null })
    expect(paste.marks.filter(({ what }) => what === 'repeat')).toHaveLength(1)
  })

  test('debuggers, of memory', () => {
    expect(found(readPaste('0xffff88807a1c5af0:\t0x8000000012345067\t0x165'))).toEqual([
      'PTE 8000000012345067',
      'PTE 165',
    ])
    expect(found(readPaste('ffff88003a0a5bc0:  8000000012345067 0000000000000000   gP4.....'))).toEqual([
      'PTE 8000000012345067',
      'PTE 0',
    ])
  })

  test('the kernel’s own dumper: a page of a program with GLB', () => {
    const { ranges } = readPaste(`---[ User Space ]---
0x0000000000000000-0x0000000000400000           4M                               pmd
0x0000000000400000-0x0000000000401000           4K USR ro             GLB NX pte`)
    expect(ranges).toMatchObject([
      { flags: null },
      { start: 0x400000, end: 0x401000, level: 'PTE', flags: { lo: 0x105, hi: 0x8000_0000 } },
    ])
  })

  test('gdb-pt-dump and QEMU’s info tlb', () => {
    expect(readPaste('  0x555555554000 :     0x2000 | W:1 X:0 S:0 UC:0 WB:1').ranges).toMatchObject([
      { start: 0x555555554000, end: 0x555555556000, flags: { lo: 0x7, hi: 0x8000_0000 } },
    ])
    expect(found(readPaste('0000000000400000: 0000000041112000 X--DA--UW'))).toEqual(['PTE 8000000041112067'])
  })

  test('pagemap words are no entries', () => {
    const paste = readPaste('label,va,pagemap,pm_present\nanon,0x7f1f11dda000,0x808000000007feec,1')
    expect(paste.entries).toEqual([])
    expect(paste.pagemap).toMatchObject([{ address: 0x7f1f11dda000 }])
  })

  test('lists with columns: level, address, mapping, and the machine by its frames', () => {
    const paste = readPaste(`level,va,raw,val,pfn,vma_flags
PTE,0x400000,0x8000000074411125,0x8000000004411125,0x4411,0x8000071`)
    expect(paste.entries).toMatchObject([{ level: 'PTE', address: 0x400000, pfn: 0x4411, vma: { rights: 'r' } }])
    expect(paste.machine?.value).toBe('xen')
  })

  test('a recording of this project', () => {
    const paste = readPaste(`one-bit-two-names capture 2
platform xen
map 400000 402000 8000071 8000000000000025 /x
PTE 400000 8000000074411125 4411 x2+1
end 2
`)
    expect(found(paste)).toEqual(['PTE 8000000074411125', 'PTE 8000000074412125'])
    expect(paste.machine?.value).toBe('xen')
  })
})

describe('bad input says what it was taken for, and what to paste instead', () => {
  test.each([
    ['', 'empty'],
    ['  \n\t', 'empty'],
    ['\0\x01ELF', 'binary'],
    ['what a nice day', 'nothing'],
    ['pte: 80000000z2345165', 'truncated'],
    ['pte: 80000000...', 'truncated'],
    ['0x800000000000000062345165', 'truncated'],
    [
      '[0000000000000000] pgd=0000000041234003, p4d=0000000041234003\nMem abort info:\n  ESR = 0x0000000096000004',
      'foreign',
    ],
    ['*pdpt = 0000000001c23001 *pde = 0000000000000000', 'foreign'],
    ['0060000041234f43 0060000041235f43 0060000041236f43', 'foreign'],
    ['one-bit-two-names capture 1\nPTE 0 0', 'refused'],
  ])('%j', (text, expected) => {
    const { messages } = readPaste(text)
    expect(messages.map((message) => message.about)).toContain(expected)
    expect(messages[0]!.text.length).toBeGreaterThan(20)
  })

  test('megabytes of log are read to a limit, and that is said', () => {
    const line = '[   64.785529] Call Trace: nothing to see here at all\n'
    const paste = readPaste(`PTE: 1 => 165\n${line.repeat(90_000)}`)
    expect(found(paste)).toEqual(['PTE 165'])
    expect(about(paste)).toEqual(['passed over', 'long'])
  })
})
