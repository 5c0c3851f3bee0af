import { expect, test } from 'vitest'
import { ACCESSED, DIRTY, PRESENT, PROTNONE, PSE, RW, SOFT_DIRTY, SPECIAL, USER } from '../arch/pte'
import { allSteps } from '../arch/step'
import { bareMetal } from '../kernel/bare-metal'
import type { KernelCx } from '../kernel/context'
import { v4_0, v6_1 } from '../kernel/variants'
import { Machine } from './machine'
import { scenarioById } from './scenario'
import './operations'
import '../kernel/bare-metal'
import '../xen/pv'

/** What stands in no function of theirs: ends of operations, and what nobody has to be asked for on the bare machine. */
const NOWHERE = ['idle', 'back in user mode', 'activate_mm', 'reclaimed']

test('each step of Linux and Xen says in which file and function it stands upstream', () => {
  const steps = allSteps<KernelCx>().filter(
    ({ lane, rule, name }) => lane !== 'hand' && !rule?.startsWith('HW') && !NOWHERE.includes(name),
  )
  expect(steps.length).toBeGreaterThan(60)
  for (const { name, where } of steps) {
    expect(where?.file, name).toMatch(/^(?:[\w-]+\/)+[\w-]+\.[ch]$/)
    expect(where?.function, name).toMatch(/^\w+$/)
  }
})

test('steps that touch only what is their own: those that docs/decisions/007 names, and no other', () => {
  const local = allSteps<KernelCx>().filter((step) => step.local)
  expect(local.map(({ name }) => name).toSorted()).toEqual([
    'adjust_guest_l1e',
    'do_page_fault',
    'pte_present?',
    'the grant is unmapped',
    'write, not RW?',
  ])
})

/** What is asked to know that an entry is present to Linux, and which page it names. */
const PAGE = PRESENT | PROTNONE | SPECIAL
const HINT = PRESENT | PROTNONE

test('the low bits that each step asks, on 4.0; on 6.1 with huge pages PSE tells which page it is, and SOFT_DIRTY is used too', () => {
  const machines = [v4_0, v6_1].map((kernel) => {
    const from = scenarioById(kernel === v6_1 ? 'huge' : 'touch')!
    return new Machine(from.image(kernel, 'bare'), kernel, bareMetal)
  })
  const asked = allSteps<KernelCx>().flatMap(({ name, asks }) =>
    asks ? [[name, machines.map((machine) => asks(machine))]] : [],
  )
  const used = [ACCESSED | DIRTY, ACCESSED | DIRTY | SOFT_DIRTY]
  expect(Object.fromEntries(asked)).toEqual({
    'page walk': [PRESENT | RW | USER, PRESENT | RW | USER],
    'pte_present?': [HINT, HINT],
    'hint?': [HINT, HINT],
    'huge hint?': [HINT, HINT],
    'write, not RW?': [RW, RW],
    'write, huge page not RW?': [RW, RW],
    ptep_set_access_flags: used,
    huge_pmd_set_accessed: used,
    'reuse the page': used.map((bits) => bits | RW),
    do_wp_page: [PRESENT | SPECIAL, PRESENT | SPECIAL | PSE],
    'count the hint': [PRESENT | SPECIAL, PRESENT | SPECIAL | PSE],
    migrate_misplaced_page: [PRESENT | SPECIAL, PRESENT | SPECIAL | PSE],
    'follow_page_pte?': [HINT | RW, PAGE | RW | PSE],
    copy_one_pte: [PAGE, PAGE | PSE | RW],
    'change_pte_range, hint': [PAGE, PAGE | PSE],
    change_pte_range: [HINT, HINT],
    'reclaim: try_to_unmap': [PAGE, PAGE | PSE],
    clear_refs_pte_range: [PAGE | ACCESSED, PAGE | PSE | ACCESSED],
    madvise_free_pte_range: [PAGE | ACCESSED | DIRTY, PAGE | PSE | ACCESSED | DIRTY],
    madvise_cold_or_pageout_pte_range: [PAGE | ACCESSED, PAGE | PSE | ACCESSED],
    page_mkclean_one: [PAGE | DIRTY | RW, PAGE | PSE | DIRTY | RW],
    adjust_guest_l1e: [PRESENT, PRESENT],
    mmu_update: [PRESENT, PRESENT],
    'mmu_update, keep A and D': [PRESENT, PRESENT],
    'trap and emulate': [PRESENT, PRESENT],
  })
})
