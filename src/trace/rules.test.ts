import { describe, expect, test } from 'vitest'
import { ACCESSED, DIRTY, has, PRESENT, pte, RW, SOFT_DIRTY, toHex, type Pte } from '../arch/pte'
import type { ProcessImage } from '../machine/image'
import { CPU, leafOf, Machine } from '../machine/machine'
import { begin } from '../machine/operations'
import { scenarioById, type Scenario } from '../machine/scenario'
import { PAGE, smallProcess } from '../machine/scenarios/small-process'
import { decodeRun } from './codec'
import { kernelOf, replay, type NumaBalancing } from './replay'
import { sceneAt } from './scene'
import { xenPv } from '../xen/pv'
import { bareMetal } from '../kernel/bare-metal'
import { freshFlags } from '../kernel/protection'
import { bisectCommit, KERNELS, kernelById, v3_19, v3_20_rc0, v4_0, v4_0_rc1, type Kernel } from '../kernel/variants'

const PLATFORMS = { bare: bareMetal, xen: xenPv } as const
type On = keyof typeof PLATFORMS
const KERNELS_OF_2015: readonly Kernel[] = [v3_19, bisectCommit, v3_20_rc0, v4_0_rc1, v4_0]

type Page = ProcessImage['pages'][number]

/** The small process with some pages and mappings changed. */
function changed(
  pages: Readonly<Record<number, Partial<Page>>>,
  written: readonly number[] = [],
  tmpfs: readonly number[] = [],
): Scenario {
  const image = (): ProcessImage => {
    const plain = smallProcess()
    return {
      ...plain,
      pages: plain.pages.map((page, index) => ({ ...page, ...pages[index] })),
      mappings: plain.mappings.map((each, index) => (tmpfs.includes(index) ? { ...each, backing: 'shm' } : each)),
      written: plain.written.map((_, mapping) => written.includes(mapping)),
    }
  }
  return { ...scenarioById('touch')!, id: 'changed', image, before: [], opening: [] }
}

const small: Scenario = { ...scenarioById('touch')!, opening: [] }

function play(from: Scenario, kernel: Kernel, on: On, run: string, numa: NumaBalancing = 'on') {
  const { choices, problem } = decodeRun(run, from.image(kernel, on).pages.length)
  if (problem) throw new Error(problem)
  return replay(from, { kernel, platform: PLATFORMS[on], numa }, choices)
}

/** How each access of a run ends: faults taken, or loop, bug, segv; in the order of the run. */
function endings(from: Scenario, kernel: Kernel, on: On, run: string, numa: NumaBalancing = 'on'): string {
  const playback = play(from, kernel, on, run, numa)
  const { tape } = playback
  const ends = tape.choices.map((choice, index) => {
    if (choice.do !== 'access') return null
    const last = tape.ticks.findLastIndex((tick) => tick.choice === index)
    if (last < 0) return 'dead'
    const { name, faults } = sceneAt(playback, last + 1).outcome
    if (name === 'completed') return String(faults)
    return name === 'endless' ? 'loop' : faults === 1 ? name : `${name}(${faults})`
  })
  return ends.filter((each) => each !== null).join(' ')
}

/** The entry of a page at the end of a run. */
const entryAtEnd = (from: Scenario, kernel: Kernel, on: On, run: string, page: number, process = 0): Pte => {
  const { machine, tape } = play(from, kernel, on, run)
  for (const { writes } of tape.ticks) for (const { cell, after } of writes) machine.world.words[cell] = after
  return leafOf(machine, process, page)
}

/** The low flags of an entry, but for SOFT_DIRTY, which goes with DIRTY where a kernel is built with it. */
const flagsOf = (entry: Pte): number => entry.lo & 0xfff & ~SOFT_DIRTY

/** One recipe of the grid: the endings on bare metal and under Xen, for 3.19, 8a0516ed, 3.20-rc0, 4.0-rc1 and 4.0. */
interface Recipe {
  readonly name: string
  readonly run: string
  readonly from?: Scenario
  /** One ending for all five kernels, or five. */
  readonly bare: string | readonly string[]
  readonly xen: string | readonly string[]
}

const heap = PAGE.shared
const file = PAGE.libcData
const onDisk = changed({ [file]: { flags: freshFlags('rw', true) } })
const onTmpfs = changed({ [file]: { flags: freshFlags('rw', true) } }, [], [6])
const execOnly = changed({ [heap]: { flags: freshFlags('x', false) } })
const noMapping = changed({ [PAGE.stack]: { mapping: -1 } })

const RECIPES: readonly Recipe[] = [
  {
    name: 'R1 read an untouched page, then write',
    run: 'r4.w4',
    bare: '1 1',
    xen: ['1 1', '1 bug', '1 loop', '1 1', '1 1'],
  },
  { name: 'R2 write first, read, write', run: 'w4.r4.w4', bare: '1 0 0', xen: '1 0 0' },
  {
    name: 'R3 write, fork, the parent writes, then the child',
    run: 'w4.f.w4.cw4',
    bare: '1 1 1',
    xen: ['1 1 1', '1 loop loop', '1 loop loop', '1 1 1', '1 1 1'],
  },
  {
    name: 'R3 write, fork, the child writes, then the parent',
    run: 'w4.f.cw4.w4',
    bare: '1 1 1',
    xen: ['1 1 1', '1 loop loop', '1 loop loop', '1 1 1', '1 1 1'],
  },
  { name: 'R4 a guard page', run: 'w4.m4n.r4.w4', bare: '1 sigsegv sigsegv', xen: '1 sigsegv sigsegv' },
  {
    name: 'R5 mprotect none and back, read, write',
    run: 'w4.m4n.m4w.r4.w4',
    bare: '1 0 1',
    xen: ['1 0 1', '1 0 loop', '1 0 loop', '1 0 1', '1 0 1'],
  },
  {
    name: 'R6 private file: read, then write',
    run: 'r9.w9',
    bare: '1 1',
    xen: ['1 1', '1 loop', '1 loop', '1 1', '1 1'],
  },
  { name: 'R7 private file: write first', run: 'w9.w9', bare: '1 0', xen: '1 0' },
  { name: 'R8 mprotect read, write', run: 'w4.m4r.w4', bare: '1 sigsegv', xen: '1 sigsegv' },
  {
    name: 'R8b … then mprotect back, write',
    run: 'w4.m4r.w4.m4w.w4',
    bare: '1 sigsegv 1',
    xen: ['1 sigsegv 1', '1 sigsegv loop', '1 sigsegv loop', '1 sigsegv 1', '1 sigsegv 1'],
  },
  { name: 'R9 jump into a page that may not be executed', run: 'x4', bare: 'sigsegv(2)', xen: 'sigsegv(2)' },
  { name: 'R9b a mapping that is executable only: read', run: 'r4', from: execOnly, bare: '1', xen: '1' },
  {
    name: 'R10 write, scan, read, write',
    run: 'w4.s4.r4.w4',
    bare: ['1 1 0', '1 0 1', '1 1 1', '1 1 1', '1 1 0'],
    xen: ['1 loop loop', '1 0 loop', '1 0 0', '1 1 1', '1 1 0'],
  },
  {
    name: 'R11 write, scan, write',
    run: 'w4.s4.w4',
    bare: ['1 1', '1 1', '1 2', '1 2', '1 1'],
    xen: ['1 loop', '1 loop', '1 0', '1 2', '1 1'],
  },
  { name: 'R12 tmpfs, shared: read, write', run: 'r9.w9', from: onTmpfs, bare: '1 0', xen: '1 0' },
  {
    name: 'R13 disk file, shared: read, write',
    run: 'r9.w9',
    from: onDisk,
    bare: '1 1',
    xen: ['1 1', '1 loop', '1 loop', '1 1', '1 1'],
  },
  {
    name: 'R16 zero page, scan, write',
    run: 'r4.s4.w4',
    bare: '1 1',
    xen: ['1 1', '1 bug', '1 loop', '1 1', '1 1'],
  },
  {
    name: 'R16b write, scan, mprotect none, read, back, write',
    run: 'w4.s4.m4n.r4.m4w.w4',
    bare: '1 sigsegv 1',
    xen: ['1 sigsegv 1', '1 sigsegv loop', '1 sigsegv loop', '1 sigsegv 1', '1 sigsegv 1'],
  },
  {
    name: 'R19 an address that nothing maps',
    run: 'r10.w10',
    from: noMapping,
    bare: 'sigsegv sigsegv',
    xen: 'sigsegv sigsegv',
  },
]

describe('the grid of recipes', () => {
  const rows = RECIPES.flatMap(({ name, run, from = small, ...grid }) =>
    (['bare', 'xen'] as const).flatMap((on) =>
      KERNELS_OF_2015.map((kernel, column) => {
        const cell = grid[on]
        return { name, run, from, on, kernel, id: kernel.id, expected: typeof cell === 'string' ? cell : cell[column]! }
      }),
    ),
  )

  test.each(rows)('$name · $id $on: $expected', ({ run, from, kernel, on, expected }) => {
    expect(endings(from, kernel, on, run)).toBe(expected)
  })

  test.each(RECIPES.filter(({ run }) => !run.includes('s')))(
    '$name: switched off at run time changes nothing; where it is not built in, Xen is as bare metal and nobody loops',
    ({ run, from = small }) => {
      for (const kernel of KERNELS_OF_2015) {
        expect(endings(from, kernel, 'xen', run, 'off'), kernel.id).toBe(endings(from, kernel, 'xen', run))
        const without = endings(from, kernel, 'xen', run, 'none')
        expect(without, kernel.id).toBe(endings(from, kernel, 'bare', run))
        expect(without, kernel.id).not.toMatch(/loop|bug/)
      }
    },
  )

  test('R14 a second thread writes first: the read lands, and 3.20-rc0 under Xen has lost RW', () => {
    const run = 'r4.h6.tw4.w4'
    const got = (on: On) => KERNELS_OF_2015.map((kernel) => endings(small, kernel, on, run))
    expect(got('bare')).toEqual(Array.from({ length: 5 }, () => '1 1 0'))
    expect(got('xen')).toEqual(['1 1 0', '1 1 0', '1 1 loop', '1 1 0', '1 1 0'])
  })

  test('R17, R18 the stack grows close to its pointer; far below it not at all', () => {
    const stack: Scenario = { ...scenarioById('stack')!, opening: [] }
    const [near, far] = ['just below', 'far below'].map((wanted) =>
      stack.image(v4_0, 'bare').pages.findIndex(({ name }) => name === wanted),
    )
    for (const on of ['bare', 'xen'] as const) {
      for (const kernel of KERNELS_OF_2015) {
        expect(endings(stack, kernel, on, `w${near}.w${far}`), `${kernel.id} ${on}`).toBe('1 sigsegv')
      }
    }
  })

  test('R15 a write through a stale read-only TLB entry: one fault, but 3.20-rc0 under Xen loses RW', () => {
    // The TLB gets the entry without RW; then RW comes into memory with no flush, as another CPU would put it.
    const run = 'w4.m4n.m4w.r4.b4-1.w4'
    const got = (on: On) => KERNELS_OF_2015.map((kernel) => endings(small, kernel, on, run))
    expect(got('bare')).toEqual(Array.from({ length: 5 }, () => '1 0 1'))
    expect(got('xen')).toEqual(['1 0 1', '1 0 1', '1 0 loop', '1 0 1', '1 0 1'])
    expect(has(entryAtEnd(small, v3_20_rc0, 'xen', run, heap), RW)).toBe(false)
    // A shared mapping of tmpfs has RW in its protection: nothing to lose.
    expect(endings(onTmpfs, v3_20_rc0, 'xen', 'r9.b9-1.r9.b9-1.w9')).toBe('1 0 0')
  })

  test('Yours painted as 3.20-rc0 and as the fix gives the columns of those two', () => {
    for (const { from = small, run } of RECIPES) {
      for (const on of ['bare', 'xen'] as const) {
        expect(endings(from, kernelById('p10')!, on, run)).toBe(endings(from, v3_20_rc0, on, run))
        expect(endings(from, kernelById('p2')!, on, run)).toBe(endings(from, v4_0_rc1, on, run))
      }
    }
  })

  test.todo('R13b writeback cleans a shared file page: the model has no writeback')
  test.todo(
    'R20, R21, R22 the kernel itself touches user memory (get_user_pages, copy_to_user): the model has user accesses only',
  )
})

describe('error codes of the recipes', () => {
  /** The error codes of the faults of a run, as Linux gets them. */
  function codes(from: Scenario, kernel: Kernel, on: On, run: string): readonly number[] {
    const playback = play(from, kernel, on, run)
    const { machine, tape } = playback
    return tape.ticks.flatMap(({ step }, index) =>
      step.name === 'do_page_fault' ? [sceneAt(playback, index).words[machine.cpus[CPU]!.error]!] : [],
    )
  }

  test.each([
    ['R1', 'r4.w4', [4, 7]],
    ['R2', 'w4', [6]],
    ['R4', 'w4.m4n.r4.w4', [6, 4, 6]],
    ['R8', 'w4.m4r.w4', [6, 7]],
    ['R9', 'x4', [0x14, 0x15]],
  ] as const)('%s %s: %o, with the fix on both machines', (_name, run, expected) => {
    for (const on of ['bare', 'xen'] as const) expect(codes(small, v4_0_rc1, on, run)).toEqual(expected)
  })
})

describe('rules that no computed table covers', () => {
  test('[FK2] fork clears D, and A, in the child of a shared mapping, and leaves the parent alone', () => {
    const shared = changed({ [file]: { flags: freshFlags('rw', true) } }, [6])
    for (const kernel of KERNELS) {
      const parent = entryAtEnd(shared, kernel, 'bare', 'w9.f', file)
      const child = entryAtEnd(shared, kernel, 'bare', 'w9.f', file, 1)
      expect(flagsOf(parent), kernel.id).toBe(0x067)
      expect(flagsOf(child), kernel.id).toBe(0x007)
    }
  })

  test('[FK2] in a private mapping the child keeps D and loses A and RW; the parent loses RW', () => {
    for (const kernel of KERNELS) {
      expect(flagsOf(entryAtEnd(small, kernel, 'bare', 'w4.f', heap)), kernel.id).toBe(0x065)
      expect(flagsOf(entryAtEnd(small, kernel, 'bare', 'w4.f', heap, 1)), kernel.id).toBe(0x045)
    }
  })

  test('[XS8] the child has bit 8 from its parent before its tables are pinned, and bit 52 never', () => {
    const child = entryAtEnd(small, v3_20_rc0, 'xen', 'w4.f', heap, 1)
    expect(toHex(child)).toBe('8000000062345145')
  })

  test('[XS6] commit keeps A and D of the entry as it stands, with PRESENT and without', () => {
    for (const [after, kept] of [
      [PRESENT, ACCESSED | DIRTY],
      [0, ACCESSED | DIRTY],
    ] as const) {
      const machine = new Machine(smallProcess(), v4_0_rc1, xenPv)
      const cpu = machine.cpus[CPU]!
      const slot = machine.processes[0]!.slots[heap]!
      const mfn = 0x6234_5000
      begin(machine, { do: 'store', process: 0, page: heap })
      // Linux read the entry clean and old; the CPU has set both bits since.
      machine.world.putPte(slot, pte(mfn | 0x107 | kept, 0x8000_0000))
      machine.world.putPte(cpu.next, pte(mfn | 0x004 | after, 0x8000_0000))
      machine.world.put(cpu.target, slot)
      machine.world.put(cpu.after, 0)
      let next = xenPv.commit
      for (let count = 0; count < 4 && next.lane === 'xen'; count++) next = next.run(machine, CPU)
      const stored = leafOf(machine, 0, heap)
      expect(stored.lo & (ACCESSED | DIRTY)).toBe(kept)
      expect(has(stored, PRESENT)).toBe(after === PRESENT)
      expect(has(stored, 0x100)).toBe(after === PRESENT)
    }
  })

  test('[HF6] a read fault on a present entry writes nothing: not even A', () => {
    // The page is missing when the CPU looks, and there, old, when Linux does.
    for (const kernel of KERNELS) {
      const playback = play(small, kernel, 'bare', 'r4.h4.k4-8000000012349045')
      const { machine, tape } = playback
      const slot = machine.processes[0]!.slots[heap]!
      const from = tape.ticks.findLastIndex(({ step }) => step.name === 'edit by hand') + 1
      const until = tape.ticks.findIndex(({ step }, index) => index > from && step.name === 'return')
      const writes = tape.ticks.slice(from, until).flatMap((tick) => tick.writes)
      expect(
        tape.ticks.some(({ step }) => step.name === 'ptep_set_access_flags'),
        kernel.id,
      ).toBe(true)
      expect(
        writes.filter(({ cell }) => cell === slot || cell === slot + 1),
        kernel.id,
      ).toEqual([])
      // A write fault in the same place does store A and D.
      const write = play(small, kernel, 'bare', 'w4.h4.k4-8000000012349047').tape
      const stored = write.ticks.filter(({ step }) => step.lane === 'kernel').flatMap((tick) => tick.writes)
      expect((stored.find(({ cell }) => cell === slot)?.after ?? 0) & ~SOFT_DIRTY, kernel.id).toBe(0x12349067)
    }
  })

  test('[SW1] without CONFIG_NUMA_BALANCING a swap entry of 3.19 may have bit 9, and is no page', () => {
    for (const kernel of KERNELS) {
      const swapped = play(small, kernel, 'bare', `r${PAGE.swapped}`, 'none')
      expect(
        swapped.tape.ticks.some(({ step }) => step.name === 'do_swap_page'),
        kernel.id,
      ).toBe(true)
      expect(kernelOf(small, { kernel, platform: bareMetal, numa: 'none' }).present.mask & 0x200, kernel.id).toBe(0)
    }
  })
})
