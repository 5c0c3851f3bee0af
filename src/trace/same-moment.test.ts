import { expect, test } from 'vitest'
import { bareMetal } from '../kernel/bare-metal'
import { v3_20_rc0 } from '../kernel/variants'
import { scenarioById } from '../machine/scenario'
import { xenPv } from '../xen/pv'
import { decodeRun } from './codec'
import { replay } from './replay'
import { sameMoment } from './same-moment'

const scenario = scenarioById('cow')!
const { choices } = decodeRun('w4.f.w4.r7.s3')
const tapeOn = (platform: typeof xenPv) => replay(scenario, { kernel: v3_20_rc0, platform, numa: 'on' }, choices).tape
const [bare, xen] = [tapeOn(bareMetal), tapeOn(xenPv)]

test('the same tape stands at the same moment', () => {
  for (let cursor = 0; cursor <= xen.ticks.length; cursor++) expect(sameMoment(xen, cursor, xen)).toBe(cursor)
})

test('where a choice is over here it is over there, and where it is not it is not begun further', () => {
  expect(bare.ticks.length).not.toBe(xen.ticks.length)
  for (let cursor = 0; cursor <= xen.ticks.length; cursor++) {
    const there = sameMoment(xen, cursor, bare)
    const done = (tape: typeof xen, at: number) => tape.begins.filter((begin) => begin !== null && begin < at).length
    expect(done(bare, there)).toBe(done(xen, cursor))
  }
  expect(sameMoment(xen, xen.ticks.length, bare)).toBe(bare.ticks.length)
})
