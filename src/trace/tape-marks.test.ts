import { expect, test } from 'vitest'
import { bareMetal } from '../kernel/bare-metal'
import { v3_20_rc0, v4_0_rc1, type Kernel } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import { scenarioById } from '../machine/scenario'
import { PAGE } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import { replay } from './replay'
import { sceneAt } from './scene'
import { spokenTime, tapeMarks } from './tape-marks'

const write = (page: number, process: 0 | 1 = 0): Choice => ({ do: 'access', process, page, access: 'write' })
const setting = (kernel: Kernel, platform = xenPv) => ({ kernel, platform, numa: 'on' }) as const

/** Copy-on-write, with more choices after its opening; at the end of the tape unless told otherwise. */
function cow(kernel: Kernel, platform: typeof xenPv, more: readonly Choice[], cursor = Infinity) {
  const scenario = scenarioById('cow')!
  const playback = replay(scenario, setting(kernel, platform), [...scenario.opening, ...more])
  return sceneAt(playback, cursor === Infinity ? playback.tape.ticks.length : cursor)
}
const again = [write(PAGE.shared)]
const titles = (scene: ReturnType<typeof cow>, page: number, minor: boolean) =>
  tapeMarks(scene, page).marks.flatMap((mark) => (mark.minor === minor ? [mark.title] : []))

test("fork's work on other pages is minor, with the stores it asks for", () => {
  const scene = cow(v3_20_rc0, xenPv, [])
  const fork = (minor: boolean) => titles(scene, PAGE.shared, minor).slice(minor ? 0 : 17)
  const entry = ['copy_one_pte', 'trap and emulate', 'adjust_guest_l1e', 'Xen stores']
  expect(fork(false)).toEqual(['dup_mm', ...entry, 'flush_tlb_mm', 'pin the tables', 'back in user mode'])
  expect(fork(true).filter((title) => title === 'copy_one_pte')).toHaveLength(8)
})

test('the same tape seen from another page makes another part of fork minor', () => {
  const scene = cow(v3_20_rc0, xenPv, [])
  const major = (page: number) =>
    tapeMarks(scene, page).marks.flatMap(({ title, minor, tick }) => (title === 'copy_one_pte' && !minor ? [tick] : []))
  expect(major(PAGE.heap)).toHaveLength(1)
  expect(major(PAGE.shared)).toHaveLength(1)
  expect(major(PAGE.heap)).not.toEqual(major(PAGE.shared))
})

test('a scan walks one mapping: its first step is about the first page of the heap', () => {
  const scan: Choice = { do: 'scan', page: PAGE.shared }
  const scene = cow(v3_20_rc0, bareMetal, [scan])
  const first = scene.tape.begins[2]!
  const about = (page: number) => tapeMarks(scene, page).marks[first + 1]!
  expect(about(PAGE.heap)).toMatchObject({ title: 'change_pte_range, hint', minor: false })
  expect(about(PAGE.shared).minor).toBe(true)
})

test('an access stays wide whichever page is looked at', () => {
  const scene = cow(v4_0_rc1, bareMetal, [])
  const access = (page: number) => tapeMarks(scene, page).marks.slice(0, scene.tape.begins[1]!)
  expect(access(PAGE.stack).some(({ minor }) => minor)).toBe(false)
})

test('circles are NUMA balancing at work: an entry marked, not one passed over', () => {
  const scan: Choice = { do: 'scan', page: PAGE.shared }
  const circles = (scene: ReturnType<typeof cow>) =>
    tapeMarks(scene, PAGE.shared).marks.filter(({ shape }) => shape === 'circle')
  expect(circles(cow(v4_0_rc1, bareMetal, [scan]))).toHaveLength(2)
  expect(circles(cow(v3_20_rc0, xenPv, [scan]))).toHaveLength(0)
  expect(circles(cow(v3_20_rc0, xenPv, again)).map(({ title, tone }) => `${title} ${tone}`)).toEqual([
    'do_numa_page numa',
    'count the hint numa',
  ])
})

test('the hint question bears the name it has in the kernel at hand', () => {
  const mark = tapeMarks(cow(v3_20_rc0, xenPv, again), PAGE.shared).marks.find(({ title }) => title === 'pte_protnone?')
  expect(mark).toMatchObject({ lane: 'Linux', shape: 'diamond', tone: 'normal' })
})

test('no lap is shown before the state has repeated; at the repeat the lap ends on the cursor', () => {
  const scene = cow(v3_20_rc0, xenPv, again)
  const end = scene.tape.ticks.length
  expect(tapeMarks(cow(v3_20_rc0, xenPv, again, end - 1), PAGE.shared).loops).toEqual([])
  const [loop] = tapeMarks(scene, PAGE.shared).loops
  expect(loop!.laps).toEqual([{ number: 1, from: loop!.from, to: end - 1, endless: true }])
  expect(loop!.words).toBe('lap 2 begins in the state lap 1 began in')
  expect(tapeMarks(cow(v4_0_rc1, xenPv, again), PAGE.shared).loops).toEqual([])
})

test('a lap that only led to the endless part is told apart', () => {
  // ACCESSED cleared by hand: the first lap sets it, so only the second one comes back.
  const old: Choice = { do: 'flip', process: 0, page: PAGE.shared, bit: 5 }
  const [loop] = tapeMarks(cow(v3_20_rc0, xenPv, [old, write(PAGE.shared)]), PAGE.shared).loops
  expect(loop!.laps.map(({ number, endless }) => [number, endless])).toEqual([
    [1, false],
    [2, true],
  ])
  expect(loop!.words).toBe('lap 3 begins in the state lap 2 began in')
})

test('after a hand lets a caught access go on, its laps are counted anew', () => {
  const old: Choice = { do: 'flip', process: 0, page: PAGE.heap, bit: 6 }
  const { loops } = tapeMarks(cow(v3_20_rc0, xenPv, [...again, old]), PAGE.shared)
  expect(loops).toHaveLength(2)
  expect(loops.map(({ laps }) => laps.length)).toEqual([1, 1])
  expect(loops[1]!.laps[0]!.from).toBeGreaterThan(loops[0]!.to)
})

test('groups are named by what was chosen', () => {
  const more: readonly Choice[] = [
    { do: 'scan', page: PAGE.shared },
    { do: 'mprotect', page: PAGE.heap, rights: 'none' },
    { do: 'flip', process: 0, page: PAGE.shared, bit: 8 },
    write(PAGE.shared),
    write(PAGE.heap),
    write(PAGE.shared, 1),
  ]
  const scene = cow(v4_0_rc1, xenPv, more, 3)
  const { groups } = tapeMarks(scene, PAGE.shared)
  expect(groups.map(({ label }) => label)).toEqual([
    'write heap 2: first touch',
    'fork',
    'scan, forced',
    'mprotect none, heap 1',
    'flip bit 8 by hand',
    'write again',
    'write heap 1',
    'child: write heap 2',
  ])
  expect(groups.map(({ current }) => current)).toEqual([true, ...Array(7).fill(false)])
  expect(groups.at(-1)!.to).toBe(scene.tape.ticks.length - 1)
})

test('an access interrupted by a hand goes on as a group of its own', () => {
  const more: readonly Choice[] = [
    write(PAGE.shared),
    { do: 'hold', ticks: 4 },
    { do: 'flip', process: 0, page: PAGE.heap, bit: 5 },
  ]
  const { groups, marks } = tapeMarks(cow(v4_0_rc1, xenPv, more), PAGE.shared)
  expect(groups.slice(2).map(({ label }) => label)).toEqual([
    'write again',
    'flip bit 5 by hand, heap 1',
    'write goes on',
  ])
  expect(marks.filter(({ lane }) => lane === 'hand')).toHaveLength(1)
})

test('the time is spoken with step, place and actor', () => {
  const { marks } = tapeMarks(cow(v3_20_rc0, bareMetal, []), PAGE.shared)
  expect(spokenTime(marks, 0)).toBe(`start, ${marks.length} steps to come`)
  expect(spokenTime(marks, 8)).toBe(`step 8 of ${marks.length}: pte_present?, Linux`)
})
