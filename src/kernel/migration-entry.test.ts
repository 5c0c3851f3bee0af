import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ACCESSED, DIRTY, has, pte, RW, SOFT_DIRTY } from '../arch/pte'
import { linuxFrame, swapEntry, swapExclusive } from './linux-pte'
import { isMigrating, migratingFrame, migrationEntry, movedEntry } from './migration-entry'
import { KERNELS, v3_14, withSoftDirty } from './variants'

const READ_ONLY = pte(0x25, 0x8000_0000)
const kernel = fc.constantFrom(...KERNELS, v3_14, ...KERNELS.map(withSoftDirty))
const frame = fc.constantFrom(0, 1, 0x12345, 2 ** 33)
const flag = fc.boolean()

test('[MI1] [MI2] a page on the move: neither PRESENT nor bit 8, its old frame; moved, it has RW if it had, A and D in 6.1', () => {
  fc.assert(
    fc.property(kernel, frame, flag, flag, flag, flag, flag, (rules, from, young, dirty, soft, writable, mayWrite) => {
      const flags = (young ? ACCESSED : 0) | (dirty ? DIRTY : 0) | (soft ? SOFT_DIRTY : 0) | (writable ? RW : 0)
      const moving = migrationEntry(rules, from, pte(0x5 | flags, 0))
      expect(moving.lo & 0x101).toBe(0)
      expect([isMigrating(rules, moving), migratingFrame(rules, moving)]).toEqual([true, from])
      expect(swapExclusive(rules, moving)).toBe(false)

      const moved = movedEntry(rules, moving, 0x777, READ_ONLY, mayWrite)
      const carries = rules.id === '6.1'
      expect(linuxFrame(rules, moved)).toBe(0x777)
      expect([has(moved, ACCESSED), has(moved, DIRTY)]).toEqual([carries && young, carries && dirty])
      expect(has(moved, SOFT_DIRTY)).toBe(rules.keepsSoftDirty && soft)
      expect(has(moved, RW)).toBe(writable && mayWrite)
      expect([moved.lo & 0x505, moved.hi >>> 31]).toEqual([0x005, 1])
    }),
    { numRuns: 300 },
  )
})

test('[SW1] an entry of a swap device is no page on the move', () => {
  for (const rules of KERNELS) {
    expect(isMigrating(rules, swapEntry(rules, 7, false, false)), rules.id).toBe(false)
    expect(isMigrating(rules, swapEntry(rules, 7, false, false, 5)), rules.id).toBe(false)
  }
})
