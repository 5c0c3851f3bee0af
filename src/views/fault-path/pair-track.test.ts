import { expect, test } from 'vitest'
import { KERNELS } from '../../kernel/variants'
import { SCENARIOS } from '../../machine/scenario'
import { replay } from '../../trace/replay'
import { PLATFORMS } from '../../trace/sample-runs'
import { sceneAt } from '../../trace/scene'
import { beside, cornersOf, layOut, type Point } from './geometry'
import { markAt, pairTracks, platePlace, plateWay } from './pair-track'

const SIZES = [
  [778, 690],
  [568, 560],
  [992, 560],
] as const

/** A write to the page of each scenario, at its end, on every kernel and machine. */
const worlds = SCENARIOS.map((scenario) =>
  KERNELS.flatMap((kernel) =>
    PLATFORMS.map((platform) => {
      const access = { do: 'access', process: 0, page: scenario.page, access: 'write' } as const
      const scene = sceneAt(replay(scenario, { kernel, platform, numa: 'on' }, [...scenario.opening, access]), Infinity)
      return { now: scene, end: scene }
    }),
  ),
)

/** Every two worlds of one scenario. */
const PAIRS = worlds.flatMap((each) => each.flatMap((a, index) => each.slice(index + 1).map((b) => [a, b] as const)))

test.each(SIZES)('the tracks of every two worlds stay on a picture of %d × %d', (width, height) => {
  const base = layOut(width, height, 14, 'two')
  const isInside = ({ x, y }: Point) => x >= 0 && x <= width && y >= 0 && y <= height
  for (const [a, b] of PAIRS) {
    for (const { whole, geometry, shiftOf } of pairTracks(a, b, base)) {
      for (const rail of whole.travelled) {
        const corners = beside(cornersOf(rail, geometry), shiftOf(rail))
        expect(corners.every(isInside), `${rail}: ${JSON.stringify(corners)}`).toBe(true)
      }
    }
  }
})

test('where both worlds are met the tracks run beside each other, and the mark reaches over both', () => {
  const base = layOut(778, 690, 14, 'two')
  for (const [a, b] of PAIRS) {
    const tracks = pairTracks(a, b, base)
    for (const id of tracks[0].whole.passed) {
      if (id === 'hint' || !tracks[1].meets(id)) continue
      const [one, other] = [platePlace(tracks[0], id), platePlace(tracks[1], id)]
      expect(one, id).not.toEqual(other)
      const { at, stretch } = markAt(tracks, id)
      for (const { x, y } of [one, other]) {
        expect(Math.abs(x - at.x)).toBeLessThanOrEqual(stretch.x)
        expect(Math.abs(y - at.y)).toBeLessThanOrEqual(stretch.y)
      }
    }
  }
})

test('a plate goes along its own track, from the station it was at to where it rests', () => {
  const base = layOut(778, 690, 14, 'two')
  const tracks = pairTracks(...PAIRS[0]!, base)
  for (const track of tracks) {
    const { x, y } = platePlace(track, 'fault')
    expect(plateWay(track, 'walk', 'fault')).toContain(`L${x} ${y}`)
  }
})
