import { expect, test } from 'vitest'
import { bareMetal } from '../kernel/bare-metal'
import { v3_20_rc0, v4_0_rc1 } from '../kernel/variants'
import { PAGE } from '../machine/scenarios/small-process'
import { xenPv } from '../xen/pv'
import { asText } from './as-text'
import { play } from './sample-runs'

test.each([
  ['cow-3.20-rc0-xen', play('cow', v3_20_rc0, xenPv, 'w4'), PAGE.shared],
  ['cow-4.0-rc1-xen', play('cow', v4_0_rc1, xenPv, 'w4'), PAGE.shared],
  ['hint-3.20-rc0-bare', play('hint', v3_20_rc0, bareMetal, 'w3'), PAGE.heap],
])('%s reads as it did', async (name, playback, page) => {
  const begins = name.startsWith('cow') ? playback.tape.begins[playback.opening]! : 0
  await expect(asText(playback, 0, page, begins)).toMatchFileSnapshot(`as-text/${name}.txt`)
})

test('a line for every tick, and the outcome at the end', () => {
  const playback = play('cow', v3_20_rc0, xenPv, 'w4')
  const lines = asText(playback, 0, PAGE.shared).trimEnd().split('\n')
  expect(lines).toHaveLength(2 + 3 * playback.tape.ticks.length)
  expect(lines.at(-1)).toBe('endless, faults: 1')
})
