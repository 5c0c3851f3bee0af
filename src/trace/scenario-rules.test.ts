import { describe, expect, test } from 'vitest'
import { indices } from '../arch/vaddr'
import { bareMetal } from '../kernel/bare-metal'
import { FRAME } from '../kernel/frames'
import { rightsText, VM_SHARED } from '../kernel/protection'
import { bisectCommit, kernelById, v3_20_rc0, v4_0, type Kernel } from '../kernel/variants'
import { TOUCHERS } from '../machine/choice'
import { choicesOf, scenarioById, SCENARIOS, toucherOf, type Scenario } from '../machine/scenario'
import { PAGE, smallProcess, type ExtraPage } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import { encodeRun } from './codec'
import { replay } from './replay'
import { onRails, PLATFORMS } from './sample-runs'
import { entryAt, kindAt, frameIndexAt, mapcountAt, sceneAt } from './scene'

type On = (typeof PLATFORMS)[number]

/** A scenario at the end of its opening. */
function opened(id: string, kernel: Kernel = v4_0, platform: On = bareMetal) {
  const scenario = scenarioById(id)!
  return sceneAt(onRails(replay(scenario, { kernel, platform, numa: 'on' }, choicesOf(scenario))), Infinity)
}
const flagsIn = (scene: ReturnType<typeof opened>, page: number, process = 0) =>
  (entryAt(scene, process, page).lo & 0xfff).toString(16).padStart(3, '0')

describe('the small process when the reader comes', () => {
  test('code was run, data, heap and stack written, one page only read, one swapped out, one shut off; the rest is empty', () => {
    const scene = opened('touch')
    const flags = Object.fromEntries(Object.entries(PAGE).map(([name, page]) => [name, flagsIn(scene, page)]))
    expect(flags).toEqual({
      code: '025',
      libc: '025',
      relro: '065',
      data: '067',
      heap: '067',
      stack: '067',
      guard: '160',
      zero: '225',
      // Swap slot 1.
      swapped: '200',
      shared: '000',
      libcData: '000',
    })
    const kindOf = (page: number) => kindAt(scene, frameIndexAt(scene, entryAt(scene, 0, page)))
    expect([PAGE.code, PAGE.data, PAGE.zero].map(kindOf)).toEqual([FRAME.file, FRAME.anon, FRAME.zero])
    const rights = scene.machine.pages.map((_, page) =>
      rightsText(scene.words[scene.machine.processes[0]!.flags[page]!]!),
    )
    expect(rights).toEqual(['r-x', 'r--', 'rw-', 'rw-', 'rw-', 'rw-', 'rw-', 'r-x', '---', 'rw-', 'rw-'])
  })

  test('a frame is one thing only, and there is room for a copy of every page and for one on the other node', () => {
    const image = smallProcess()
    const numbers = image.frames.map(({ pfn }) => pfn)
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(Math.max(...numbers.filter((pfn) => pfn < image.firstTableFrame))).toBeLessThan(image.firstTableFrame)
    expect(image.frames[image.zeroFrame]!.kind).toBe(FRAME.zero)
    const free = image.frames.filter(({ kind }) => kind === FRAME.free)
    expect(free.filter(({ node = 0 }) => node === 0).length).toBeGreaterThan(2 * image.pages.length)
    expect(free.filter(({ node = 0 }) => node === 1).length).toBeGreaterThan(1)
    // The last 24 come one after the other, when those that recordings and pictures name are gone.
    const spare = free.filter(({ node = 0 }) => node === 0).slice(-24)
    expect(spare.map(({ pfn }) => pfn - spare[0]!.pfn)).toEqual([...spare.keys()])
    expect(image.frames.every(({ mapcount }) => mapcount === 0)).toBe(true)
    // A page of a file has a frame of its own, of that kind; anonymous memory has none yet.
    const fileFrames = image.pages.map(({ fileFrame }) => fileFrame).filter((frame) => frame >= 0)
    expect(fileFrames.map((frame) => image.frames[frame]!.kind)).toEqual(fileFrames.map(() => FRAME.file))
    expect(new Set(fileFrames).size).toBe(fileFrames.length)
    const withFile = image.pages.filter(({ fileFrame }) => fileFrame >= 0).map(({ name }) => name)
    expect(withFile).toEqual(['code', 'relro', 'data', 'libc', 'libc data'])
    expect(image.mappings.map(({ backing }) => backing)).toEqual([
      'file',
      'file',
      'file',
      'anon',
      'file',
      'anon',
      'file',
      'anon',
    ])
    expect(image.written).toEqual(image.mappings.map(() => false))
    expect(image.swapSlots).toEqual(Array(8).fill(0))
  })

  test('[FK2] the two halves of the heap lie in one mapping; only the pages of one mapping share its name', () => {
    const { pages, mappings } = smallProcess()
    expect(pages.map(({ mapping }) => mappings[mapping]!.name)).toEqual([
      'program, code',
      'program, relro',
      'program, data',
      ...Array<string>(4).fill('[heap]'),
      'libc, code',
      'guard',
      'libc, data',
      '[stack]',
    ])
    const code = {
      name: 'more',
      address: 0x40_1000,
      mapping: 'program, code',
      backing: 'file',
      rights: 'rx',
      filePfn: 9,
    }
    const more = smallProcess([code as ExtraPage])
    expect([more.pages.at(-1)!.mapping, more.mappings.length]).toEqual([0, mappings.length])
  })
})

describe('pages that only some scenarios have', () => {
  const imageOf = (id: string) => scenarioById(id)!.image(v4_0, 'bare')
  const EXTRA = Object.keys(PAGE).length

  test('[FI5] four pages of one file mapping, in one 64 KB', () => {
    const { pages, mappings, frames } = imageOf('around')
    const extra = pages.slice(EXTRA)
    expect(extra.map(({ address }) => address - extra[0]!.address)).toEqual([0, 0x1000, 0x2000, 0x3000])
    expect(extra[0]!.address % 0x1_0000).toBe(0)
    expect(new Set(extra.map(({ mapping }) => mappings[mapping]))).toEqual(
      new Set([{ name: 'a file, private', backing: 'file' }]),
    )
    const numbers = extra.map(({ fileFrame }) => frames[fileFrame]!.pfn)
    expect(numbers.map((pfn) => pfn - numbers[0]!)).toEqual([0, 1, 2, 3])
    expect(extra.every(({ flags }) => rightsText(flags) === 'rw-' && !(flags & VM_SHARED))).toBe(true)
    expect(extra.map(({ name }) => name)).toEqual(['file 1', 'file 2', 'file 3', 'file 4'])
  })

  test('[FI4] two shared pages, of tmpfs and of a disk file', () => {
    const { pages, mappings } = imageOf('shared')
    const extra = pages.slice(EXTRA)
    expect(extra.map(({ mapping }) => mappings[mapping]!.backing)).toEqual(['shm', 'file'])
    expect(extra.every(({ flags }) => (flags & VM_SHARED) !== 0)).toBe(true)
    expect(new Set(extra.map(({ fileFrame }) => fileFrame)).size).toBe(2)
  })

  test('[PF2] two pages below the stack, in its mapping, with no rights until it grows', () => {
    const { pages } = imageOf('stack')
    const extra = pages.slice(EXTRA)
    expect(extra.map(({ mapping }) => mapping)).toEqual(Array(2).fill(pages[PAGE.stack]!.mapping))
    expect(extra.map(({ flags, belowStack }) => [flags, rightsText(belowStack!.flags)])).toEqual(
      Array(2).fill([0, 'rw-']),
    )
    expect(extra.map(({ belowStack }) => belowStack!.distance)).toEqual([0x1000, 0x2_2000])
    expect(pages.slice(0, EXTRA).every((page) => !('belowStack' in page))).toBe(true)
  })

  test('[HP1] [HP2] a huge page of 2 MB, aligned, and frames of 2 MB, the first of them the huge zero page', () => {
    const { pages, frames, hugeZeroFrame } = imageOf('huge')
    expect(pages.map(({ huge }) => huge)).toEqual([...Array<undefined>(EXTRA).fill(undefined), true])
    expect(indices(pages[EXTRA]!.address)[3]).toBe(0)
    const huge = frames.filter((frame) => frame.huge)
    expect(huge.map(({ pfn, kind }) => [pfn % 512, kind])).toEqual([
      [0, FRAME.zero],
      ...Array(huge.length - 1).fill([0, FRAME.free]),
    ])
    expect(huge.length).toBeGreaterThan(2)
    expect(frames[hugeZeroFrame!]).toBe(huge[0])
    expect('hugeZeroFrame' in smallProcess()).toBe(false)
  })
})

describe('scenarios', () => {
  test('each has an id of its own, by which it is found; an unknown one is none', () => {
    expect(SCENARIOS.map(({ id }) => scenarioById(id))).toEqual(SCENARIOS)
    expect(scenarioById('no such')).toBeUndefined()
  })

  test('the opening of each, as it stands in a link, who touches the page, and what it is about', () => {
    const told = ({ id, opening, by, on, page, before }: Scenario) =>
      [id, encodeRun(opening), page, by, on && `${on.machine} ${on.kernel ?? ''}`.trim(), before.length].filter(
        (each) => each !== undefined,
      )
    expect(SCENARIOS.map(told).map((each) => each.join(' | '))).toEqual([
      'cow | w4.f | 4 | 12',
      'zero |  | 5 | 12',
      'hint | s3 | 3 | 12',
      'guard |  | 8 | 12',
      'file | r9 | 9 | 12',
      'touch |  | 4 | 12',
      'around | r11 | 13 | 12',
      'shared | r11.r12 | 12 | 12',
      'round | m3r.m3w | 3 | 12',
      'swap |  | 6 | 12',
      'stack |  | 11 | 12',
      'race | r4.h6.tw4 | 4 | 12',
      'pin | w4 | 4 | pin | 12',
      'syscall |  | 5 | kernel | 12',
      'migrate | w4.s4 | 4 | second | bare | 12',
      'stale | f.q.r3.b3-1 | 3 | program | 12',
      'exec | f.ce10 | 10 | program | 12',
      'frame2014 | s3.f | 3 | xen 3.14 | 12',
      'huge | w11.s11 | 11 | bare | 12',
      'grant | d11.w11.s11 | 11 | xen 4.0 | 12',
    ])
    expect(new Set(SCENARIOS.map(toucherOf))).toEqual(new Set(TOUCHERS))
    for (const { on } of SCENARIOS) if (on?.kernel) expect(kernelById(on.kernel)?.id).toBe(on.kernel)
  })

  test('a recorded run comes behind the opening', () => {
    const scenario = scenarioById('cow')!
    expect(choicesOf(scenario)).toEqual(scenario.opening)
    expect(encodeRun(choicesOf({ ...scenario, run: [{ do: 'exit' }] }))).toBe('w4.f.q')
    expect(toucherOf(scenario)).toBe('program')
  })

  test.each([
    ['[FK2] fork took RW from both', 'cow', '065', '165'],
    ['[AN1] the page that was only read is the zero page', 'zero', '225', '325'],
    ['[SC2] the scanner took PRESENT and left RW', 'hint', '162', '162'],
    ['[PR1] a mapping that allows nothing', 'guard', '160', '160'],
    ['[FI2] the file’s own page, read-only', 'file', '025', '125'],
    ['[FI5] a neighbour, mapped along and never used', 'around', '025', '125'],
    ['[MP3] mprotect took RW and does not give it back', 'round', '065', '165'],
    ['[FI4] a shared page of a disk file has to ask first', 'shared', '025', '125'],
    ['[FK2] [HW1] memory says RW, the TLB not', 'stale', '067', '167'],
  ])('%s', (_name, id, bare, xen) => {
    const { page } = scenarioById(id)!
    expect([flagsIn(opened(id), page), flagsIn(opened(id, v4_0, xenPv), page)]).toEqual([bare, xen])
  })

  test('[FK2] after the fork of the first one, two processes map the page', () => {
    const scene = opened('cow')
    const { page } = scenarioById('cow')!
    expect(mapcountAt(scene, frameIndexAt(scene, entryAt(scene, 0, page)))).toBe(2)
    expect(flagsIn(scene, page, 1)).toBe('045')
  })

  test('no opening goes wrong, on the kernels that do either: that is left to the reader', () => {
    for (const kernel of [bisectCommit, v3_20_rc0]) {
      for (const { id } of SCENARIOS)
        expect(['endless', 'bug'], `${id} ${kernel.id}`).not.toContain(opened(id, kernel, xenPv).outcome.name)
    }
  })
})
