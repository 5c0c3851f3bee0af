import { afterEach, describe, expect, test } from 'vitest'
import { allSteps, type Step } from '../arch/step'
import { EMPTY, pte, RW } from '../arch/pte'
import type { KernelCx } from '../kernel/context'
import { v4_0, v4_0_rc1, v6_1, type Kernel } from '../kernel/variants'
import { Check } from './check'
import { modelById } from './models'
import { PROPERTIES, type Failure, type PropertyId } from './properties'
import { Search } from './search'
import { startOf } from './start'
import type { MachineId } from '../machine/platforms'

type Kstep = Step<KernelCx>
type Run = Kstep['run']

const undo: (() => void)[] = []
afterEach(() => undo.splice(0).forEach((each) => each()))

const stepNamed = (name: string): Kstep => allSteps<KernelCx>().find((each) => each.name === name)!

/** Let one step of the machine do something else, until the test is over. */
function seed(name: string, change: (run: Run) => Run): void {
  const step = stepNamed(name) as { run: Run }
  const { run } = step
  step.run = change((cx, actor) => run.call(step, cx, actor))
  undo.push(() => (step.run = run))
}

/** The step does all but flush the TLBs. */
const withoutFlush = (run: Run): Run =>
  keeping(
    ({ cpus, pages }) => cpus.flatMap(({ tlb }) => pages.flatMap((_, page) => [tlb + 2 * page, tlb + 2 * page + 1])),
    run,
  )

/** The step finds these cells as they are, and leaves them so. */
function keeping(cells: (cx: KernelCx, actor: number) => readonly number[], run: Run): Run {
  return (cx, actor) => {
    const kept = cells(cx, actor).map((cell) => [cell, cx.world.words[cell]!] as const)
    const next = run(cx, actor)
    for (const [cell, word] of kept) if (cx.world.words[cell] !== word) cx.world.put(cell as never, word)
    return next
  }
}

/** The step goes on as if the entry were still what the fault read: no look at it under the lock. */
const withoutSecondLook =
  (read: (cx: KernelCx, actor: number) => readonly [number, number]) =>
  (run: Run): Run =>
  (cx, actor) => {
    const { process, page } = cx.cpus[actor]!
    const slot = cx.processes[cx.world.get(process)]!.slots[cx.world.get(page)]!
    const { words } = cx.world
    const now = [words[slot]!, words[slot + 1]!] as const
    words.set(read(cx, actor), slot)
    const next = run(cx, actor)
    words.set(now, slot)
    return next
  }
const asRead = (cx: KernelCx, actor: number) => {
  const { lo, hi } = cx.world.pte(cx.cpus[actor]!.entry)
  return [lo, hi] as const
}

/** What the step is about to store is changed first. */
const storing =
  (change: (lo: number) => number) =>
  (run: Run): Run =>
  (cx, actor) => {
    const { next: slot } = cx.cpus[actor]!
    const next = run(cx, actor)
    const { setPte, commit, plainStore } = cx.platform
    if (next === setPte || next === commit || next === plainStore) {
      const { lo, hi } = cx.world.pte(slot)
      cx.world.putPte(slot, pte(change(lo), hi))
    }
    return next
  }

/** How the property fails first, and after how many moves; null if it holds. */
function failureOf(property: PropertyId, modelId: string, kernel: Kernel, on: MachineId): Failure | null {
  const model = modelById(modelId)
  const check = new Check([property])
  const { machine } = startOf(model.scenario, kernel, on)
  const search = new Search(machine, model, check, { states: 100_000, bytes: Infinity })
  const end = search.advance(Infinity)
  expect(['settled', 'done']).toContain(end)
  return check.findings.get(property)?.failure ?? null
}

interface Seeded {
  readonly fault: string
  readonly step: string
  readonly change: (run: Run) => Run
  /** Where it shows, and which property tells. */
  readonly model: string
  readonly found: readonly [PropertyId, Failure]
}

const SEEDED: readonly Seeded[] = [
  {
    fault: 'fork flushes no TLB',
    step: 'flush_tlb_mm',
    change: withoutFlush,
    model: 'page',
    found: ['isolation', 'seen elsewhere'],
  },
  {
    fault: 'mprotect flushes no TLB',
    step: 'flush_tlb_range',
    change: withoutFlush,
    model: 'rights',
    found: ['guard', 'no signal'],
  },
  {
    fault: 'the scanner flushes no TLB',
    step: 'flush_tlb_range, hint',
    change: withoutFlush,
    model: 'page',
    found: ['hints', 'not in force'],
  },
  {
    fault: 'reclaim flushes no TLB',
    step: 'reclaimed',
    change: withoutFlush,
    model: 'swap',
    found: ['frame', 'stale TLB'],
  },
  {
    fault: 'copy-on-write flushes no TLB',
    step: 'map the copy',
    change: withoutFlush,
    model: 'race',
    found: ['frame', 'stale TLB'],
  },
  {
    fault: '#PF leaves the TLB as it is',
    step: '#PF',
    change: withoutFlush,
    model: 'page',
    found: ['progress', 'endless'],
  },
  {
    fault: "fork leaves RW in the parent's entry",
    step: 'copy_one_pte',
    change: (run) => (cx, actor) => {
      const next = run(cx, actor)
      return next === cx.platform.plainStore ? stepNamed('copy_one_pte') : next
    },
    model: 'page',
    found: ['isolation', 'seen elsewhere'],
  },
  {
    fault: 'an exit forgets to count its pages down',
    step: 'exit_mmap',
    change: (run) => (cx, actor) => {
      for (const slot of cx.processes[1]!.slots) cx.world.putPte(slot, EMPTY)
      return run(cx, actor)
    },
    model: 'page',
    found: ['frame', 'wrong count'],
  },
  {
    fault: 'do_wp_page gives no RW back',
    step: 'reuse the page',
    change: storing((lo) => lo & ~RW),
    model: 'page',
    found: ['progress', 'endless'],
  },
  {
    fault: 'do_numa_page gives RW to everybody',
    step: 'do_numa_page',
    change: storing((lo) => lo | RW),
    model: 'page',
    found: ['isolation', 'seen elsewhere'],
  },
  {
    fault: 'do_numa_page leaves the hint where it is',
    step: 'do_numa_page',
    change: storing((lo) => (lo & ~1) | 0x100),
    model: 'page',
    found: ['progress', 'endless'],
  },
  {
    fault: 'the scanner names the next frame',
    step: 'change_pte_range, hint',
    change: storing((lo) => lo ^ 0x1000),
    model: 'page',
    found: ['frame', 'no such frame'],
  },
  {
    fault: 'nobody asks the mapping',
    step: 'access_error?',
    change: () => () => stepNamed('handle_pte_fault'),
    model: 'rights',
    found: ['guard', 'no signal'],
  },
  {
    fault: 'the fault path takes the lock and does not look again',
    step: 'lock, pte_same?',
    change: withoutSecondLook(asRead),
    model: 'race',
    found: ['hints', 'hint lost'],
  },
  {
    fault: 'do_numa_page takes the lock and does not look again',
    step: 'do_numa_page',
    change: withoutSecondLook(asRead),
    model: 'race',
    found: ['hints', 'hint invented'],
  },
  {
    fault: 'do_swap_page takes the lock and does not look again',
    step: 'do_swap_page',
    change: withoutSecondLook(asRead),
    model: 'race',
    found: ['frame', 'wrong count'],
  },
  {
    fault: 'do_anonymous_page takes the lock and does not look again',
    step: 'do_anonymous_page',
    change: withoutSecondLook(() => [0, 0]),
    model: 'race',
    found: ['frame', 'wrong count'],
  },
]

describe('a fault put into the rules is found', () => {
  for (const on of ['bare', 'xen'] as const) {
    test.each(SEEDED)(`${on}: $fault`, ({ step, change, model, found: [property, failure] }) => {
      seed(step, change)
      expect(failureOf(property, model, v4_0_rc1, on)).toBe(failure)
    })
  }

  test('on bare metal entries may stay as they are; under Xen a mark that is not translated names a wrong frame', () => {
    const untranslated: Kernel = { ...v4_0, markingTranslates: false }
    expect(failureOf('frame', 'page', untranslated, 'xen')).toBe('no such frame')
    expect(failureOf('frame', 'page', untranslated, 'bare')).toBeNull()
  })

  test('a test that never says yes', () => {
    const never: Kernel = { ...v6_1, hint: { form: 'never', name: 'pte_protnone', mask: 0 } }
    expect(failureOf('complete', 'page', never, 'bare')).toBe('no to marked')
  })
})

test('RW lost over a hint is no fault but a price: 4.0 takes one more and no property fails', () => {
  seed(
    'do_numa_page',
    storing((lo) => lo & ~RW),
  )
  for (const { id } of PROPERTIES) expect(failureOf(id, 'page', v4_0, 'xen'), id).toBeNull()
})
