import { expect, test } from 'vitest'
import { bareMetal } from '../kernel/bare-metal'
import { v3_19, v3_20_rc0, v4_0, v6_1, type Kernel } from '../kernel/variants'
import { PAGE } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import type { Playback } from './replay'
import { play } from './sample-runs'
import { sceneAt } from './scene'
import { bitsReadNow, readersOf } from './bit-readers'
import { whyBit } from './why'

const why = (playback: Playback, page: number, bit: number) =>
  whyBit(sceneAt(playback, playback.tape.ticks.length), 0, page, bit)

test('bit 8 of a present entry under Xen is Xen’s, the rest of the same store is Linux’s', () => {
  const playback = play('touch', v4_0, xenPv, 'w4')
  expect(why(playback, 4, 8)).toMatchObject({ actor: 'Xen', step: { name: 'adjust_guest_l1e' } })
  expect(why(playback, 4, 1)).toMatchObject({ actor: 'Linux', step: { name: 'do_anonymous_page' } })
})

test('in the endless fault Xen adds bit 8 anew each time; RW was taken by fork and only stored again since', () => {
  const playback = play('cow', v3_20_rc0, xenPv, 'w4')
  const bit8 = why(playback, PAGE.shared, 8)
  expect(bit8).toMatchObject({ actor: 'Xen', step: { name: 'adjust_guest_l1e' } })
  expect(bit8.tick).toBeGreaterThan(playback.tape.begins[playback.opening]!)
  const rw = why(playback, PAGE.shared, 1)
  expect(rw).toMatchObject({ actor: 'Linux', step: { name: 'copy_one_pte' } })
  expect(rw.text).toContain('Linux stored it again unchanged: do_numa_page')
  expect(why(playback, PAGE.shared, 0).notAsked).toContain('pte_protnone? does not ask it.')
})

test('a hint’s bit 8 is Linux’s PROTNONE even if Xen had set it as GLOBAL; the leftover of 3.19 stays Xen’s', () => {
  expect(why(play('hint', v4_0, xenPv, ''), PAGE.heap, 8)).toMatchObject({ actor: 'Linux', tick: 1 })
  const leftover = why(play('hint', v3_19, xenPv, ''), PAGE.heap, 8)
  expect(leftover.actor).toBe('Xen')
  expect(leftover.tick).toBeLessThan(0)
})

test('DIRTY set by the CPU is the CPU’s; a flip is yours; a bit nobody touched is nobody’s', () => {
  expect(why(play('touch', v4_0, bareMetal, 'w4.b4-6.b4-1'), 4, 6)).toMatchObject({ actor: 'you' })
  expect(why(play('touch', v4_0, bareMetal, 'r4'), 4, 6).actor).toBe('nobody')
  expect(why(play('touch', v4_0, bareMetal, 'w4.m4n.m4w.b4-6.b4-1.w4'), 4, 6)).toMatchObject({ actor: 'CPU' })
})

test('a walk that met PRESENT 0 read no other bit', () => {
  const playback = play('hint', v3_20_rc0, bareMetal, 'w3')
  const walk = playback.tape.ticks.findIndex(({ step }) => step.name === 'page walk')
  const scene = sceneAt(playback, walk + 1)
  expect(whyBit(scene, 0, PAGE.heap, 0).readers.last?.at).toBe(walk)
  expect(whyBit(scene, 0, PAGE.heap, 1).readers.last?.at).not.toBe(walk)
})

test('the child’s bit 8 is a copy of the parent’s, and why tells who wrote it there', () => {
  const playback = play('touch', v4_0, xenPv, 'w4.f')
  const { text, step } = whyBit(sceneAt(playback, playback.tape.ticks.length), 1, 4, 8)
  expect(step?.name).toBe('copy_one_pte')
  expect(text).toContain('copied from the parent’s entry by fork')
  expect(text).toContain('There Xen added it in adjust_guest_l1e')
  expect(whyBit(sceneAt(playback, playback.tape.ticks.length), 1, 4, 1).text).not.toContain('copied')
})

test('fork reads the parent’s entry, and mprotect the page it is about', () => {
  const readerOf = (run: string, process: number, bit: number, kernel: Kernel = v4_0) => {
    const playback = play('touch', kernel, xenPv, run)
    return whyBit(sceneAt(playback, playback.tape.ticks.length), process, 4, bit).readers.last?.tick.step.name
  }
  expect(readerOf('w4.f', 0, 9)).toBe('copy_one_pte')
  expect(readerOf('w4.f', 0, 8)).toBe('copy_one_pte')
  // Up to 4.0 fork takes RW without a look at it.
  expect(readerOf('w4.f', 0, 1)).toBe('page walk')
  expect(readerOf('w4.f', 0, 1, v6_1)).toBe('copy_one_pte')
  expect(readerOf('w4.f.q', 0, 8)).toBe('copy_one_pte')
  // Another page's copy is no look at this one, nor is a child's access.
  expect(readerOf('w4.m5n', 0, 8)).not.toBe('change_pte_range')
  expect(readerOf('w4.m4n', 0, 8)).toBe('change_pte_range')
  expect(readerOf('w4.f.cr4', 0, 8)).toBe('copy_one_pte')
})

test('the end of the tape has no next reader', () => {
  const playback = play('touch', v4_0, bareMetal, 'w4')
  expect(whyBit(sceneAt(playback, 0), 0, 4, 0).readers.next?.tick.step.name).toBe('page walk')
  expect(why(playback, 4, 0).readers.next).toBeNull()
})

test('the next reader is the first later tick that is the reader of its own moment, from every place of every run', () => {
  const runs = [
    play('cow', v3_20_rc0, xenPv, 'w4'),
    play('hint', v3_19, bareMetal, 'w3'),
    play('touch', v4_0, xenPv, 'w4.f.cw4'),
  ]
  for (const playback of runs) {
    const scenes = Array.from({ length: playback.tape.ticks.length + 1 }, (_, cursor) => sceneAt(playback, cursor))
    for (const [process, page, bit] of [
      [0, 3, 8],
      [0, 4, 0],
      [0, 4, 1],
      [1, 4, 0],
    ] as const) {
      const at = scenes.map((scene) => whyBit(scene, process, page, bit).readers)
      const asking = scenes.flatMap(({ tick }, cursor) => (tick && at[cursor]!.now ? [cursor - 1] : []))
      for (const [cursor, { next, last }] of at.entries()) {
        expect(next?.at).toBe(asking.find((tick) => tick >= cursor))
        if (last && last.at >= 0) expect(last.at).toBe(asking.findLast((tick) => tick < cursor))
      }
    }
    const questioned = playback.tape.ticks.flatMap(({ step }, at) => (step.name === 'page walk' ? [at] : []))
    for (const tick of questioned) {
      const { page, process } = playback.tape.choices[playback.tape.ticks[tick]!.choice] as {
        page: number
        process: number
      }
      expect(whyBit(sceneAt(playback, tick), process, page, 0).readers.next?.at).toBe(tick)
    }
  }
})

test('the bits that a step reads are those that it is named for as their reader', () => {
  let read = 0
  for (const platform of [bareMetal, xenPv])
    for (const run of ['w3', 'f.w4', 's3.r3.m3n.m3w.w3']) {
      const playback = play('cow', v3_20_rc0, platform, run)
      for (let cursor = 0; cursor <= playback.tape.ticks.length; cursor++) {
        const scene = sceneAt(playback, cursor)
        for (const page of [PAGE.heap, PAGE.shared]) {
          const bits = bitsReadNow(scene, 0, page)
          const named = Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => readersOf(scene, 0, page, bit).now)
          expect(bits, `${platform.id} ${run} ${cursor} ${page}`).toEqual(named)
          read += bits.length
        }
      }
    }
  expect(read).toBeGreaterThan(100)
})
