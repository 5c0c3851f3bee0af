import { readFileSync } from 'node:fs'
import { readCapture } from '../src/decode/capture-reader'
import { captureScenario, type CaptureScenario } from '../src/decode/capture-scenario'
import { RECORDINGS } from '../src/decode/recordings'
import { v3_20_rc0 } from '../src/kernel/variants'
import type { Choice } from '../src/machine/choice'
import type { Scenario } from '../src/machine/scenario'
import { replay, type Playback, type Setting } from '../src/trace/replay'
import { xenPv } from '../src/xen/pv'

/** The setting of the story: the kernel of the report, under Xen. */
export const SETTING: Setting = { kernel: v3_20_rc0, platform: xenPv, numa: 'on' }

/** The packed text of all recorded processes. */
export const RECORDED_TEXT = readFileSync(new URL('../src/decode/recordings.txt', import.meta.url), 'utf8')

/** The process recorded under Xen, as a scenario. */
export function recordedProcess(): CaptureScenario {
  const result = readCapture(RECORDED_TEXT)
  if (!result.ok) throw new Error(result.message)
  const [recording] = RECORDINGS
  return captureScenario(
    result.captures.find(({ name }) => name === recording!.name)!,
    recording!,
  )
}

/** What is repeated to make a tape long: it leaves memory as it was. */
const ROUND: readonly Choice[] = [
  { do: 'fork' },
  { do: 'access', process: 0, page: 4, access: 'write' },
  { do: 'exit' },
]

/** A run of at least so many ticks, carried out. */
export function longRun(scenario: Scenario, ticks: number): { choices: readonly Choice[]; playback: Playback } {
  const played = (rounds: number) => {
    const choices = [...scenario.opening.slice(0, 1), ...Array.from({ length: rounds }, () => ROUND).flat()]
    return { choices, playback: replay(scenario, SETTING, choices) }
  }
  const lengthOf = (rounds: number) => played(rounds).playback.tape.ticks.length
  const few = 4
  const run = played(few + Math.ceil((ticks - lengthOf(few)) / (lengthOf(few) - lengthOf(few - 1))))
  const { problem, ticks: taken } = run.playback.tape
  if (problem || taken.length < ticks) throw new Error(`The long run has ${taken.length} ticks. ${problem ?? ''}`)
  return run
}
