import { describe, expect, test } from 'vitest'
import { bareMetal } from '../../kernel/bare-metal'
import { KERNELS, v3_20_rc0, v4_0_rc1 } from '../../kernel/variants'
import { SCENARIOS, scenarioById } from '../../machine/scenario'
import { replay } from '../../trace/replay'
import { sceneAt } from '../../trace/scene'
import { xenPv } from '../../xen/pv'
import { pathInWords } from './fault-path'
import { cornersOf } from './geometry'
import { declaredRails, journeyOf } from './journey'
import { isShortRail, layOutShort, SHORT_ROWS, type ShortPlan } from './short-geometry'
import { shortRowView } from './short-words'
import { STATIONS } from './stations'

const PLANS: readonly Omit<ShortPlan, 'xen'>[] = [
  { width: 358, height: 358, spine: 60, back: 'left', size: 48, head: 0 },
  { width: 288, height: 358, spine: 60, back: 'left', size: 48, head: 0 },
  { width: 1024, height: 478, spine: 736, back: 'right', size: 84, head: 112 },
  { width: 900, height: 478, spine: 664, back: 'right', size: 122, head: 112 },
]
const MACHINES = [bareMetal, xenPv]

const played = (id: string, kernel: (typeof KERNELS)[number], platform: (typeof MACHINES)[number]) => {
  const scenario = scenarioById(id)!
  const playback = replay(scenario, { kernel, platform, numa: 'on' }, [
    ...scenario.opening,
    { do: 'access', process: 0, page: scenario.page, access: 'write' },
  ])
  return sceneAt(playback, playback.tape.ticks.length)
}

describe('the short path', () => {
  test('every station of the long path has a row, and only one', () => {
    const placed = SHORT_ROWS.flatMap(({ stations }) => stations)
    expect(placed.toSorted()).toEqual(
      STATIONS.map(({ id }) => id)
        .filter((id) => id !== 'elsewhere')
        .toSorted(),
    )
  })

  test.each(PLANS)('at $width × $height every rail stays on the stage, and rows stand apart', (plan) => {
    for (const platform of MACHINES) {
      const xen = platform.id === 'xen'
      const geometry = layOutShort({ ...plan, xen })
      const { machine } = replay(SCENARIOS[0]!, { kernel: v3_20_rc0, platform, numa: 'on' }, [])
      const rails = [...declaredRails(machine)].filter((rail) => isShortRail(rail, geometry))
      expect(rails.length).toBeGreaterThan(20)
      for (const rail of rails)
        for (const { x, y } of cornersOf(rail, geometry))
          expect(x >= 0 && x <= plan.width && y >= 0 && y <= plan.height, `${rail} leaves the stage`).toBe(true)
      const heights = SHORT_ROWS.filter(({ stations }) => xen || stations[0] !== 'bounce').map(
        ({ stations }) => geometry.places[stations.at(-1)!].y,
      )
      for (const [index, y] of heights.slice(1).entries()) expect(y - heights[index]!).toBeGreaterThanOrEqual(20)
    }
  })

  test('what a run has travelled is drawn: a way from the fault to the end, whatever happens between', () => {
    const geometry = layOutShort({ ...PLANS[0]!, xen: true })
    for (const { id } of SCENARIOS)
      for (const platform of MACHINES)
        for (const kernel of KERNELS) {
          const { travelled, loop } = journeyOf(played(id, kernel, platform))
          const shown = [...travelled].filter((rail) => isShortRail(rail, geometry))
          if (travelled.has('walk>fault')) expect(shown.length, `${id} ${kernel.id}`).toBeGreaterThanOrEqual(2)
          if (loop.size > 0) expect(shown).toContain('return>access')
        }
  })

  test('a kill that ends a loop is drawn, from where it was waited for', () => {
    const scenario = scenarioById('cow')!
    const write = { do: 'access', process: 0, page: scenario.page, access: 'write' } as const
    const { tape, ...playback } = replay(scenario, { kernel: v3_20_rc0, platform: xenPv, numa: 'on' }, [
      ...scenario.opening,
      write,
      { do: 'kill', process: 0 },
    ])
    const scene = sceneAt({ tape, ...playback }, tape.ticks.length)
    const { at, travelled } = journeyOf(scene)
    expect(at).toBe('signal')
    const geometry = layOutShort({ ...PLANS[0]!, xen: true })
    const last = [...travelled].at(-1)!
    expect(last).toMatch(/>signal$/)
    expect(isShortRail(last, geometry)).toBe(true)
    const row = SHORT_ROWS.find(({ stations }) => stations.includes('signal'))!
    const words = { scene, chosen: 'write', predicate: v3_20_rc0.hint, word: 0, answersAtSwitch: true } as const
    expect(shortRowView(row, { ...words, journey: journeyOf(scene) }).text).toBe('SIGKILL')
    expect(pathInWords(scene, journeyOf(scene))).toContain('SIGKILL')
  })

  test('a segmentation fault is one', () => {
    const scene = played('guard', v3_20_rc0, xenPv)
    expect(pathInWords(scene, journeyOf(scene))).toContain('SIGSEGV')
  })

  test('before anything has happened it begins where who makes the access begins', () => {
    const { scenario, ...setting } = {
      scenario: scenarioById('pin')!,
      kernel: v3_20_rc0,
      platform: xenPv,
      numa: 'on',
    } as const
    const scene = sceneAt(replay(scenario, setting, scenario.opening), Infinity)
    const shared = {
      scene,
      journey: journeyOf(scene),
      predicate: v3_20_rc0.hint,
      word: 0,
      answersAtSwitch: true,
    } as const
    const begins = (chosen: 'read' | 'write', by?: 'kernel' | 'pin') =>
      shortRowView(SHORT_ROWS[0]!, { ...shared, chosen, by }).text
    expect([begins('write'), begins('write', 'pin'), begins('write', 'kernel'), begins('read', 'kernel')]).toEqual([
      'mov %al,(%rdi)',
      'get_user_pages',
      'copy_to_user',
      'copy_from_user',
    ])
  })

  test('its words are the answers of the kernel: yes at the switch where it loops, no where it is fixed', () => {
    const words = (kernel: typeof v3_20_rc0) => {
      const scene = played('cow', kernel, xenPv)
      const predicate = scene.machine.kernel.hint
      const shared = { scene, journey: journeyOf(scene), chosen: 'write', predicate, word: 0x165 } as const
      return SHORT_ROWS.map((row) => shortRowView(row, { ...shared, answersAtSwitch: false }).text)
    }
    expect(words(v3_20_rc0)).toContain('pte_protnone?  yes')
    expect(words(v3_20_rc0)).toContain('Xen stores: …5165')
    expect(words(v4_0_rc1)).toContain('pte_protnone?  no')
    expect(words(v4_0_rc1)).toContain('Xen stores: …6167')
  })
})
