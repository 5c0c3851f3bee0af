import { describe, expect, test } from 'vitest'
import { pte, SPECIAL } from '../arch/pte'
import { VM_SOFTDIRTY } from './protection'
import {
  bisectCommit,
  hintOffPath,
  kernelById,
  KERNELS,
  markedHint,
  v3_14,
  v3_19,
  v3_20_rc0,
  v4_0,
  v4_0_rc1,
  v6_1,
  v6_1_undone,
  withoutNumaBalancing,
  withPaintedTest,
  withSoftDirty,
  type ScannedPage,
} from './variants'

const ALL = [...KERNELS, v3_14, v6_1_undone]

describe('which kernel', () => {
  test('each is found by its id, a painted one by p0 to p15, and nothing else is', () => {
    for (const kernel of ALL) expect(kernelById(kernel.id)).toBe(kernel)
    for (let yes = 0; yes < 16; yes++) expect(kernelById(`p${yes}`)).toEqual(withPaintedTest(yes))
    for (const id of ['p16', 'p', 'p-1', 'xp3', 'p3x', 'p03', '', '4']) expect(kernelById(id), id).toBeUndefined()
  })

  test('3.14, the bisected commit and painted ones are read from source; all others were booted', () => {
    expect([...ALL, withPaintedTest(1)].filter(({ derivedOnly }) => derivedOnly).map(({ id }) => id)).toEqual([
      '8a05',
      '3.14',
      'p1',
    ])
  })

  test('[PT2] off the fault path the undone 6.1 asks what 6.1 asks; all others ask everywhere the same', () => {
    for (const kernel of ALL)
      expect(hintOffPath(kernel), kernel.id).toBe(kernel === v6_1_undone ? v6_1.hint : kernel.hint)
  })

  test('without NUMA balancing nobody asks for a hint, and bit 9 is free: for swap offsets, and of pte_present', () => {
    for (const kernel of ALL) {
      const without = withoutNumaBalancing(kernel)
      const never = { form: 'never', name: kernel.hint.name, mask: 0 }
      expect([without.hint, hintOffPath(without), without.numaBuilt], kernel.id).toEqual([never, never, false])
      expect(without.swap, kernel.id).toBe(without.id.startsWith('6.1') ? 'inverted' : 'from bit 9')
      expect(without.present, kernel.id).toEqual(v4_0.present)
    }
    expect(withoutNumaBalancing(v6_1).present).toBe(v6_1.present)
    expect([v3_19, bisectCommit].map(({ swap }) => swap)).toEqual(['from bit 10', 'from bit 10'])
  })

  test('[PT3] with soft-dirty tracking built in, pte_modify keeps bit 11 as well', () => {
    expect(withSoftDirty(v4_0)).toEqual({ ...v4_0, keepsSoftDirty: true, kept: { lo: 0xffff_fa78, hi: 0x3fff } })
  })
})

describe('what the kernels do each in their way', () => {
  test('[MP4] DIRTY alone says that a page was written while VM_SOFTDIRTY is off; 6.1 asks just the other way', () => {
    for (const kernel of KERNELS) {
      const trusted = [0, VM_SOFTDIRTY, 0xff].map((flags) => kernel.trustsDirty(flags))
      expect(trusted, kernel.id).toEqual(kernel === v6_1 ? [false, true, false] : [true, false, true])
    }
  })

  const page: ScannedPage = {
    copyOnWrite: true,
    private: true,
    mapcount: 1,
    ofFile: false,
    dirtyOfDisk: false,
    singleThread: false,
    onThisNode: false,
  }
  test.each<[string, Partial<ScannedPage>, boolean]>([
    ['an anonymous page of one mapper', {}, false],
    ['a page that fork shares', { mapcount: 2 }, true],
    ['a page of a private file', { ofFile: true }, true],
    ['the same of a shared mapping', { ofFile: true, copyOnWrite: false, private: false }, false],
    ['… and dirty', { ofFile: true, dirtyOfDisk: true, copyOnWrite: false, private: false }, true],
    ['a single thread’s page on its own node', { singleThread: true, onThisNode: true }, true],
    ['… on another node', { singleThread: true }, false],
    ['… of two threads', { onThisNode: true }, false],
    ['… in a shared mapping', { singleThread: true, onThisNode: true, private: false, copyOnWrite: false }, false],
  ])('[SC3] %s is spared by 6.1: %o, %s', (_name, told, spared) => {
    expect(v6_1.scannerSpares({ ...page, ...told })).toBe(spared)
    for (const kernel of KERNELS) if (kernel !== v6_1) expect(kernel.scannerSpares({ ...page, ...told })).toBe(false)
  })

  test('[SC2] the scanner’s mark: bit 9 or bit 8 for PRESENT, the own protection, or PAGE_NONE; 4.0 keeps RW', () => {
    const own = pte(0x25, 0x8000_0000)
    const marked = (flags: number) =>
      [v3_19, v3_14, bisectCommit, v3_20_rc0, v4_0_rc1, v4_0].map(
        (kernel) => markedHint(kernel, pte(0x1234_5000 | flags, 0x8000_0000), own).lo & 0xfff,
      )
    expect(marked(0x067)).toEqual([0x266, 0x166, 0x065, 0x160, 0x160, 0x162])
    expect(marked(0x025)).toEqual([0x224, 0x124, 0x025, 0x120, 0x120, 0x120])
  })

  test('[NF1] and its undoing: 4.0 keeps RW, 3.20-rc0 and the fix forget it; SPECIAL stays from 3.20-rc0 on', () => {
    const own = pte(0x25, 0x8000_0000)
    const undone = (flags: number) =>
      [v3_20_rc0, v4_0_rc1, v4_0].map((kernel) => kernel.unhint(pte(0x1234_5000 | flags, 0), own).lo & 0xfff)
    expect(undone(0x142 | SPECIAL)).toEqual([0x265, 0x265, 0x267])
    expect(undone(0x120)).toEqual([0x025, 0x025, 0x025])
    expect(v3_14.unhint(pte(0x1234_5142, 0), own)).toEqual(pte(0x1234_5063, 0))
    expect(v3_19.unhint(pte(0x1234_5242, 0), own)).toEqual(pte(0x1234_5063, 0))
  })
})
