import { expect, test } from 'vitest'
import { fromHex } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import { v3_20_rc0, v4_0 } from '../kernel/variants'
import { PAGE } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import { pageRow, pageRows } from './page-row'
import { remarksOn, switchReply, switchState } from './remarks'
import type { Playback } from './replay'
import { play } from './sample-runs'
import { sceneAt } from './scene'

const end = (playback: Playback) => sceneAt(playback, playback.tape.ticks.length)
const remarks = (run: string, page: number) =>
  remarksOn(end(play('touch', v3_20_rc0, xenPv, run)), 0, page)
    .map(({ text }) => text)
    .join('\n')

test('each page says what is special about it', () => {
  const states = pageRows(end(play('cow', v4_0, xenPv, '')), 0).map(({ state }) => state)
  const [file, shared] = ['file page', 'shared by fork']
  expect(states).toEqual([
    file,
    shared,
    shared,
    shared,
    shared,
    'zero page',
    'swapped out',
    file,
    'guard',
    'untouched',
    shared,
  ])
  expect(pageRow(end(play('hint', v4_0, xenPv, '')), 0, PAGE.heap).state).toBe('hinted')
})

test('the frame is the machine’s while PRESENT is 1 under Xen, Linux’s own otherwise', () => {
  const row = (run: string) => pageRow(end(play('touch', v4_0, xenPv, run)), 0, PAGE.heap)
  expect(row('')).toMatchObject({ frameLabel: 'MFN', frameText: '62349', xenBits: [8] })
  expect(row('s3')).toMatchObject({ frameLabel: 'PFN', frameText: '12349', xenBits: [], kind: 'entry' })
  expect(row('o3')).toMatchObject({ frameLabel: 'swap', kind: 'swap' })
  expect(pageRow(end(play('touch', v4_0, bareMetal, '')), 0, PAGE.heap)).toMatchObject({
    frameLabel: 'PFN',
    xenBits: [],
  })
})

test('bit 8 set by hand is not Xen’s until Xen has stored the word', () => {
  const row = (run: string) => pageRow(end(play('touch', v4_0, xenPv, run)), 0, PAGE.heap)
  expect(row('b3-8.b3-8').xenBits).toEqual([])
  expect(row('b3-8.b3-8').changedBits).toEqual([8])
  expect(row('b3-8.b3-8.p3').xenBits).toEqual([8])
  expect(row('b3-5').xenBits).toEqual([8])
})

test('remarks name what a hand edit leads to', () => {
  expect(remarks('', PAGE.heap)).toBe('')
  expect(remarks('b3-0', PAGE.heap)).toContain("still Xen's machine frame")
  expect(remarks('b3-8', PAGE.heap)).toContain('Xen never saw this word')
  expect(remarks('b3-46', PAGE.heap)).toContain('reserved')
  expect(remarks('b3-40', PAGE.heap)).toContain('outside the modelled memory')
  expect(remarks('k3-67.p3', PAGE.heap)).toContain('Xen refused')
  expect(remarks('k4-1234', 4)).toContain('takes this word for a swap entry')
  expect(remarks('', PAGE.guard)).toContain('a guard set by mprotect')
  expect(remarks('', PAGE.swapped)).toContain('A swap entry')
})

test('three switches, two bits', () => {
  const press = (word: string, name: 'PRESENT' | 'GLOBAL' | 'PROTNONE') => switchReply(fromHex(word)!, name)
  expect(switchState(fromHex('165')!)).toEqual({ present: true, global: true, protnone: false })
  expect(switchState(fromHex('164')!)).toEqual({ present: false, global: false, protnone: true })
  expect(press('065', 'PROTNONE').flips).toEqual([8, 0])
  expect(press('165', 'PROTNONE').flips).toEqual([0])
  expect(press('164', 'PROTNONE')).toMatchObject({ flips: [8], text: expect.stringContaining('swap entry') })
  expect(press('100', 'PROTNONE').text).toContain('untouched')
  expect(press('064', 'GLOBAL')).toMatchObject({ flips: [8], text: expect.stringContaining('PROTNONE, not GLOBAL') })
  expect(press('165', 'PRESENT')).toMatchObject({ flips: [0], text: expect.stringContaining('PROTNONE') })
})
