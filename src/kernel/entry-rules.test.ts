import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holds } from '../arch/predicate'
import { has, PRESENT, PROTNONE, PSE, pte, RW, same, SPECIAL, type Pte } from '../arch/pte'
import { isHuge, markedHuge, pmdHint, pmdPresent, unmarkedHuge } from './huge-pmd'
import {
  clearNumaHint,
  isDirty,
  isPresentWithoutHint,
  linuxFrame,
  makeEntry,
  makeNumaHint,
  modify,
  swapEntry,
  swapExclusive,
  swapOffset,
  swapSoftDirty,
} from './linux-pte'
import {
  flagsAfterMprotect,
  freshFlags,
  PAGE_NONE,
  pageProtection,
  rightsText,
  VM_ACCOUNT,
  VM_EXEC,
  VM_MAYWRITE,
  VM_READ,
  VM_WRITE,
} from './protection'
import {
  bisectCommit,
  KERNELS,
  v3_14,
  v3_19,
  v3_20_rc0,
  v4_0,
  v4_0_rc1,
  v6_1,
  withoutNumaBalancing,
  withSoftDirty,
} from './variants'

const half = fc.nat(0xffff_ffff)
const word = fc.tuple(half, half).map(([lo, hi]) => pte(lo, hi))
const big = ({ lo, hi }: Pte): bigint => (BigInt(hi) << 32n) | BigInt(lo)
const kernel = fc.constantFrom(...KERNELS, ...KERNELS.map(withSoftDirty), ...KERNELS.map(withoutNumaBalancing))
/** The bits of a frame number with 46 and with 52 bits of address. */
const FRAME_2015 = 0x0000_3fff_ffff_f000n
const FRAME_6_1 = 0x000f_ffff_ffff_f000n

describe('words', () => {
  test('[PT3] what pte_modify keeps, bit for bit, in each kernel', () => {
    const kept = (each: (typeof KERNELS)[number]) => big(each.kept)
    for (const each of KERNELS.filter(({ id }) => id !== '6.1')) {
      expect(kept(each), each.id).toBe(FRAME_2015 | 0x278n)
      expect(kept(withSoftDirty(each)), each.id).toBe(FRAME_2015 | 0xa78n)
    }
    expect(kept(v6_1)).toBe(0x040f_ffff_ffff_fef8n)
  })

  test('[PT3] [PT6] pte_modify takes all other bits from the protection; a frame turns over where PRESENT comes or goes', () => {
    fc.assert(
      fc.property(kernel, word, word, (rules, value, protection) => {
        const mask = big(rules.kept)
        const plain = (big(value) & mask) | (big(protection) & ~mask)
        const inverted = (entry: bigint) => rules.invertsFrames && entry !== 0n && (entry & 1n) === 0n
        const turned = inverted(big(value)) === inverted(plain) ? plain : plain ^ FRAME_6_1
        expect(big(modify(rules, value, protection))).toBe(turned)
      }),
    )
  })

  test('[PT6] a frame goes into an entry and comes out the same, with PRESENT and without', () => {
    fc.assert(
      fc.property(
        kernel,
        fc.integer({ min: 1, max: 2 ** 34 - 1 }),
        fc.constantFrom(PAGE_NONE, pte(0x25, 0x8000_0000)),
        (rules, frame, protection) => {
          const entry = makeEntry(rules, frame, protection)
          expect(linuxFrame(rules, entry)).toBe(frame)
          expect(entry.lo & 0xfff).toBe(protection.lo & 0xfff)
          const frameBits = rules.id === '6.1' ? FRAME_6_1 : FRAME_2015
          const stored = (big(entry) & frameBits) >> 12n
          const turned = rules.invertsFrames && !has(protection, PRESENT)
          expect(stored).toBe(turned ? BigInt(frame) ^ (frameBits >> 12n) : BigInt(frame))
        },
      ),
    )
  })

  test('[PT7] bit 58 counts as dirty only in a kernel that saves DIRTY there', () => {
    const saved = pte(0x25, 0x400_0000)
    expect([isDirty(saved), isDirty(saved, v6_1), isDirty(saved, { ...v6_1, savesDirty: true })]).toEqual([
      false,
      false,
      true,
    ])
    expect(isDirty(pte(0x40, 0), { ...v6_1, savesDirty: true })).toBe(true)
  })

  test('[PT8] Linux-present is PRESENT or PROTNONE; up to 8a0516ed bit 9 too, where hints are built in', () => {
    for (const each of KERNELS) {
      const withBit9 = each === v3_19 || each === bisectCommit
      for (const built of [each, withoutNumaBalancing(each)]) {
        for (let low = 0; low < 0x1000; low++) {
          const expected = (low & 0x101) !== 0 || (withBit9 && built.numaBuilt && (low & 0x200) !== 0)
          if (holds(built.present, low) !== expected) throw new Error(`${each.id} ${low.toString(16)}`)
        }
      }
    }
  })

  test('[PT9] SPECIAL counts alone from 3.20-rc0 on, and before only with PRESENT or PROTNONE', () => {
    for (const each of KERNELS) {
      const alone = each !== v3_19 && each !== bisectCommit
      for (const guard of [0, PRESENT, PROTNONE, PRESENT | PROTNONE]) {
        expect(holds(each.special, SPECIAL | guard), `${each.id} ${guard}`).toBe(alone || guard !== 0)
        expect(holds(each.special, guard | 0xcff), `${each.id} ${guard}`).toBe(false)
      }
    }
  })

  test('[PT5] present without being a hint: PRESENT or PROTNONE', () => {
    for (let low = 0; low < 0x1000; low++) {
      if (isPresentWithoutHint(pte(low, 0)) !== ((low & 0x101) !== 0)) throw new Error(low.toString(16))
    }
  })
})

describe('huge entries', () => {
  test('[PM1] PSE alone counts as present, in every kernel; no other bit does that PRESENT, PROTNONE or the hint bit is not', () => {
    for (const each of KERNELS) {
      expect(pmdPresent(each, pte(PSE, 0))).toBe(true)
      expect(isHuge(pte(PSE, 0))).toBe(true)
      expect(isHuge(pte(0xfff & ~PSE, 0))).toBe(false)
      for (let bit = 0; bit < 12; bit++) {
        const expected = bit === 7 || holds(each.present, 1 << bit)
        expect(pmdPresent(each, pte(1 << bit, 0)), `${each.id} bit ${bit}`).toBe(expected)
      }
    }
  })

  test('[HP6] [HP3] the scanner flips flags up to 8a0516ed and in 3.14, later it is PAGE_NONE; 4.0 keeps RW both ways', () => {
    const kernels = [v3_14, v3_19, bisectCommit, v3_20_rc0, v4_0_rc1, v4_0]
    const [writable, readOnly] = [pte(0x51a0_00e7, 0), pte(0x51a0_00a5, 0)]
    const own = pte(0x25, 0x8000_0000)
    const marked = (entry: Pte) => kernels.map((each) => markedHuge(each, entry).lo & 0xfff)
    expect(marked(writable)).toEqual([0x1e6, 0x2e6, 0x2e6, 0x1e0, 0x1e0, 0x1e2])
    expect(marked(readOnly)).toEqual([0x1a4, 0x2a4, 0x2a4, 0x1a0, 0x1a0, 0x1a0])
    const again = (entry: Pte) => kernels.map((each) => unmarkedHuge(each, markedHuge(each, entry), own).lo & 0xfff)
    expect(again(writable)).toEqual([0x0e7, 0x0e7, 0x0e7, 0x0e5, 0x0e5, 0x0e7])
    expect(again(readOnly)).toEqual([0x0a5, 0x0a5, 0x0a5, 0x0a5, 0x0a5, 0x0a5])
  })

  test('[PM2] a huge entry is a hint where a small one with the same flags is', () => {
    fc.assert(
      fc.property(kernel, word, (rules, entry) => void expect(pmdHint(rules, entry)).toBe(holds(rules.hint, entry.lo))),
    )
  })
})

describe('the hints of 3.19', () => {
  test('[NH1] marking clears PRESENT, sets bit 9 and keeps all else, a left-over bit 8 too: then it is no hint', () => {
    fc.assert(
      fc.property(word, (entry) => {
        expect(big(makeNumaHint(entry))).toBe((big(entry) & ~1n) | 0x200n)
      }),
    )
    expect(holds(v3_19.hint, makeNumaHint(pte(0x6234_5067, 0)).lo)).toBe(true)
    expect(holds(v3_19.hint, makeNumaHint(pte(0x6234_5167, 0)).lo)).toBe(false)
  })

  test('[NH2] undoing clears bit 9, which may have been SPECIAL, and sets PRESENT and ACCESSED', () => {
    fc.assert(
      fc.property(word, (entry) => {
        expect(big(clearNumaHint(entry))).toBe((big(entry) & ~0x200n) | 0x21n)
      }),
    )
    for (const each of [v3_19, bisectCommit]) {
      expect(same(each.unhint(pte(0x51a0_0325, 0), PAGE_NONE), pte(0x51a0_0125, 0))).toBe(true)
    }
    expect(has(v3_20_rc0.unhint(pte(0x51a0_0325, 0), pte(0x25, 0)), SPECIAL)).toBe(true)
  })
})

describe('what a mapping allows', () => {
  const NX = 0x8000_0000
  test.each([
    ['', false, 'anon', 0x120, 0],
    ['r', false, 'anon', 0x25, NX],
    ['w', false, 'anon', 0x25, NX],
    ['rw', false, 'file', 0x25, NX],
    ['x', false, 'file', 0x25, 0],
    ['rwx', false, 'anon', 0x25, 0],
    ['', true, 'shm', 0x120, 0],
    ['r', true, 'shm', 0x25, NX],
    ['w', true, 'shm', 0x27, NX],
    ['rw', true, 'anon', 0x27, NX],
    ['rwx', true, 'shm', 0x27, 0],
    ['rx', true, 'shm', 0x25, 0],
    ['rw', true, 'file', 0x25, NX],
    ['rwx', true, 'file', 0x25, 0],
  ] as const)('[PR1] rights “%s”, shared %s, of %s: 0x%x', (rights, shared, backing, lo, hi) => {
    expect(pageProtection(freshFlags(rights, shared), backing)).toEqual(pte(lo, hi))
  })

  test('[PR1] no private mapping gives RW', () => {
    for (const rights of ['', 'r', 'w', 'x', 'rw', 'rx', 'wx', 'rwx']) {
      for (const backing of ['anon', 'file', 'shm'] as const) {
        expect(has(pageProtection(freshFlags(rights, false), backing), RW)).toBe(false)
      }
    }
  })

  test('[MP1] mprotect gives what the mapping may have, and refuses a right that it may never have', () => {
    const flags = freshFlags('rw', false)
    expect(rightsText(flagsAfterMprotect(flags, 'none')!)).toBe('---')
    expect(rightsText(flagsAfterMprotect(flags, 'read')!)).toBe('r--')
    expect(rightsText(flagsAfterMprotect(flags & ~(VM_READ | VM_WRITE), 'read-write')!)).toBe('rw-')
    expect(flagsAfterMprotect(freshFlags('r', false) & ~VM_MAYWRITE, 'read-write')).toBeNull()
    expect(flagsAfterMprotect(freshFlags('r', false) & ~VM_MAYWRITE, 'read')).not.toBeNull()
    expect(flagsAfterMprotect(freshFlags('x', false), 'read')! & VM_EXEC).toBe(0)
  })

  test('[MP1] a private mapping is charged for when it may be written for the first time, and stays so', () => {
    const charged = (rights: string, shared: boolean, wanted: 'none' | 'read' | 'read-write') =>
      flagsAfterMprotect(freshFlags(rights, shared), wanted)! & VM_ACCOUNT
    expect(charged('r', false, 'read-write')).toBe(VM_ACCOUNT)
    expect(charged('r', false, 'none')).toBe(0)
    expect(charged('r', true, 'read-write')).toBe(0)
    expect(charged('rw', false, 'none')).toBe(VM_ACCOUNT)
    // One that may be written already is not charged again.
    expect(flagsAfterMprotect(VM_WRITE | 0x70, 'read-write')! & VM_ACCOUNT).toBe(0)
  })
})

describe('swap', () => {
  test('[SW1] a swap entry has neither PRESENT nor bit 8, and says its offset and its marks', () => {
    fc.assert(
      fc.property(
        kernel,
        fc.integer({ min: 1, max: 2 ** 30 }),
        fc.boolean(),
        fc.boolean(),
        (rules, offset, soft, own) => {
          const entry = swapEntry(rules, offset, soft, own)
          expect(entry.lo & 0x141).toBe(0)
          expect(swapOffset(rules, entry)).toBe(offset)
          expect(swapSoftDirty(rules, entry)).toBe(soft)
          expect(swapExclusive(rules, entry)).toBe(own && rules.swap === 'inverted')
          expect(holds(rules.present, entry.lo)).toBe(false)
        },
      ),
    )
    expect(big(swapEntry(v6_1, 0x200, true, true))).toBe(0x07ff_ffff_fffb_fe0an)
  })
})
