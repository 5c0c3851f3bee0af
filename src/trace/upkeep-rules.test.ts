import { describe, expect, test } from 'vitest'
import type { Cell } from '../arch/brand'
import { EMPTY, has } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import type { Counters } from '../kernel/context'
import { FRAME } from '../kernel/frames'
import { freshFlags, VM_MAYREAD, VM_MAYWRITE, VM_SOFTDIRTY } from '../kernel/protection'
import { v3_14, v3_19, v4_0, v6_1, type Kernel } from '../kernel/variants'
import type { ImagePage } from '../machine/image'
import { scenarioById, type Scenario } from '../machine/scenario'
import { PAGE } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import { ODD_PROCESS, play, PLATFORMS } from './sample-runs'
import { entryAt, flagsAt, sceneAt } from './scene'

const { code, heap, shared: untouched, zero, swapped, libc: tmpfs, libcData: file, stack } = PAGE
const start: Scenario = { ...scenarioById('touch')!, opening: [] }
/** Shared pages of tmpfs and of a disk file, and no mapping at the stack. */
const odd: Scenario = { ...ODD_PROCESS, before: [] }
const huge: Scenario = { ...scenarioById('huge')!, opening: [] }
const changed = (page: number, change: Partial<ImagePage>, from = start): Scenario => ({
  ...from,
  image(...setting) {
    const image = from.image(...setting)
    return { ...image, pages: image.pages.map((each, index) => (index === page ? { ...each, ...change } : each)) }
  },
})

interface On {
  readonly kernel?: Kernel
  readonly from?: Scenario
  readonly platform?: (typeof PLATFORMS)[number]
}

/** A run: its end, and the steps of its last operation. */
function run(text: string, { kernel = v4_0, from = start, platform = bareMetal }: On = {}) {
  const playback = play(from, kernel, platform, text)
  const { tape, machine } = playback
  const scene = sceneAt(playback, tape.ticks.length)
  const last = tape.choices.length - 1
  const steps = tape.ticks.filter(({ choice }) => choice === last).map(({ step }) => step.name)
  return {
    machine,
    tape,
    scene,
    steps,
    stores: steps.filter((name) => name === 'store').length,
    outcome: scene.outcome.name,
    entry: (page: number, process = 0) => entryAt(scene, process, page),
    flags: (page: number, process = 0) => entryAt(scene, process, page).lo & 0x7ff,
    word: (cell: Cell) => scene.words[cell]!,
    counted: (name: keyof Counters) => scene.words[machine.counters[name]]! - tape.start[machine.counters[name]]!,
    swapUsers: () => machine.swapSlots.map((cell) => scene.words[cell]),
  }
}
const DONE = 'back in user mode'
const today = { kernel: v6_1 }

describe('where there is nothing to do, nothing is done', () => {
  test('[MA1] [ZP2] in a hole of the address space, and where munmap was before', () => {
    expect(run(`a${stack}d`, { from: odd }).steps).toEqual(['madvise', DONE])
    expect(run(`u${heap}.a${heap}d`).steps).toEqual(['madvise', DONE])
    expect(run(`u${stack}`, { from: odd }).steps).toEqual(['do_munmap', DONE])
    expect(run(`u${heap}.u${heap}`).steps).toEqual(['do_munmap', DONE])
    // The first mapping is one like any other.
    expect(run(`a${code}d`).flags(code)).toBe(0)
    expect(flagsAt(run(`u${code}`).scene, 0, code)).toBe(0)
  })

  test('[ZP1] [MA2] [MA3] an entry that is none is passed over, and a swap entry is given back by free alone', () => {
    expect(run(`u${untouched}`).stores).toBe(0)
    expect(run(`a${untouched}f`, today).steps).toEqual([
      'madvise',
      'madvise_free_pte_range',
      'flush_tlb_range, zap',
      DONE,
    ])
    const freed = run(`a${swapped}f`, today)
    expect([freed.entry(swapped), freed.swapUsers()[1], freed.counted('badEntries')]).toEqual([EMPTY, 0, 0])
    const aged = run(`a${swapped}p`, today)
    expect([aged.stores, aged.swapUsers()[1], aged.counted('badEntries')]).toEqual([0, 1, 0])
  })

  test('[MA2] free leaves the zero page, pages of files and of shared mappings, and what is clean and old already', () => {
    const left = (text: string, from = start) => run(text, { ...today, from }).stores
    expect(left(`a${zero}f`)).toBe(0)
    expect(left(`w${file}.a${file}f`)).toBe(0)
    expect(left(`w${untouched}.a${untouched}f`, changed(untouched, { flags: freshFlags('rw', true) }))).toBe(0)
    expect(left(`a${heap}f`)).toBeGreaterThan(0)
    expect(left(`a${heap}f.a${heap}f`)).toBe(0)
    // Old but dirty, by hand: there is something to take.
    expect(left(`b${heap}-5.a${heap}f`)).toBeGreaterThan(0)
  })

  test('[MA3] pageout makes only a young page old', () => {
    expect(run(`a${heap}p`, today).steps).toContain('map it old')
    const old = run(`b${heap}-5.a${heap}p`, today)
    expect(old.steps).not.toContain('map it old')
    expect(has(old.entry(heap), 0x101)).toBe(false)
    expect(run(`a${zero}p`, today).stores).toBe(0)
  })

  test('[WB1] writeback looks at shared pages of files, and cleans what is dirty or writable', () => {
    expect(run(`l${heap}`).steps).toEqual(['page_mkclean_one', DONE])
    expect(run(`w${file}.l${file}`).steps).toEqual(['page_mkclean_one', DONE])
    expect(
      run(`w${untouched}.l${untouched}`, { from: changed(untouched, { flags: freshFlags('rw', true) }) }).stores,
    ).toBe(0)
    const after = (text: string) => run(text, { from: odd })
    expect(after(`r${file}.l${file}`).stores).toBe(0)
    expect(after(`l${file}`).stores).toBe(0)
    expect(after(`w${file}.l${file}`).flags(file)).toBe(0x025)
    // One of the two alone, by a hand; and an entry that no struct page counts.
    expect(after(`w${file}.b${file}-1.l${file}`).flags(file)).toBe(0x025)
    expect(after(`w${file}.b${file}-6.l${file}`).flags(file)).toBe(0x025)
    expect(after(`w${file}.b${file}-9.l${file}`).stores).toBe(0)
    // An entry that names no page of a file, in a mapping of one.
    expect(after(`k${file}-12344067.l${file}`).stores).toBe(0)
  })
})

describe('clear_refs', () => {
  test('[CR1] 4 takes VM_SOFTDIRTY from every mapping that has it, and writes no other; 1 takes none', () => {
    const from = changed(heap, { flags: freshFlags('rw', false) | VM_SOFTDIRTY })
    expect(flagsAt(run('y1', { from }).scene, 0, heap) & VM_SOFTDIRTY).toBe(VM_SOFTDIRTY)
    const cleared = run('y4', { from })
    expect(flagsAt(cleared.scene, 0, heap)).toBe(freshFlags('rw', false))
    const cells = new Set<number>(cleared.machine.processes[0]!.flags)
    const written = cleared.tape.ticks.flatMap(({ writes }) => writes).filter(({ cell }) => cells.has(cell))
    expect(written.map(({ cell }) => cell)).toEqual([cleared.machine.processes[0]!.flags[heap]])
  })

  test('[CR2] every page is visited once, and a swap entry without the bit is not stored again', () => {
    const visits = (text: string) => run(text, today).steps.filter((name) => name === 'clear_refs_pte_range').length
    expect(visits('y1')).toBe(start.image(v6_1, 'bare').pages.length + 1)
    const present = Object.values(PAGE).filter((page) => has(run('y4', today).entry(page), 0x101)).length
    expect(run('y4', today).stores).toBe(present + 1)
    expect(run('y4.y4', today).stores).toBe(present)
  })
})

describe('fork', () => {
  test('[FK1] a child that still lives is replaced: the new one begins with empty tables, and nothing empty is written again', () => {
    const forked = run(`f.cr${untouched}.f`)
    const begun = forked.tape.ticks.findLastIndex(({ step }) => step.name === 'dup_mm')
    const { words } = sceneAt({ ...forked, opening: 0, before: forked.scene.before }, begun + 1)
    const child = forked.machine.processes[1]!
    expect(child.slots.every((slot) => words[slot] === 0 && words[slot + 1] === 0)).toBe(true)
  })

  test.each([
    ['dup_mm', 'f'],
    ['exit_mmap', 'f.q'],
    ['bprm_mm_init', `e${stack}`],
  ])('[FK1] [FK4] [EX1] %s empties entries, and touches none that is empty', (name, text) => {
    const { tape, machine } = run(text)
    const { writes } = tape.ticks.find(({ step }) => step.name === name)!
    const changes = new Map(writes.map(({ cell, before, after }) => [cell, before !== after]))
    for (const slot of machine.processes.flatMap(({ slots }) => slots))
      if (changes.has(slot)) expect(changes.get(slot) || changes.get(slot + 1)).toBe(true)
  })

  test('[FK3] the first page is copied like any other; what is empty is passed over, and no swap slot gains a user by it', () => {
    expect(run(`m${code}w.w${code}.f`).flags(code, 1)).toBe(0x045)
    const copies = run('f').steps.filter((name) => name === 'copy_one_pte').length
    const copied = run('f').machine.processes[1]!.slots.filter((_, page) => run('f').entry(page, 1).lo !== 0).length
    expect(copies).toBe(copied + 1)
    expect(run('f').swapUsers()).toEqual([0, 2, 0, 0, 0, 0, 0, 0])
  })

  test('[PG1] whatever happens to a page that no struct page counts, nobody gains or loses a mapper', () => {
    for (const [text, from] of [
      ['f', start],
      ['f.q', start],
      [`w${zero}`, start],
      [`a${zero}d`, start],
      [`u${zero}`, start],
      [`e${stack}`, start],
      [`r${11}.f.q.w${11}`, huge],
      [`r${11}.u${11}`, huge],
    ] as const) {
      const { machine, word } = run(text, { from })
      for (let frame = 0; frame < machine.frames.count; frame++) {
        const kind = machine.frames.kind(frame)
        if (kind === FRAME.table) expect(word(machine.frames.kindCell(frame)), text).toBe(FRAME.table)
        if (kind === FRAME.zero) expect(word(machine.frames.mapcountCell(frame)), text).toBe(0)
      }
    }
  })
})

describe('swap', () => {
  test('[SW2] the slot has a user fewer; RW at once needs no second look, a shared page read stays read-only', () => {
    const users = (text: string) => run(text).swapUsers()[1]
    expect([users(`r${swapped}`), users(`f.r${swapped}`), users(`f.w${swapped}`)]).toEqual([0, 1, 1])
    for (const text of [`w${swapped}`, `r${swapped}`, `f.r${swapped}`])
      expect(run(text).steps, text).not.toContain('swapped in, still shared')
    // By a hand: a slot that nobody used any more.
    expect(run(`k${untouched}-400.r${untouched}`).swapUsers()[2]).toBe(0)
  })

  test('[SW2] an entry that names no slot of the model, or that has changed since, is left alone', () => {
    const beyond = run(`k${untouched}-c800.r${untouched}`)
    expect([beyond.outcome, beyond.counted('newPages')]).toEqual(['endless', 0])
    const raced = run(`w${swapped}.h8.b${swapped}-10`)
    const names = raced.tape.ticks.map(({ step }) => step.name)
    expect(names[names.indexOf('do_swap_page') + 1]).toBe('return')
    expect(run(`k${untouched}-c800.f`).swapUsers()).toEqual(run('f').swapUsers())
    expect(run(`k${untouched}-c800.u${untouched}`).swapUsers()).toEqual([0, 1, 0, 0, 0, 0, 0, 0])
    expect(run(`k${untouched}-400.u${untouched}`).swapUsers()).toEqual([0, 1, 0, 0, 0, 0, 0, 0])
  })

  test('[SW2] [PG2] the page is its process’s alone if it was so before, or if it is written and nobody shares it', () => {
    const mark = (text: string, kernel: Kernel) => {
      const { machine, word, entry } = run(text, { kernel })
      return word(machine.frames.exclusiveCell(machine.frames.indexOfPfn((entry(swapped).lo >>> 12) as never)))
    }
    const texts = [`r${swapped}`, `w${swapped}`, `f.r${swapped}`]
    expect(texts.map((text) => mark(text, v6_1))).toEqual([1, 1, 0])
    expect(texts.map((text) => mark(text, v4_0))).toEqual([0, 0, 0])
  })

  test('[SW2] a write pin by force never gives RW where the mapping forbids writes', () => {
    expect(run(`m${swapped}r.g${swapped}W`).flags(swapped)).toBe(0x065)
  })

  test('[SW3] no page is reclaimed while no slot is free', () => {
    const full: Scenario = {
      ...start,
      image: (...setting) => ({ ...start.image(...setting), swapSlots: Array(8).fill(1) }),
    }
    const before = { ...full, before: start.before.filter((choice) => choice.do !== 'reclaim') }
    expect(run(`o${heap}`, { from: before }).stores).toBe(0)
    expect(run(`w${file}.o${file}`).stores).toBe(1)
    expect(run(`w${file}.o${file}`, { from: odd }).stores).toBe(0)
  })
})

describe('pins', () => {
  test('[GU1] a hole cannot be pinned; a read needs VM_READ, by force VM_MAYREAD; the first mapping is like any other', () => {
    expect(run(`g${stack}r`, { from: odd }).outcome).toBe('efault')
    expect(run(`g${code}r`).outcome).toBe('completed')
    expect(run(`w${untouched}.m${untouched}n.g${untouched}r`).outcome).toBe('efault')
    const never = changed(untouched, { flags: freshFlags('', false) & ~VM_MAYREAD })
    expect(run(`g${untouched}R`, { from: never }).outcome).toBe('efault')
  })

  test('[GU2] what is not there is faulted in before it is pinned', () => {
    expect(run(`g${untouched}r`).steps).toContain('do_anonymous_page')
  })

  test('[GU3] where the mapping allows writes, 6.1 follows a forced write only through RW', () => {
    const { steps } = run(`y4.g${heap}W`, today)
    expect(steps).toContain('do_wp_page')
  })
})

describe('mprotect and the scanner', () => {
  test('[MP1] a right that the mapping may never have is refused, and its flags stay', () => {
    const flags = freshFlags('r', false) & ~VM_MAYWRITE
    const refused = run(`m${untouched}w`, { from: changed(untouched, { flags }) })
    expect([refused.steps, flagsAt(refused.scene, 0, untouched)]).toEqual([['mprotect_fixup', DONE], flags])
  })

  test('[HP7] up to 3.19 mprotect undoes the hint of a huge page first', () => {
    expect(run('w11.s11.m11r', { kernel: v3_19, from: huge }).flags(11)).toBe(0x0e5)
  })

  test('[SC1] anonymous memory that is only read is scanned; the first mapping is one like any other', () => {
    expect(run(`m${heap}r.s${heap}`).flags(heap)).toBe(0x160)
    expect(run(`m${code}w.w${code}.s${code}`).flags(code)).toBe(0x162)
  })

  test('[SC2] up to 3.19 the mark is stored by set_pte_at, later by the commit', () => {
    const ways = [v3_14, v3_19, v4_0].map((kernel) =>
      run(`s${heap}`, { kernel, platform: xenPv }).steps.find((name) => name.startsWith('mmu_update'))!,
    )
    expect(ways).toEqual(['mmu_update', 'mmu_update', 'mmu_update, keep A and D'])
  })

  test('[SC3] 6.1 spares a dirty page of a shared disk file; one that is clean, or of tmpfs, is marked', () => {
    const marked = (text: string, page: number) => !has(run(text, { ...today, from: odd }).entry(page), 1)
    expect(marked(`w${file}.s${file}`, file)).toBe(false)
    expect(marked(`r${file}.s${file}`, file)).toBe(true)
    expect(marked(`w${tmpfs}.s${tmpfs}`, tmpfs)).toBe(true)
  })

  test('[SC3] 6.1 marks a single thread’s page that lies on another node', () => {
    const single: Scenario = { ...start, image: (...setting) => ({ ...start.image(...setting), threads: 1 }) }
    expect(has(run(`tw${untouched}.s${untouched}`, { ...today, from: single }).entry(untouched), 1)).toBe(false)
    expect(has(run(`w${untouched}.s${untouched}`, { ...today, from: single }).entry(untouched), 1)).toBe(true)
  })

  test('[GR1] only a page of a mapping of grants is mapped by a grant, and only where one is granted', () => {
    const grant = scenarioById('grant')!
    const granted: Scenario = { ...grant, opening: [] }
    const onXen = { platform: xenPv }
    const mapped = (text: string, from: Scenario) => run(text, { ...onXen, from }).steps.includes('map_grant_ref')
    expect(mapped('d11', granted)).toBe(true)
    expect(mapped(`d${untouched}`, granted)).toBe(false)
    const nothing: Scenario = {
      ...granted,
      image(...setting) {
        const image = granted.image(...setting)
        return { ...image, frames: image.frames.map(({ foreign: _foreign, ...frame }) => frame) }
      },
    }
    expect(mapped('d11', nothing)).toBe(false)
  })
})
