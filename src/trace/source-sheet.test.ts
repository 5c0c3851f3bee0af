import { expect, test } from 'vitest'
import { allSteps } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { hasHistory, historyOf } from '../kernel/history'
import {
  KERNELS,
  v3_19,
  v3_20_rc0,
  v4_0,
  v4_0_rc1,
  v6_1,
  v6_1_undone,
  withoutNumaBalancing,
  withPaintedTest,
} from '../kernel/variants'
import '../machine/operations'
import '../xen/pv'
import { sourceSheet } from './source-sheet'
import { commitById, commitLink, fileLink, treeText } from './upstream'

const steps = allSteps<KernelCx>()
const stepNamed = (name: string) => steps.find((step) => step.name === name)!

test('every kernel in the menu has a history of its own, and a painted one that of 3.20-rc0', () => {
  expect([...KERNELS, v6_1_undone].every(hasHistory)).toBe(true)
  expect(historyOf(withPaintedTest(3))).toBe(historyOf(v3_20_rc0))
})

test('a step says its rule, its function, and the tag of the kernel that runs', () => {
  const step = stepNamed('do_numa_page')
  expect(sourceSheet({ of: 'step', step }, v3_19)).toMatchObject({ rules: ['NF1'], where: step.where, at: 'v3.19' })
  expect(sourceSheet({ of: 'step', step }, v4_0)).toMatchObject({ at: 'v4.0', says: [] })
  // Where the links lead elsewhere than to the kernel itself, it is said; of Xen it would be beside the point.
  expect(sourceSheet({ of: 'step', step }, v3_20_rc0).says).toHaveLength(1)
  expect(sourceSheet({ of: 'step', step: stepNamed('adjust_guest_l1e') }, v3_20_rc0).says).toEqual([])
})

test('a place of the picture says the rules of all its steps, each once', () => {
  const sheet = sourceSheet(
    { of: 'place', title: 'file', steps: ['do_shared_fault', 'map the shared page', 'do_fault'].map(stepNamed) },
    v4_0,
  )
  expect(sheet).toMatchObject({ title: 'file', rules: ['FI4', 'FI1'] })
})

test('the test for a hint: the commit that made it so, and the file where it stands so', () => {
  const of = (kernel: typeof v4_0) => sourceSheet({ of: 'test' }, kernel)
  expect(of(v3_20_rc0)).toMatchObject({ says: ['`flags & PROTNONE`'], commits: ['e7bb4b6d1609', '8a0516ed8b90'] })
  // The tag that stands for 3.20-rc0 elsewhere holds the mended test.
  expect(of(v3_20_rc0).where!.at).toMatch(/^8a0516ed8b90/)
  expect(of(v4_0_rc1)).toMatchObject({ commits: ['e3a1f6cac1fe'], where: { function: 'pte_protnone' } })
  expect(of(v3_19)).toMatchObject({ title: 'pte_numa', commits: [], where: null })
  for (const kernel of [withPaintedTest(10), withoutNumaBalancing(v3_20_rc0), v6_1_undone]) {
    expect(of(kernel), kernel.id).toMatchObject({ commits: [], where: null })
  }
})

test('a kernel says its story, its commits, and whether anybody booted it', () => {
  const booted = /nobody known to us booted/
  expect(sourceSheet({ of: 'kernel' }, KERNELS[1]!).says.join(' ')).toMatch(booted)
  for (const kernel of [v3_20_rc0, v6_1, withPaintedTest(3)]) {
    const { says } = sourceSheet({ of: 'kernel' }, kernel)
    expect(says[0]).toBe(kernel.story)
    expect(says.join(' ')).not.toMatch(booted)
  }
})

test('bits say what they mean with PRESENT and without, and the name they have in the header', () => {
  expect(sourceSheet({ of: 'bit', bit: 8 }, v4_0)).toMatchObject({
    title: 'Bit 8: GLOBAL and PROTNONE',
    rules: ['PT2', 'XA1', 'HW2'],
    where: { function: '_PAGE_GLOBAL' },
  })
  expect(sourceSheet({ of: 'bit', bit: 30 }, v4_0)).toMatchObject({ where: { function: 'PTE_PFN_MASK' }, says: [] })
  expect(sourceSheet({ of: 'bit', bit: 52 }, v4_0)).toMatchObject({ title: 'Bit 52', rules: ['XA1'], where: null })
})

test('links lead to the public trees, at tags and at commits', () => {
  expect(fileLink('mm/memory.c', 'v3.19')).toMatch(/torvalds\/linux\.git\/tree\/mm\/memory\.c\?h=v3\.19$/)
  expect(fileLink('mm/memory.c', historyOf(KERNELS[1]!).at)).toMatch(/\?id=8a0516ed8b90[0-9a-f]{28}$/)
  expect(fileLink('xen/arch/x86/mm.c', 'v4.0')).toMatch(/f=xen\/arch\/x86\/mm\.c;hb=RELEASE-4\.5\.0$/)
  expect(treeText('xen/arch/x86/mm.c', 'v4.0')).toBe('Xen RELEASE-4.5.0')
  expect(treeText('mm/memory.c', historyOf(KERNELS[1]!).at)).toBe('Linux 8a0516ed8b90')
  expect(commitLink(commitById('e3a1f6cac1fe'))).toMatch(/torvalds\/linux\.git\/commit\/\?id=e3a1f6cac1fe$/)
  expect(commitLink(commitById('6f562e72cdc4'))).toMatch(/xen\.git;a=commit;h=6f562e72cdc4$/)
  expect(() => commitById('000000000000')).toThrow()
})
