import { expect, test } from 'vitest'
import { holds } from '../arch/predicate'
import { allSteps, stepById } from '../arch/step'
import { bareMetal } from '../kernel/bare-metal'
import type { KernelCx } from '../kernel/context'
import {
  KERNELS,
  v3_19,
  v3_20_rc0,
  v4_0,
  v4_0_rc1,
  v6_1,
  bisectCommit,
  withPaintedTest,
  type Kernel,
} from '../kernel/variants'
import { xenPv } from '../xen/pv'
import { hintQuestion } from './fault-sentences'
import type { Playback } from './replay'
import { play, samplePlaybacks } from './sample-runs'
import { sceneAt } from './scene'
import { SENTENCES, sentenceOf, stepTitle } from './sentence'

const stepNames = allSteps<KernelCx>().map(({ name }) => name)

test('every step has a sentence, and no sentence is for a step that is not there', () => {
  expect(Object.keys(SENTENCES).toSorted()).toEqual([...new Set(stepNames)].toSorted())
})

test('every sentence of every sample run is plain text with its numbers in place', () => {
  const spoken = new Set<string>()
  for (const { name, playback } of samplePlaybacks([v3_19, bisectCommit, v3_20_rc0, v6_1])) {
    playback.tape.ticks.forEach((tick, index) => {
      const { text } = sentenceOf(sceneAt(playback, index + 1))
      spoken.add(tick.step.name)
      const complaint = `${name}, tick ${index + 1}, ${tick.step.name}: ${text}`
      expect(text, complaint).toMatch(/^[A-Za-z0-9_].*\.$/)
      expect(text, complaint).not.toMatch(/undefined|NaN|null|object|0x-|\.\./)
      // Only a second thread can make Linux wait.
      if (!name.includes('tw4.th')) expect(text, complaint).not.toContain('waits')
      expect(text.split(' ').length, complaint).toBeLessThan(46)
    })
  }
  // `idle` is where an actor stands, never a tick.
  expect(stepNames.filter((name) => !spoken.has(name))).toEqual(['idle'])
}, 180_000)

/** The sentence of the last tick of a run whose step has this name. */
function said(playback: Playback, name: string, which: 'first' | 'last' = 'last'): string {
  const is = ({ step }: { step: { name: string } }): boolean => step.name === name
  const { ticks } = playback.tape
  const index = which === 'last' ? ticks.findLastIndex(is) : ticks.findIndex(is)
  return sentenceOf(sceneAt(playback, index + 1)).text
}

test('the question of 3.20-rc0 under Xen: what was asked, what was not, and that the answer is wrong', () => {
  expect(said(play('cow', v3_20_rc0, xenPv, 'w4'), 'hint?')).toBe(
    'pte_protnone asks flags & PROTNONE. Bit 8 is 1: yes. PRESENT was not asked. Wrong: PRESENT is 1, so bit 8 means GLOBAL.',
  )
  expect(said(play('cow', v4_0_rc1, xenPv, 'w4'), 'hint?')).toBe(
    'pte_protnone asks (flags & (PROTNONE | PRESENT)) == PROTNONE. Bit 8 is 1, PRESENT is 1: no. Right: PRESENT is 1, so bit 8 means GLOBAL.',
  )
  expect(said(play('hint', v3_19, xenPv, 'w3'), 'hint?')).toContain(
    'Wrong: bit 9 is the mark, and bit 8 only a leftover.',
  )
})

test('an answer is called right exactly where the entry is marked and has PRESENT clear', () => {
  const kernels: Kernel[] = [...KERNELS, ...Array.from({ length: 16 }, (_, yes) => withPaintedTest(yes))]
  for (const kernel of kernels) {
    for (const lo of [0x0, 0x1, 0x100, 0x101, 0x200, 0x201, 0x300, 0x301]) {
      const verdict = holds(kernel.hint, lo)
      const isHint = (lo & 1) === 0 && (lo & (kernel === v3_19 ? 0x200 : 0x100)) !== 0
      const text = hintQuestion(kernel, lo, verdict)
      expect(text, `${kernel.id} ${lo.toString(16)}`).toContain(verdict === isHint ? ' Right: ' : ' Wrong: ')
      expect(text.includes('PRESENT is 1'), `${kernel.id} ${lo.toString(16)} ${text}`).toBe((lo & 1) === 1)
    }
  }
})

test('do_numa_page: what it restores, and that it never asks for the kind of access', () => {
  expect(said(play('hint', v3_20_rc0, bareMetal, 'w3'), 'do_numa_page')).toContain('RW stays 0')
  expect(said(play('hint', v4_0, bareMetal, 'w3'), 'do_numa_page')).toContain('keeps RW')
})

test('do_numa_page: RW that was there is lost, not left at 0', () => {
  const made = play('touch', v3_20_rc0, bareMetal, 'k4-12349162.w4')
  expect(said(made, 'do_numa_page')).toMatch(/and RW is lost\.$/)
})

test('after a change of process the TLB of the other one is not spoken of', () => {
  const playback = play('cow', v4_0_rc1, xenPv, 'cw4.w4')
  const begins = playback.tape.begins.at(-1)!
  expect(sentenceOf(sceneAt(playback, begins + 1)).text).toBe(
    'The parent writes to heap 2. The TLB does not hold the page.',
  )
})

test('a scan or mprotect that changed nothing does not claim a flush', () => {
  const flush = 'flush_tlb_range, hint'
  expect(said(play('touch', v3_20_rc0, xenPv, 's3'), flush)).toBe('The pass is over. No entry was changed.')
  expect(said(play('touch', v4_0_rc1, xenPv, 's3'), flush)).toContain('so that the marks take effect')
  expect(said(play('touch', v4_0_rc1, xenPv, 'm4n'), 'flush_tlb_range')).toContain('Nothing was changed.')
})

test('a SPECIAL page is copied because nobody counts it, whatever its frame', () => {
  const playback = play('touch', v4_0_rc1, bareMetal, 'k4-8000000012349225.w4')
  expect(said(playback, 'do_wp_page')).toBe('SPECIAL: no struct page counts this page, so Linux makes a copy.')
})

test('the endless fault closes with its fixed point', () => {
  expect(said(play('cow', v3_20_rc0, xenPv, 'w4'), '#PF')).toBe(
    'Fault 2 finds the very state that fault 1 found: nothing has changed, so nothing ever will. Each time round, Linux asks for …065 and Xen stores …165.',
  )
  expect(said(play('hint', v3_19, xenPv, 'w3'), '#PF')).toContain('No step stores anything; the entry stays …366.')
})

test('the BUG of 8a0516ed says that bit 9 had another meaning', () => {
  expect(said(play('zero', bisectCommit, xenPv, 'w5'), 'BUG')).toContain('here bit 9 meant SPECIAL')
})

test('the scanner of 3.20-rc0 under Xen passes over a page that only looks hinted', () => {
  const scene = play('hint', v3_20_rc0, xenPv, '')
  expect(said(scene, 'change_pte_range, hint', 'first')).toContain('takes it for hinted; passed over. It is not')
})

test('Xen adds bit 8 between what Linux asked and what memory holds', () => {
  const playback = play('touch', v4_0_rc1, xenPv, 'w4')
  expect(said(playback, 'adjust_guest_l1e')).toContain('Xen adds bit 8, GLOBAL: …067 becomes …167')
  expect(said(playback, 'Xen stores')).toBe('Linux asked for 8000000062345067. Memory now holds 8000000062345167.')
})

test('where the scenario begins the sentence says what to look for, and not a step later', () => {
  const playback = play('cow', v4_0_rc1, xenPv, 'w4')
  const { opening, tape } = playback
  const say = (cursor: number) => sentenceOf(sceneAt(playback, cursor), { look: 'Look here.', opening }).text
  const begins = tape.begins[opening]!
  expect([say(0), say(begins)]).toEqual(['Look here.', 'Look here.'])
  expect(say(begins + 1)).toContain('writes to')
  expect(say(begins - 1)).not.toBe('Look here.')
})

test('only the questions on the fault path are named after its kernel', () => {
  const named = stepNames.filter((_, id) => stepTitle(stepById(id), v3_19) !== stepById(id).name)
  expect(named.toSorted()).toEqual(['hint?', 'huge hint?'])
  expect([v3_19, v4_0].map((kernel) => stepTitle({ name: 'hint?' }, kernel))).toEqual(['pte_numa?', 'pte_protnone?'])
})
