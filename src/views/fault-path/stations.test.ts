import { describe, expect, test } from 'vitest'
import { allSteps } from '../../arch/step'
import { bareMetal } from '../../kernel/bare-metal'
import type { KernelCx } from '../../kernel/context'
import { KERNELS, v3_20_rc0 } from '../../kernel/variants'
import { SCENARIOS, scenarioById } from '../../machine/scenario'
import { replay } from '../../trace/replay'
import { sceneAt } from '../../trace/scene'
import { xenPv } from '../../xen/pv'
import { cornersOf, layOut, pathOf } from './geometry'
import { declaredRails, journeyOf, type RailId } from './journey'
import { stationOf, STATIONS } from './stations'

const SIZES = [
  [1920, 776, 1148],
  [1440, 578, 860],
] as const

describe('the picture of the fault path', () => {
  test('every step there is has a station, and every station names steps that exist', () => {
    const steps = allSteps<KernelCx>()
    expect(steps.length).toBeGreaterThan(30)
    expect(steps.filter((step) => stationOf(step, 0) === null).map(({ name }) => name)).toEqual([])
    const known = new Set(steps.map(({ name }) => name))
    expect(STATIONS.flatMap(({ steps: names }) => names).filter((name) => !known.has(name))).toEqual([])
  })

  test.each([bareMetal, xenPv])('every rail that the rules declare on $name can be drawn at each size', (platform) => {
    const { machine } = replay(SCENARIOS[0]!, { kernel: v3_20_rc0, platform, numa: 'on' }, [])
    const rails = [...declaredRails(machine)]
    expect(rails.length).toBeGreaterThan(30)
    for (const [width, height, left] of SIZES) {
      const geometry = layOut(width, height, left)
      for (const rail of rails) {
        const corners = cornersOf(rail, geometry)
        expect(corners.length, rail).toBeGreaterThanOrEqual(2)
        expect(pathOf(corners), rail).not.toMatch(/NaN|undefined/)
        for (const { x, y } of corners) {
          expect(x >= 0 && x <= width && y >= 0 && y <= height, `${rail} leaves the stage`).toBe(true)
        }
      }
    }
  })

  test('every rail that a run travels on the fault path was declared', () => {
    const travelled = new Set<string>()
    for (const scenario of SCENARIOS)
      for (const platform of [bareMetal, xenPv])
        for (const kernel of KERNELS)
          for (const access of ['read', 'write', 'exec'] as const) {
            const setting = { kernel, platform, numa: 'on' } as const
            const playback = replay(scenario, setting, [
              ...scenario.opening,
              { do: 'access', process: 0, page: scenario.page, access },
            ])
            const declared = declaredRails(playback.machine)
            const journey = journeyOf(sceneAt(playback, playback.tape.ticks.length))
            for (const rail of journey.travelled) {
              travelled.add(rail)
              expect(declared.has(rail), `${rail} in ${scenario.id}, ${kernel.id}, ${platform.id}`).toBe(true)
            }
          }
    expect(travelled.has('hint>numa') && travelled.has('copy>clear') && travelled.has('count>bug')).toBe(true)
  })

  test('the loop is drawn only once the state has come back, and it goes through the hinting branch', () => {
    const scenario = scenarioById('cow')!
    const playback = replay(scenario, { kernel: v3_20_rc0, platform: xenPv, numa: 'on' }, [
      ...scenario.opening,
      { do: 'access', process: 0, page: scenario.page, access: 'write' },
    ])
    const length = playback.tape.ticks.length
    expect(journeyOf(sceneAt(playback, length - 1)).loop.size).toBe(0)
    const { loop } = journeyOf(sceneAt(playback, length))
    const through: RailId[] = ['hint>numa', 'return>access', 'walk>fault']
    expect(through.every((rail) => loop.has(rail))).toBe(true)
    expect(loop.has('hint>same')).toBe(false)
  })
})
