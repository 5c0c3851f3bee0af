import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bitOf, EMPTY, same, toHex } from '../arch/pte'
import { bareMetal } from '../kernel/bare-metal'
import { kernelById, KERNELS } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import { record } from '../trace/tape'
import { replay, type Setting } from '../trace/replay'
import { sceneAt } from '../trace/scene'
import { sentenceOf } from '../trace/sentence'
import { xenPv } from '../xen/pv'
import { faultsBeside, type FaultPair } from './faults-beside'
import { recordingOf } from './recorded-run-image'
import { RECORDED_RUNS } from './recorded-run-names'
import { recordedRunScenario } from './recorded-run-scenario'
import { readRecordedRuns, type RecordedProgram, type Recording } from './recorded-runs'
import type { MachineId } from '../machine/platforms'

const { programs, provenance } = readRecordedRuns(readFileSync('src/decode/runs-of-2015.json', 'utf8'))
const programOf = (id: string): RecordedProgram => programs.find((program) => program.id === id)!
const scenarioOf = (program: RecordedProgram) =>
  recordedRunScenario(
    program,
    RECORDED_RUNS.find(({ name }) => name === program.id)!,
    provenance,
  )

const settingOf = (kernel: string, machine: string): Setting => ({
  kernel: kernelById(kernel)!,
  platform: machine === 'xen' ? xenPv : bareMetal,
  numa: 'on',
})

/** A recording beside the tape of the same program on the same kernel and machine, as far as that program got. */
function beside(program: RecordedProgram, recording: Recording, choices?: readonly Choice[]) {
  const scenario = scenarioOf(program)
  const last = Math.max(...recording.rows.map(({ choice }) => choice))
  const run = choices ?? program.order.slice(0, last + 1)
  const { machine, tape } = replay(scenario, settingOf(recording.kernel, recording.machine), run)
  return { machine, tape, ...faultsBeside(program, recording, machine, tape) }
}

/** What a pair says where it does not agree. */
const quarrels = (pairs: readonly FaultPair[]) =>
  pairs.flatMap(({ choice, recorded, model, differs }) => {
    if (!recorded) return [`${choice}: not recorded`]
    if (!model) return [`${choice}: none in the model`]
    return differs.map((field) => `${choice}: ${field}`)
  })

const RUNS = programs.flatMap((program) => program.recordings.map((recording) => ({ program, recording })))

describe('every recorded run that the app opens', () => {
  it.each(RUNS.map((each) => [`${each.program.id}, ${each.recording.run}`, each] as const))(
    '%s: the model faults at the same places in the same way',
    (_, { program, recording }) => {
      expect(quarrels(beside(program, recording).pairs)).toEqual([])
    },
  )

  it('has a name in the menu, and none is named that is not there', () => {
    expect(RECORDED_RUNS.map(({ name }) => name)).toEqual(programs.map(({ id }) => id))
    for (const { id, machine } of RECORDED_RUNS) {
      const program = programOf(id.slice('run-'.length))
      expect(machine).toBe(program.recordings[0]!.machine)
    }
  })

  it('opens with what the program did up to its first endless access, or to its end', () => {
    for (const { order, opening, recordings } of programs) {
      const [first] = recordings
      expect(Math.max(...first!.rows.map(({ choice }) => choice))).toBe(opening - 1)
      expect(opening).toBeLessThanOrEqual(order.length)
    }
  })

  it('keeps at most 200 repetitions of a fault, and says the totals beside them', () => {
    for (const { recording } of RUNS) {
      for (const { times } of recording.rows) expect(times).toBeLessThanOrEqual(200)
      const kept = recording.rows.reduce((sum, { times }) => sum + times, 0)
      expect(recording.faults).toBeGreaterThan(kept - 1)
    }
  })
})

describe('init of the kernel of 2015 under Xen', () => {
  const program = programOf('init')
  const recording = recordingOf(program, 'rc0', 'xen')!
  const { pairs, machine, tape } = beside(program, recording)

  it('takes twelve faults in the model too, and each has the recorded words, frames and all', () => {
    expect(pairs).toHaveLength(12)
    for (const { recorded, model } of pairs) {
      expect(toHex(model!.before)).toBe(toHex(recorded!.before))
      expect(toHex(model!.after)).toBe(toHex(recorded!.after))
      expect(toHex(model!.asked)).toBe(toHex(recorded!.asked))
    }
  })

  it('gets stuck at the recorded address, with the recorded error code, entry and request', () => {
    const { recorded, model } = pairs.at(-1)!
    expect(recorded!.address.toString(16)).toBe('5e0cd8')
    expect(machine.addresses[model!.page]).toBe(0x5e0000)
    expect(model!.error).toBe(7)
    expect(toHex(model!.before)).toBe('800000007d78d125')
    expect(toHex(model!.asked)).toBe('800000007d78d025')
    expect(same(model!.after, model!.before)).toBe(true)
    expect(model!.endless).toBe(true)
    expect(tape.lassos.map(({ choice }) => choice)).toEqual([11])
    expect(recorded!.times).toBe(200)
  })

  it('does not get stuck before that', () => {
    expect(pairs.slice(0, -1).some(({ model }) => model!.endless)).toBe(false)
  })

  it('was recorded with 154,497 faults at that address, of 154,508, in about 20 seconds', () => {
    expect(recording.stuck).toEqual({ address: 0x5e0cd8, faults: 154_497 })
    expect([recording.faults, recording.seconds]).toEqual([154_508, 20])
  })

  it('goes on with the fix: the same write gets a page of its own, and more faults follow', () => {
    const fixed = recordingOf(program, 'rc1', 'xen')!
    const twelfth = fixed.rows.find(({ choice }) => choice === 11)!
    expect(twelfth.address).toBe(0x5e0cd8)
    expect(twelfth.path.slice(-2)).toEqual(['do_wp_page', 'wp:copy'])
    expect(beside(program, fixed).pairs.length).toBeGreaterThan(20)
  })

  it('can be run to the end of its tape on every kernel and machine', () => {
    for (const { id } of KERNELS) {
      for (const platform of ['bare', 'xen']) {
        const { tape: run } = replay(scenarioOf(program), settingOf(id, platform), program.order)
        expect(run.problem).toBe(null)
        expect(run.begins.every((begin) => begin !== null)).toBe(true)
        const loops = run.lassos.length > 0
        expect(loops, `${id} on ${platform}`).toBe(platform === 'xen' && ['8a05', 'rc0'].includes(id))
      }
    }
  })
})

it('of each step of each recorded run something is said, and each moment can be drawn', () => {
  for (const { program, recording } of RUNS) {
    const playback = replay(scenarioOf(program), settingOf(recording.kernel, recording.machine), program.order)
    for (let cursor = 1; cursor <= playback.tape.ticks.length; cursor++) {
      expect(sentenceOf(sceneAt(playback, cursor)).text).not.toMatch(/undefined|NaN|^$/)
    }
  }
})

describe('pairs', () => {
  const program = programOf('fork')
  const recording = recordingOf(program, 'rc1', 'xen')!

  it('end where the reader does something else; the rest stands alone on either side', () => {
    const own: Choice = { do: 'access', process: 0, page: 2, access: 'read' }
    const { pairs, own: shared } = beside(program, recording, [...program.order.slice(0, 2), own])
    expect(shared).toBe(2)
    expect(pairs.slice(0, 2).every(({ recorded, model }) => recorded && model)).toBe(true)
    expect(pairs.slice(2).every(({ recorded, model }) => !recorded || !model)).toBe(true)
    expect(pairs.filter(({ recorded }) => recorded)).toHaveLength(recording.rows.length)
  })

  it('differ where another kernel runs', () => {
    const other = replay(scenarioOf(program), settingOf('rc0', 'xen'), program.order.slice(0, program.opening))
    const { pairs } = faultsBeside(program, recording, other.machine, other.tape)
    const looped = pairs.find(({ model }) => model?.endless)!
    expect(looped.differs).toEqual(['path', 'asked', 'after', 'times'])
  })

  it('take another number for a frame, but not another frame', () => {
    const renamed: Recording = {
      ...recording,
      rows: recording.rows.map((row) => ({ ...row, before: moved(row.before), after: moved(row.after) })),
      zeroFrame: null,
      fileFrames: new Map(),
      anonymousFrames: [],
    }
    const { machine, tape } = beside(program, recording)
    expect(quarrels(faultsBeside(program, renamed, machine, tape).pairs)).toEqual([])
    const [first, ...rest] = renamed.rows
    const swapped = { ...renamed, rows: [first!, { ...rest[0]!, after: first!.after }, ...rest.slice(1)] }
    expect(quarrels(faultsBeside(program, swapped, machine, tape).pairs)).toContain('1: after')
  })

  /** The same word with a frame a little farther up. */
  const moved = (word: typeof EMPTY) => (same(word, EMPTY) ? word : { lo: word.lo + 0x7_0000, hi: word.hi })
})

describe('notes', () => {
  const notes = (kernel: string, platform: MachineId) =>
    scenarioOf(programOf('init'))
      .notes(kernelById(kernel)!, platform)
      .map(({ about, text }) => `${about}: ${text}`)
      .join('\n')

  it('say which run the frames are those of, and what is assumed', () => {
    expect(notes('rc0', 'xen')).toContain('run xen-broken-literal-busybox')
    expect(notes('rc0', 'xen')).not.toContain('assumed: Frames')
    expect(notes('4.0', 'xen')).toContain('assumed: Frames as in run xen-fixed-busybox')
    expect(notes('rc1', 'xen')).not.toContain('assumed')
  })
})

it('bit 8 of the packed words stands under Xen alone', () => {
  for (const { recording } of RUNS) {
    const present = recording.rows.filter(({ after }) => bitOf(after, 0) === 1)
    // Tables that Xen has not validated yet hold what Linux wrote.
    const validated = present.filter(({ path }) => path[0] !== 'get_user_pages' || path.includes('do_numa_page'))
    expect(validated.every(({ after }) => bitOf(after, 8) === (recording.machine === 'xen' ? 1 : 0))).toBe(true)
  }
})

it('the machine of a recorded run stands where it stood after it was read', () => {
  const { machine, tape } = beside(programOf('init'), recordingOf(programOf('init'), 'rc0', 'xen')!)
  expect(record(machine, tape.choices).ticks).toHaveLength(tape.ticks.length)
})
