import { describe, expect, test } from 'vitest'
import type { Cell } from '../arch/brand'
import { EMPTY, frameOf, has, PRESENT, toHex } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import { FRAME } from '../kernel/frames'
import { swapOffset } from '../kernel/linux-pte'
import { bisectCommit, KERNELS, v3_19, v3_20_rc0, v4_0, v4_0_rc1, v6_1, type Kernel } from '../kernel/variants'
import { scenarioById, type Scenario } from '../machine/scenario'
import { PAGE } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import type { Playback } from './replay'
import { ODD_PROCESS, play, PLATFORMS } from './sample-runs'
import { entryAt, lastAsked, sceneAt, slotOf } from './scene'

type On = (typeof PLATFORMS)[number]

const start: Scenario = { ...scenarioById('touch')!, opening: [] }
const odd: Scenario = { ...ODD_PROCESS, before: [] }
const { code, data, heap, shared: untouched, zero, swapped, guard, libcData: file } = PAGE

const run = (text: string, kernel: Kernel = v4_0, on: On = bareMetal, from = start) => play(from, kernel, on, text)
const endOf = (playback: Playback) => sceneAt(playback, playback.tape.ticks.length)
const entryOf = (playback: Playback, page: number, process = 0) => entryAt(endOf(playback), process, page)
const flagsOf = (playback: Playback, page: number, process = 0) => entryOf(playback, page, process).lo & 0xfff
const wordAt = (playback: Playback, cell: Cell) => endOf(playback).words[cell]!
const stepsOf = ({ tape }: Playback): readonly string[] =>
  tape.ticks.filter(({ choice }) => choice === tape.choices.length - 1).map(({ step }) => step.name)
const faults = (playback: Playback) => stepsOf(playback).filter((name) => name === '#PF').length

describe('a granted page', () => {
  const from: Scenario = { ...scenarioById('grant')!, opening: [] }
  const page = 11

  test('[GR1] is mapped by Xen, once, where a grant is offered; without Xen there is none', () => {
    const mapped = run(`d${page}`, v4_0, xenPv, from)
    expect(stepsOf(mapped)).toEqual(['gntdev_mmap', 'map_grant_ref', 'back in user mode'])
    const { machine } = mapped
    const frame = machine.frames.granted
    expect(machine.frames.mfn(frame)).toBe(frameOf(entryOf(mapped, page)))
    expect(wordAt(mapped, machine.frames.mapcountCell(frame))).toBe(1)
    const nothing = ['gntdev_mmap', 'back in user mode']
    for (const text of [`d${page}.d${page}`, `d${heap}`, `u${page}.d${page}`])
      expect(stepsOf(run(text, v4_0, xenPv, from))).toEqual(nothing)
    expect(stepsOf(run(`d${page}`, v4_0, bareMetal, from))).toEqual(nothing)
    expect(stepsOf(run(`d${heap}`, v4_0, xenPv, start))).toEqual(nothing)
  })

  test('[XG2] is hinted by 4.0, and the hinting fault cannot give it back', () => {
    const lost = run(`d${page}.s${page}.r${page}`, v4_0, xenPv, from)
    expect(endOf(lost).outcome.name).toBe('endless')
    expect(stepsOf(lost)).toContain('Xen refuses')
    expect(flagsOf(lost, page)).toBe(0x162)
  })
})

describe('the NUMA scanner', () => {
  test('[SC1] mappings that allow nothing, and files that are only read, are passed over', () => {
    const looks = (page: number, kernel: Kernel) => stepsOf(run(`s${page}`, kernel)).includes('change_pte_range, hint')
    for (const kernel of KERNELS) {
      expect(
        [guard, code, data, heap].map((page) => looks(page, kernel)),
        kernel.id,
      ).toEqual([false, false, true, true])
    }
    expect(stepsOf(run(`s${PAGE.stack}`, v4_0, bareMetal, odd))).toEqual(['task_numa_work', 'back in user mode'])
  })

  test('[SC5] a mapping of grants is marked up to 4.0, once the test lets it, and passed over in 6.1', () => {
    const from: Scenario = { ...scenarioById('grant')!, opening: [] }
    const [page, granted] = [11, 0x167]
    const after = (kernel: Kernel) => flagsOf(run(`d${page}.s${page}`, kernel, xenPv, from), page)
    expect(KERNELS.map(after)).toEqual([0x366, granted, granted, 0x160, 0x162, granted])
    expect(stepsOf(run(`d${page}.s${page}`, v6_1, xenPv, from))).toEqual(['task_numa_work', 'back in user mode'])
    expect(stepsOf(run(`d${page}.s${heap}`, v6_1, xenPv, from))).toContain('change_pte_range, hint')
  })

  test('[SC2] each kernel marks in its own way', () => {
    const marked = (kernel: Kernel) => toHex(entryOf(run(`s${heap}`, kernel), heap)).replace(/.{5}(...)$/, '…$1')
    expect(toHex(entryOf(run(`r${heap}`), heap))).toMatch(/^80000000.{5}067$/)
    expect([v3_19, bisectCommit, v3_20_rc0, v4_0_rc1, v4_0].map(marked)).toEqual([
      '80000000…266',
      '80000000…065',
      '00000000…160',
      '00000000…160',
      '00000000…162',
    ])
    expect(marked(v6_1)).toBe('000fffff…962')
  })

  test('[SC2] a mapping is marked from its first page to its last; none and swap entries stay', () => {
    const scanned = run(`s${heap}`)
    expect(flagsOf(scanned, heap)).toBe(0x162)
    expect(entryOf(scanned, untouched)).toEqual(EMPTY)
    expect(entryOf(scanned, swapped)).toEqual(entryOf(run(`r${heap}`), swapped))
    expect(flagsOf(run(`w${untouched}.s${heap}`), untouched)).toBe(0x162)
  })

  test('[SC3] the zero page and what looks hinted already are spared; 8a0516ed asks neither', () => {
    for (const kernel of KERNELS) {
      const updates = (text: string) => {
        const playback = run(text, kernel)
        const { hintUpdates } = playback.machine.counters
        return wordAt(playback, hintUpdates) - playback.tape.start[hintUpdates]!
      }
      // Of the heap's two present pages one is the zero page.
      const once = kernel === bisectCommit ? 2 : 1
      expect([updates(`s${heap}`), updates(`s${heap}.s${heap}`)], kernel.id).toEqual([
        once,
        kernel === bisectCommit ? 4 : 1,
      ])
    }
    // Under Xen every present page looks hinted to 3.20-rc0.
    expect(flagsOf(run(`s${heap}`, v3_20_rc0, xenPv), heap)).toBe(0x167)
  })

  test('[SC3] 6.1 spares what fork shares, pages of private files, and a single thread’s pages on its own node', () => {
    const single: Scenario = { ...start, image: (...setting) => ({ ...start.image(...setting), threads: 1 }) }
    const isMarked = (text: string, page: number, kernel: Kernel, from = start) =>
      !has(entryOf(run(text, kernel, bareMetal, from), page), PRESENT)
    for (const [kernel, marked] of [
      [v4_0, true],
      [v6_1, false],
    ] as const) {
      expect(isMarked(`f.s${heap}`, heap, kernel), kernel.id).toBe(marked)
      expect(isMarked(`r${file}.s${file}`, file, kernel), kernel.id).toBe(marked)
      expect(isMarked(`s${heap}`, heap, kernel, single), kernel.id).toBe(marked)
    }
    expect(isMarked(`s${heap}`, heap, v6_1)).toBe(true)
  })

  test('[SC4] after a mark the TLBs know the page no more; after none they are left alone', () => {
    expect(faults(run(`r${heap}.s${heap}.r${heap}`))).toBe(1)
    // 6.1 spares the page. PRESENT goes by hand, and only the TLB still knows the page.
    const spared = `r${file}.s${file}.b${file}-0.r${file}`
    expect(faults(run(spared, v6_1))).toBe(0)
    expect(faults(run(spared, v4_0))).toBe(1)
  })
})

describe('mprotect', () => {
  test('[MP2] where the mapping allows just that already, no entry is looked at', () => {
    expect(stepsOf(run(`m${heap}w`))).toEqual(['mprotect_fixup', 'back in user mode'])
    expect(stepsOf(run(`m${PAGE.stack}n`, v4_0, bareMetal, odd))).toEqual(['mprotect_fixup', 'back in user mode'])
    expect(stepsOf(run(`m${heap}r`))).toContain('change_pte_range')
    const flags = run('f').machine.processes[0]!.flags[heap]!
    expect(wordAt(run(`m${heap}n`), flags) & 7).toBe(0)
    expect(wordAt(run(`m${heap}n.m${heap}r`), flags) & 7).toBe(1)
  })

  test('[MP3] Linux-present entries get the new protection, none and swap entries stay', () => {
    const heapFlags = (rights: string) => flagsOf(run(`m${heap}${rights}`), heap)
    expect([heapFlags('n'), heapFlags('r')]).toEqual([0x160, 0x065])
    expect(flagsOf(run(`m${guard}w`), guard)).toBe(0x065)
    for (const page of [untouched, swapped]) {
      expect(entryOf(run(`m${page}n`), page)).toEqual(entryOf(run('f'), page))
    }
  })

  test('[MP3] under Xen the commit asks without bit 8, and reads it back', () => {
    const changed = run(`m${heap}r`, v4_0, xenPv)
    const scene = endOf(changed)
    expect(lastAsked(scene, slotOf(scene, 0, heap))!.value.lo & 0xfff).toBe(0x065)
    expect(flagsOf(changed, heap)).toBe(0x165)
  })

  test('[MP4] RW comes back at once to dirty pages of a file that reports its writes, in 6.1 to exclusive ones too', () => {
    const after = (text: string, kernel: Kernel, page: number, from = start) =>
      flagsOf(run(text, kernel, bareMetal, from), page) & 0x7ff
    for (const kernel of KERNELS) {
      expect(after(`w${file}.m${file}n.m${file}w`, kernel, file, odd), kernel.id).toBe(0x067)
      expect(after(`r${file}.m${file}n.m${file}w`, kernel, file, odd), kernel.id).toBe(0x025)
      expect(after(`m${heap}n.m${heap}w`, kernel, heap), kernel.id).toBe(kernel === v6_1 ? 0x067 : 0x065)
      expect(after(`f.m${heap}n.m${heap}w`, kernel, heap), kernel.id).toBe(0x065)
      expect(after(`w${untouched}.s${untouched}.m${untouched}r`, kernel, untouched), kernel.id).toBe(0x065)
    }
  })

  test('[MP5] the TLB forgets: a write that it would have let through faults', () => {
    expect(stepsOf(run(`w${heap}.m${heap}r.w${heap}`)).at(-1)).toBe('SIGSEGV, access')
    expect(stepsOf(run(`w${heap}.m${heap}r`))).toContain('flush_tlb_range')
  })
})

describe('fork and exit', () => {
  test('[FK1] the child begins with the mappings of the parent and with empty, unpinned tables', () => {
    for (const on of PLATFORMS) {
      const forked = run(`f.q.m${heap}r.f`, v4_0, on)
      const begun = forked.tape.ticks.findLastIndex(({ step }) => step.name === 'dup_mm') + 1
      const { machine, words } = sceneAt(forked, begun)
      const [parent, child] = machine.processes as [(typeof machine.processes)[0], (typeof machine.processes)[0]]
      expect(child.flags.map((cell) => words[cell])).toEqual(parent.flags.map((cell) => words[cell]))
      expect(child.written.map((cell) => words[cell])).toEqual(parent.written.map((cell) => words[cell]))
      expect(child.slots.every((slot) => words[slot] === 0 && words[slot + 1] === 0)).toBe(true)
      expect([words[child.alive], words[child.pinned]]).toEqual([1, 0])
    }
  })

  test('[FK2] an entry that is read-only already is protected once more; 6.1 leaves it alone', () => {
    for (const kernel of KERNELS) {
      const stores = stepsOf(run('f.q.f', kernel)).filter((name) => name === 'store').length
      expect(stores > 0, kernel.id).toBe(kernel !== v6_1)
    }
  })

  test('[FK3] pages of a mapping in which nothing was written are not copied: a fault can make them again', () => {
    expect(entryOf(run(`r${file}.f`), file, 1)).toEqual(EMPTY)
    expect(flagsOf(run(`w${file}.f`), file, 1)).toBe(0x045)
    expect(stepsOf(run(`r${file}.f.cr${file}`))).toContain('do_read_fault')
  })

  test('[FK4] the end of the child: its entries go, each page loses a mapper and each swap slot a user', () => {
    const [forked, gone] = [run('f'), run('f.q')]
    const { machine } = forked
    expect(machine.processes[1]!.slots.every((slot) => endOf(gone).words[slot] === 0)).toBe(true)
    const frame = machine.frames.indexOfPfn(entryOf(forked, heap).lo >>> 12)
    const mappers = (playback: Playback) => wordAt(playback, machine.frames.mapcountCell(frame))
    expect([mappers(forked), mappers(gone)]).toEqual([2, 1])
    const slot = machine.swapSlots[swapOffset(v4_0, entryOf(forked, swapped))]!
    expect([wordAt(forked, slot), wordAt(gone, slot)]).toEqual([2, 1])
    const { alive, pinned, flags, written } = machine.processes[1]!
    expect([alive, pinned].map((cell) => wordAt(gone, cell))).toEqual([0, 0])
    expect([...flags, ...written].some((cell) => wordAt(gone, cell) !== 0)).toBe(false)
  })

  test('[FK5] the TLB of the parent still said RW: it is flushed', () => {
    expect(faults(run(`w${heap}.f.w${heap}`))).toBe(1)
    expect(stepsOf(run('f'))).toContain('flush_tlb_mm')
  })
})

describe('swap', () => {
  test('[SW2] RW at once for a write that nobody shares; else read-only, and a write goes on', () => {
    expect(flagsOf(run(`r${swapped}`), swapped)).toBe(0x025)
    const written = run(`w${swapped}`)
    expect([flagsOf(written, swapped), faults(written)]).toEqual([0x067, 1])
    const shared = run(`f.w${swapped}`)
    expect(stepsOf(shared)).toEqual(expect.arrayContaining(['swapped in, still shared', 'do_wp_page']))
    expect(flagsOf(shared, swapped)).toBe(0x067)
    expect(entryOf(shared, swapped, 1)).toEqual(entryOf(run('f'), swapped, 1))
  })

  test('[SW3] reclaim leaves a swap entry and frees the frame; a page that two map, a file page and none stay', () => {
    const [before, after] = [run(`r${heap}`), run(`r${heap}.o${heap}`)]
    const { machine } = before
    const frame = machine.frames.indexOfPfn(entryOf(before, heap).lo >>> 12)
    const entry = entryOf(after, heap)
    expect(has(entry, 0x101)).toBe(false)
    expect(wordAt(after, machine.swapSlots[swapOffset(v4_0, entry)]!)).toBe(1)
    expect(wordAt(after, machine.frames.kindCell(frame))).toBe(FRAME.free)
    expect(faults(run(`r${heap}.o${heap}.r${heap}`))).toBe(1)
    for (const [text, page] of [
      ['f', heap],
      [`r${file}`, file],
      ['f', zero],
      ['f', untouched],
    ] as const) {
      expect(entryOf(run(`${text}.o${page}`), page)).toEqual(entryOf(run(text), page))
    }
  })
})

describe('bare metal', () => {
  test('[BM1] memory holds what Linux asked for, each time', () => {
    let stores = 0
    for (const text of [
      `w${untouched}.f.w${untouched}.cw${untouched}`,
      `s${heap}.w${heap}.m${heap}r`,
      `o${heap}.w${heap}`,
    ]) {
      const playback = run(text)
      playback.tape.ticks.forEach(({ step, actor }, index) => {
        if (step.name !== 'store') return
        stores++
        const scene = sceneAt(playback, index + 1)
        const target = sceneAt(playback, index).words[scene.machine.cpus[actor]!.target]! as never
        const [lo, hi] = [scene.words[target], scene.words[target + 1]]
        expect(lastAsked(scene, target)!.value).toEqual({ lo, hi })
      })
    }
    expect(stores).toBeGreaterThan(10)
  })

  test('[BM2] the tables of a new process are in use at once, and no entry changes', () => {
    const forked = run('f')
    const at = forked.tape.ticks.findLastIndex(({ step }) => step.name === 'activate_mm')
    const [before, after] = [sceneAt(forked, at), sceneAt(forked, at + 1)]
    const child = forked.machine.processes[1]!
    expect([before.words[child.pinned], after.words[child.pinned]]).toEqual([0, 1])
    for (const slot of child.slots) expect(after.words[slot]).toBe(before.words[slot])
  })
})
