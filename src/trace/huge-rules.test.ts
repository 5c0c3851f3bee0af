import { expect, test } from 'vitest'
import type { Cell } from '../arch/brand'
import { has, RW } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import type { Counters } from '../kernel/context'
import { v3_19, v3_20_rc0, v4_0, v6_1, type Kernel } from '../kernel/variants'
import { scenarioById, type Scenario } from '../machine/scenario'
import { play } from './sample-runs'
import { entryAt, frameIndexAt, mapcountAt, sceneAt } from './scene'

const huge: Scenario = { ...scenarioById('huge')!, opening: [] }
const PAGE = 11

/** A run on the process with a huge page, on bare metal: its end, what it counted, and the steps of its last operation. */
function run(text: string, kernel: Kernel = v4_0) {
  const playback = play(huge, kernel, bareMetal, text)
  const { tape, machine } = playback
  const scene = sceneAt(playback, tape.ticks.length)
  const last = tape.choices.length - 1
  return {
    scene,
    outcome: scene.outcome.name,
    problem: tape.problem,
    flags: entryAt(scene, 0, PAGE).lo & 0x7ff,
    counted: (name: keyof Counters) => scene.words[machine.counters[name]]! - tape.start[machine.counters[name]]!,
    word: (cell: Cell) => scene.words[cell]!,
    steps: tape.ticks.filter(({ choice }) => choice === last).map(({ step }) => step.name),
    all: tape.ticks.map(({ step }) => step.name),
  }
}
const after = (steps: readonly string[], name: string) => steps[steps.indexOf(name) + 1]

test('[HP2] [HP3] [HP4] where the entry has changed since it was read, the fault leaves it to whoever changed it', () => {
  const touched = run(`w${PAGE}.h8.k${PAGE}-500000e7`)
  expect([after(touched.all, 'do_huge_pmd_anonymous_page'), touched.counted('newPages')]).toEqual(['return', 0])
  const hinted = run(`w${PAGE}.s${PAGE}.w${PAGE}.h8.b${PAGE}-6`)
  expect(after(hinted.all, 'do_huge_pmd_numa_page')).toBe('return')
  const copied = run(`w${PAGE}.f.w${PAGE}.h9.b${PAGE}-6`)
  expect(after(copied.all, 'do_huge_pmd_wp_page')).toBe('return')
})

test('[HP3] a hint is counted, and whether the page lies on the node of the CPU that touched it', () => {
  const local = (by: string) => {
    const { counted } = run(`w${PAGE}.s${PAGE}.${by}${PAGE}`)
    return [counted('hintFaults'), counted('hintFaultsLocal'), counted('pagesMigrated')]
  }
  expect([local('r'), local('tr')]).toEqual([
    [1, 1, 0],
    [1, 0, 0],
  ])
  // A hand marks the huge zero page, which no struct page counts.
  expect(run(`r${PAGE}.b${PAGE}-0.b${PAGE}-8.tr${PAGE}`).counted('hintFaults')).toBe(0)
})

test('[HP4] the page of one process is reused; one that fork shares is copied whole, and has a mapper less', () => {
  const reused = run(`w${PAGE}.f.q.w${PAGE}`)
  expect([reused.counted('newPages'), reused.counted('copies'), reused.flags]).toEqual([1, 0, 0x0e7])
  const copied = run(`w${PAGE}.f.w${PAGE}`)
  expect([copied.counted('newPages'), copied.counted('copies'), copied.flags]).toEqual([2, 1, 0x0e7])
  const frameOf = (process: number) => frameIndexAt(copied.scene, entryAt(copied.scene, process, PAGE))
  expect(frameOf(0)).not.toBe(frameOf(1))
  expect([0, 1].map((process) => mapcountAt(copied.scene, frameOf(process)))).toEqual([1, 1])
  // 6.1 goes by the mark, which a write brings back.
  const own = run(`w${PAGE}.f.q.w${PAGE}`, v6_1)
  const { machine } = own.scene
  expect(own.word(machine.frames.exclusiveCell(frameIndexAt(own.scene, entryAt(own.scene, 0, PAGE))))).toBe(1)
  // The huge zero page has nothing to copy, and no mapper to lose.
  const zero = run(`r${PAGE}.w${PAGE}`)
  expect([zero.counted('newPages'), zero.counted('copies'), zero.flags]).toEqual([1, 0, 0x0e7])
  expect(mapcountAt(zero.scene, zero.scene.machine.hugeZeroFrame)).toBe(0)
  expect(run(`r${PAGE}.w${PAGE}`, v6_1).problem).toMatch(/splits/)
})

test('[HP4] when it is copied, the other CPU’s TLB forgets the old page', () => {
  expect(run(`w${PAGE}.f.tr${PAGE}.tr${PAGE}`).steps).not.toContain('page walk')
  expect(run(`w${PAGE}.f.tr${PAGE}.w${PAGE}.tr${PAGE}`).steps).toContain('page walk')
})

test('[HP2] [HP4] a write pin by force never gives RW where the mapping forbids writes, and comes to an end', () => {
  for (const before of ['', `w${PAGE}.`]) {
    for (const kernel of [v3_19, v4_0]) {
      const { outcome, flags } = run(`${before}m${PAGE}r.g${PAGE}W`, kernel)
      expect([outcome, flags], `${kernel.id} ${before}`).toEqual(['completed', 0x0e5])
    }
  }
})

test('[HP3] where the mapping allows nothing, a PROTNONE entry is a BUG from 3.20-rc0 on and no hint in 3.19 and 6.1', () => {
  const ends = [v3_19, v3_20_rc0, v4_0, v6_1].map((kernel) => run(`w${PAGE}.m${PAGE}n.g${PAGE}W`, kernel).outcome)
  expect(ends).toEqual(['completed', 'bug', 'bug', 'completed'])
  expect(has(entryAt(run(`w${PAGE}.m${PAGE}n.g${PAGE}W`, v6_1).scene, 0, PAGE), RW)).toBe(false)
})

test('[HP6] the scanner passes over the huge zero page, and over what looks hinted already', () => {
  expect(run(`r${PAGE}.s${PAGE}`).counted('hintUpdates')).toBe(0)
  expect(run(`w${PAGE}.s${PAGE}.s${PAGE}`).counted('hintUpdates')).toBe(1)
  // After a mark the TLB knows the page no more.
  expect(run(`w${PAGE}.s${PAGE}.r${PAGE}`).steps).toContain('#PF')
})

test('[HP1] [SW3] [MA1] a huge page is not reclaimed, freed or paged out in the model; dontneed and munmap take it away', () => {
  for (const text of [`o${PAGE}`, `a${PAGE}f`, `a${PAGE}p`])
    expect(run(`w${PAGE}.${text}`, v6_1).flags, text).toBe(0x0e7)
  for (const text of [`a${PAGE}d`, `u${PAGE}`]) {
    const gone = run(`w${PAGE}.${text}`)
    expect([gone.flags, gone.counted('badEntries')], text).toEqual([0, 0])
    expect(run(`r${PAGE}.${text}`).counted('badEntries')).toBe(0)
  }
})

test('[PM2] [HP3] a huge page that the mapping shuts off is no hint to 6.1, which asks for rights as well', () => {
  const forced = (kernel: Kernel) => run(`w${PAGE}.f.m${PAGE}n.g${PAGE}W`, kernel)
  expect(after(forced(v4_0).steps, 'huge hint?')).toBe('do_huge_pmd_numa_page')
  const { steps } = forced(v6_1)
  expect(steps).toContain('huge hint?')
  expect(steps).not.toContain('do_huge_pmd_numa_page')
})
