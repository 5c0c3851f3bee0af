import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ACCESSES } from '../arch/error-code'
import { has, RW, toHex } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import type { Platform } from '../kernel/context'
import { KERNELS, v3_20_rc0, v4_0_rc1, withPaintedTest, withSoftDirty, type Kernel } from '../kernel/variants'
import { leafOf, Machine } from '../machine/machine'
import { outcomeAt } from '../trace/outcome'
import { kernelOf, replay, type Setting } from '../trace/replay'
import { sceneAt } from '../trace/scene'
import { record, wordsAt } from '../trace/tape'
import { xenPv } from '../xen/pv'
import { readCapture } from './capture-reader'
import { captureScenario, type CaptureScenario } from './capture-scenario'
import { capturedPages } from './captured-page'
import { RECORDINGS } from './recordings'
import text from './recordings.txt?raw'

const packed = readCapture(text)
if (!packed.ok) throw new Error(packed.message)
const scenarios = RECORDINGS.map((recording) =>
  captureScenario(
    packed.captures.find(({ name }) => name === recording.name)!,
    recording,
  ),
)
const scenarioOf = (id: string): CaptureScenario => scenarios.find((scenario) => scenario.id === id)!
const SCENARIOS = { xen: scenarioOf('capture-xen'), bare: scenarioOf('capture-bare') }
const IDS = ['xen', 'bare'] as const
const PLATFORMS: readonly Platform[] = [bareMetal, xenPv]

const settingOf = (kernel: Kernel, platform: Platform): Setting => ({ kernel, platform, numa: 'on' })

function write(scenario: CaptureScenario, page: number, setting: Setting) {
  const playback = replay(scenario, setting, [{ do: 'access', process: 0, page, access: 'write' }])
  const scene = sceneAt(playback, playback.tape.ticks.length)
  const names = playback.tape.ticks.map(({ step }) => step.name)
  return { outcome: scene.outcome, names, machine: playback.machine, words: scene.words }
}

describe('a write to a recorded copy-on-write page', () => {
  const { xen, bare } = SCENARIOS

  it('starts at a page that a fork really shared: label, map count 2, no RW', () => {
    for (const id of IDS) {
      const scenario = SCENARIOS[id]
      const leaf = capturedPages(scenario.capture).pages[scenario.page]!
      expect(leaf).toMatchObject({ label: 'fork-shared-cow', mapcount: 2, kind: 'present' })
      expect(has(leaf.raw, RW)).toBe(false)
      expect(scenario.id).toBe(`capture-${id}`)
    }
  })

  it('is endless on Xen PV with 3.20-rc0, and completed after one fault with 4.0-rc1', () => {
    const broken = write(xen, xen.page, settingOf(v3_20_rc0, xenPv))
    expect(broken.outcome).toMatchObject({ name: 'endless', faults: 1 })
    expect(broken.names).not.toContain('do_wp_page')
    const fixed = write(xen, xen.page, settingOf(v4_0_rc1, xenPv))
    expect(fixed.outcome).toMatchObject({ name: 'completed', faults: 1 })
    expect(fixed.names).toContain('copy the page')
  })

  it('holds for every one of the 32 pages', () => {
    const pages = capturedPages(xen.capture).pages.flatMap(({ label }, index) =>
      label === 'fork-shared-cow' ? [index] : [],
    )
    expect(pages).toHaveLength(32)
    for (const page of pages) {
      expect(write(xen, page, settingOf(v3_20_rc0, xenPv)).outcome.name).toBe('endless')
      expect(write(xen, page, settingOf(v4_0_rc1, xenPv)).outcome.name).toBe('completed')
    }
  })

  it('leaves the recorded word as it was, for ever, in the endless case', () => {
    const { machine, words } = write(xen, xen.page, settingOf(v3_20_rc0, xenPv))
    const recorded = capturedPages(xen.capture).pages[xen.page]!.raw
    const slot = machine.processes[0]!.slots[xen.page]!
    expect([words[slot], words[slot + 1]]).toEqual([recorded.lo, recorded.hi])
  })

  it('is completed on bare metal with both', () => {
    for (const kernel of [v3_20_rc0, v4_0_rc1]) {
      expect(write(bare, bare.page, settingOf(kernel, bareMetal)).outcome).toMatchObject({
        name: 'completed',
        faults: 1,
      })
    }
  })

  it('follows the machine, not the recording, when they differ', () => {
    expect(write(xen, xen.page, settingOf(v3_20_rc0, bareMetal)).outcome.name).toBe('completed')
    expect(write(bare, bare.page, settingOf(v3_20_rc0, xenPv)).outcome.name).toBe('endless')
  })

  it('keeps soft-dirty on the copy, as the recorded kernel would', () => {
    const { machine, words } = write(xen, xen.page, settingOf(v4_0_rc1, xenPv))
    const slot = machine.processes[0]!.slots[xen.page]!
    expect(words[slot]! & 0xfff).toBe(0x967)
    expect(kernelOf(xen, settingOf(v4_0_rc1, xenPv)).keepsSoftDirty).toBe(true)
  })
})

describe('the recorded entries under the kernels of 2015', () => {
  /** One page of each test area and, outside of them, of each mapping and kind. */
  function sample({ capture }: CaptureScenario): number[] {
    const seen = new Set<string>()
    return capturedPages(capture).pages.flatMap((leaf, index) => {
      const key = `${leaf.label || leaf.vmaIndex} ${leaf.kind} ${leaf.raw.lo & 0xfff} ${leaf.mapcount}`
      if (seen.has(key)) return []
      seen.add(key)
      return [index]
    })
  }

  const kernels = [...KERNELS, ...[0, 5, 11, 15].map(withPaintedTest)]
  for (const scenario of scenarios.filter(({ id }) => !id.includes('exec'))) {
    const pages = sample(scenario)
    it.each(kernels.map((kernel) => [kernel.id, kernel] as const))(
      `${scenario.id}, %s: every kind of page ends in an outcome, on both machines`,
      (_, plain) => {
        const kernel = withSoftDirty(plain)
        expect(pages.length).toBeGreaterThan(10)
        for (const platform of PLATFORMS) {
          const machine = new Machine(scenario.image(kernel, platform.id), kernel, platform)
          for (const page of pages) {
            for (const access of ACCESSES) {
              const tape = record(machine, [{ do: 'access', process: 0, page, access }])
              const end = tape.ticks.length
              const outcome = outcomeAt(machine, tape, 0, end, wordsAt(tape, end))
              const what = `${machine.pages[page]!.name} ${toHex(leafOf(machine, 0, page))} ${access} on ${platform.id}`
              expect(tape.problem, what).toBeNull()
              expect(['completed', 'endless', 'sigsegv', 'bug'], what).toContain(outcome.name)
            }
          }
        }
      },
    )
  }

  it('fork, scan and mprotect walk the whole recorded process to their end', () => {
    for (const kernel of KERNELS) {
      for (const platform of PLATFORMS) {
        const { page } = SCENARIOS.xen
        const { tape } = replay(SCENARIOS.xen, settingOf(kernel, platform), [
          { do: 'fork' },
          { do: 'scan', page },
          { do: 'mprotect', page, rights: 'none' },
          { do: 'mprotect', page, rights: 'read-write' },
        ])
        expect(tape.problem).toBeNull()
        expect(tape.begins.every((begin) => begin !== null)).toBe(true)
      }
    }
  })
})

describe('the page of a program that execve is about to start', () => {
  const storedAfter = (id: string) => {
    const { machine, words } = write(scenarioOf(id), 0, settingOf(v3_20_rc0, xenPv))
    const slot = machine.processes[0]!.slots[0]!
    return toHex({ lo: words[slot]!, hi: words[slot + 1]! })
  }

  it('keeps its word as recorded: without bit 8 while Xen does not know the tables, with it after', () => {
    expect(storedAfter('capture-xen-exec-0')).toBe('8000000071e1f867')
    expect(storedAfter('capture-xen-exec-1')).toBe('8000000071e1f967')
  })

  it('what Linux stores anew gets bit 8 only once Xen knows the tables', () => {
    const lowBits = (id: string) => {
      const roundTrip = [
        { do: 'mprotect', page: 0, rights: 'read' },
        { do: 'mprotect', page: 0, rights: 'read-write' },
      ] as const
      const { machine, tape } = replay(scenarioOf(id), settingOf(v3_20_rc0, xenPv), roundTrip)
      return wordsAt(tape, tape.ticks.length)[machine.processes[0]!.slots[0]!]! & 0x101
    }
    expect(lowBits('capture-xen-exec-0')).toBe(0x001)
    expect(lowBits('capture-xen-exec-1')).toBe(0x101)
  })
})

describe('a damaged recording', () => {
  it('is refused, or is one that a machine can be built from and that runs', () => {
    const start = text.indexOf('name bare-init')
    const whole = `one-bit-two-names capture 2\n${text.slice(start, text.indexOf('\nend', start))}\nend 487\n`
    expect(readCapture(whole)).toMatchObject({ ok: true, warning: null })
    const damage = fc.tuple(
      fc.integer({ min: 0, max: whole.length - 1 }),
      fc.constantFrom(...'0123456789abcdefx+- \n', ''),
    )
    let refused = 0
    fc.assert(
      fc.property(damage, ([at, character]) => {
        const result = readCapture(whole.slice(0, at) + character + whole.slice(at + 1))
        if (!result.ok) {
          expect(result.message).toMatch(/\. (Mend|Open|Record|Only|This app|Paste) .*\.$/)
          refused++
          return
        }
        const scenario = captureScenario(result.captures[0]!, RECORDINGS[0]!)
        const { outcome } = write(scenario, scenario.page, settingOf(v4_0_rc1, xenPv))
        expect(outcome.name).not.toBe('running')
      }),
      { numRuns: 300 },
    )
    expect(refused).toBeGreaterThan(100)
  })
})
