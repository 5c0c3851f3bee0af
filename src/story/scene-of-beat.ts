import { choicesOf, toucherOf } from '../machine/scenario'
import { touchBy, type Choice } from '../machine/choice'
import { EMPTY_EXPERIMENT, type AppState, type Experiment } from '../store/app-store'
import { playbackOf, scenarioOf } from '../store/derived'
import { LINK_DEFAULTS } from '../trace/link'
import type { Playback } from '../trace/replay'
import type { BeatData, Run, Stop } from './beat'

/** What a beat opens: an experiment at the cursor where it rests, and where it sets out from when it is played. */
export interface OpenedBeat {
  readonly experiment: Experiment
  readonly from: number
}

/** The experiment of a beat, in scenarios that `state` knows. Throws where a stop names a step that does not happen. */
export function openedBeat(state: AppState, { run, stop, from }: Pick<BeatData, 'run' | 'stop' | 'from'>): OpenedBeat {
  const experiment = experimentOfRun(state, run)
  const playback = playbackOf({ ...state, ...experiment })
  const cursor = cursorAt(playback, stop)
  return { experiment: { ...experiment, cursor }, from: from === undefined ? cursor : cursorAt(playback, from) }
}

function experimentOfRun(state: AppState, run: Run): Experiment {
  const scenario = scenarioOf({ ...state, scenario: run.scenario ?? LINK_DEFAULTS.scenario })
  const by = run.by ?? toucherOf(scenario)
  const page = run.page ?? scenario.page
  const process = run.process ?? scenario.process ?? 0
  const access = run.access ?? LINK_DEFAULTS.access
  const does: readonly Choice[] = run.does ?? [touchBy(by, process, page, access)]
  return {
    ...EMPTY_EXPERIMENT,
    scenario: scenario.id,
    machine: run.machine ?? LINK_DEFAULTS.machine,
    kernel: run.kernel ?? LINK_DEFAULTS.kernel,
    numa: run.numa ?? LINK_DEFAULTS.numa,
    other: run.other ?? LINK_DEFAULTS.other,
    access,
    by,
    process,
    page,
    choices: [...choicesOf(scenario), ...does],
    beyond: Infinity,
  }
}

/** Where a stop lies on the tape. */
export function cursorAt({ tape, opening }: Playback, stop: Stop): number {
  if (stop === 'end') return tape.ticks.length
  const start = tape.begins.slice(opening).find((begin) => begin !== null) ?? tape.ticks.length
  if (stop === 'opening') return start
  let left = stop.time ?? 1
  for (let index = start; index < tape.ticks.length; index++)
    if (tape.ticks[index]!.step.name === stop.behind && --left === 0) return index + 1
  throw new Error(`No step “${stop.behind}” for the ${stop.time ?? 1}. time behind the opening`)
}
