import { describe, expect, test } from 'vitest'
import { toHex } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import { KERNELS, v3_20_rc0, v4_0, v6_1, withSoftDirty, type Kernel } from '../kernel/variants'
import { scenarioById, type Scenario } from '../machine/scenario'
import { PAGE } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import { raisePageFault } from '../arch/mmu'
import type { Playback } from './replay'
import { play, PLATFORMS } from './sample-runs'
import { entryAt, sceneAt } from './scene'

const start: Scenario = { ...scenarioById('touch')!, opening: [] }
const heap = PAGE.heap

const endOf = (playback: Playback) => sceneAt(playback, playback.tape.ticks.length)
const run = (kernel: Kernel, text: string, platform: (typeof PLATFORMS)[number] = bareMetal) =>
  play(start, kernel, platform, text)
/** The low flags of a page's entry at the end. */
const flags = (playback: Playback, page: number = heap): string => toHex(entryAt(endOf(playback), 0, page)).slice(-3)
/** Error codes of the faults, in order. */
function errors({ machine, tape }: Playback): readonly number[] {
  const words = tape.start.slice()
  return tape.ticks.flatMap(({ step, actor, writes }) => {
    const code = words[machine.cpus[actor]!.error]!
    for (const { cell, after } of writes) words[cell] = after
    return (step as unknown) === raisePageFault ? [code] : []
  })
}

describe('madvise', () => {
  test('[ZP1] dontneed empties the entry and gives the page back; the next touch is a first touch', () => {
    for (const kernel of KERNELS) {
      for (const platform of PLATFORMS) {
        const gone = run(kernel, `a${heap}d`, platform)
        expect(flags(gone), kernel.id).toBe('000')
        const free = (playback: Playback, words: Uint32Array) =>
          Array.from({ length: playback.machine.frames.count }, (_, frame) => frame).filter(
            (frame) => words[playback.machine.frames.kindCell(frame)] === 0,
          ).length
        expect(free(gone, endOf(gone).words) - free(gone, gone.tape.start)).toBe(1)
        expect(errors(run(kernel, `a${heap}d.r${heap}`, platform))).toEqual([4])
      }
    }
  })

  test('[ZP1] a page shared by fork stays with the other process', () => {
    const playback = run(v6_1, `f.a${heap}d.cr${heap}`)
    expect(toHex(entryAt(endOf(playback), 1, heap)).slice(-3)).toBe('865')
    expect(errors(playback)).toEqual([])
  })

  test('[MA1] kernels of 2015 know dontneed only', () => {
    for (const advice of ['f', 'p']) expect(flags(run(v4_0, `a${heap}${advice}`))).toBe('067')
  })

  test('[MA2] free takes A and D; under Xen it asks with the bit 8 that it read', () => {
    expect(flags(run(v6_1, `a${heap}f`))).toBe('807')
    const xen = run(v6_1, `a${heap}f`, xenPv)
    expect(flags(xen)).toBe('907')
    const asked = xen.tape.ticks.findIndex(({ step }) => step.name === 'map it clean and old')
    const { machine, words } = sceneAt(xen, asked + 1)
    expect((words[machine.cpus[0]!.next]! & 0xfff).toString(16)).toBe('907')
    expect(flags(run(v6_1, `a${heap}f.w${heap}`))).toBe('867')
  })

  test('[MA2] [MP4] a freed page is not dirty: a round trip through PROT_NONE leaves it read-only, and a write faults', () => {
    const playback = run(v6_1, `a${heap}f.m${heap}n.m${heap}w`)
    expect(flags(playback)).toBe('805')
    expect(errors(run(v6_1, `a${heap}f.m${heap}n.m${heap}w.w${heap}`))).toEqual([7])
  })

  test('[MA3] pageout makes the page old, then writes it to swap; shared pages and those of files stay', () => {
    const names = run(v6_1, `a${heap}p`).tape.ticks.map(({ step }) => step.name)
    expect(names.indexOf('map it old')).toBeGreaterThan(0)
    expect(names.indexOf('reclaim: try_to_unmap')).toBeGreaterThan(names.indexOf('map it old'))
    expect(errors(run(v6_1, `a${heap}p.r${heap}`))).toEqual([4])
    expect(flags(run(v6_1, `f.a${heap}p`))).toBe('865')
    expect(flags(run(v6_1, `a${PAGE.code}p`), PAGE.code)).toBe('025')
  })
})

test('[ZP2] [PF2] after munmap nothing is mapped: SIGSEGV, and the child has no mapping either', () => {
  for (const kernel of KERNELS) {
    for (const platform of PLATFORMS) {
      const playback = run(kernel, `u${heap}.r${heap}`, platform)
      expect(endOf(playback).outcome).toMatchObject({ name: 'sigsegv', faults: 1 })
      expect(playback.tape.ticks.some(({ step }) => step.name === 'SIGSEGV, no mapping')).toBe(true)
      expect(endOf(run(kernel, `u${heap}.f.cw${heap}`, platform)).outcome.name).toBe('sigsegv')
    }
  }
})

describe('clear_refs', () => {
  test('[CR2] 1 takes A wherever a struct page counts it, and a later access sets it again without a fault', () => {
    const cleared = run(v6_1, 'y1')
    expect(flags(cleared)).toBe('847')
    expect(flags(cleared, PAGE.zero)).toBe('225')
    expect(flags(cleared, PAGE.guard)).toBe('940')
  })

  test('[CR3] 6.1 leaves the TLB alone for 1, kernels of 2015 flush it', () => {
    const used = (kernel: Kernel): string => flags(run(kernel, `w${heap}.y1.r${heap}`)).slice(1)
    expect(used(v6_1)).toBe('47')
    expect(used(v4_0)).toBe('67')
  })

  test('[CR1] [CR2] 4 takes RW and SOFT_DIRTY and keeps A and D; the next write faults once and is noted', () => {
    for (const kernel of [v6_1, withSoftDirty(v4_0)]) {
      expect(flags(run(kernel, 'y4')), kernel.id).toBe('065')
      const written = run(kernel, `y4.w${heap}`)
      expect(flags(written), kernel.id).toBe('867')
      expect(errors(written), kernel.id).toEqual([7])
    }
    expect(flags(run(v4_0, 'y4'))).toBe('067')
  })

  test('[CR2] under Xen that fault of a private page is one more that the broken test never repairs', () => {
    const outcome = (kernel: Kernel) => endOf(run(withSoftDirty(kernel), `y4.w${heap}`, xenPv)).outcome.name
    expect([outcome(v3_20_rc0), outcome(v4_0), outcome(v6_1)]).toEqual(['endless', 'completed', 'completed'])
  })

  test('[CR2] [MP4] with tracking on, a round trip through PROT_NONE does not give RW back', () => {
    const playback = run(v6_1, `y4.m${heap}n.m${heap}w`)
    expect(flags(playback)).toBe('065')
    expect(errors(run(v6_1, `y4.m${heap}n.m${heap}w.w${heap}`))).toEqual([7])
  })

  test('[CR2] a swap entry loses its soft-dirty bit and keeps all else', () => {
    const [before, after] = [run(v6_1, `o${heap}`), run(v6_1, `o${heap}.y4`)]
    expect(flags(before)).toBe('a0a')
    expect(flags(after)).toBe('a08')
    expect(flags(run(v6_1, `o${heap}.y4.r${heap}`))).toBe('025')
  })
})
