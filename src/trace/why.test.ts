import { expect, test } from 'vitest'
import { bareMetal } from '../kernel/bare-metal'
import { v3_19, v3_20_rc0, v4_0 } from '../kernel/variants'
import { PAGE } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import type { Playback } from './replay'
import { play } from './sample-runs'
import { sceneAt } from './scene'
import { whyBit } from './why'

const why = (playback: Playback, page: number, bit: number) =>
  whyBit(sceneAt(playback, playback.tape.ticks.length), 0, page, bit)

test('bit 8 of a present entry under Xen is Xen’s, the rest of the same store is Linux’s', () => {
  const playback = play('touch', v4_0, xenPv, 'w4')
  expect(why(playback, 4, 8)).toMatchObject({ actor: 'Xen', step: 'adjust_guest_l1e' })
  expect(why(playback, 4, 1)).toMatchObject({ actor: 'Linux', step: 'do_anonymous_page' })
})

test('in the endless fault Xen adds bit 8 anew each time; RW was taken by fork and only stored again since', () => {
  const playback = play('cow', v3_20_rc0, xenPv, 'w4')
  const bit8 = why(playback, PAGE.shared, 8)
  expect(bit8).toMatchObject({ actor: 'Xen', step: 'adjust_guest_l1e' })
  expect(bit8.tick).toBeGreaterThan(playback.tape.begins[playback.opening]!)
  const rw = why(playback, PAGE.shared, 1)
  expect(rw).toMatchObject({ actor: 'Linux', step: 'copy_one_pte' })
  expect(rw.text).toContain('Linux stored it again unchanged: do_numa_page')
  expect(why(playback, PAGE.shared, 0).readText).toContain('pte_protnone? does not ask it.')
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
  expect(whyBit(scene, 0, PAGE.heap, 0).readTick).toBe(walk)
  expect(whyBit(scene, 0, PAGE.heap, 1).readTick).not.toBe(walk)
})
