import { bareMetal } from '../kernel/bare-metal'
import { kernelById, v3_20_rc0 } from '../kernel/variants'
import { scenarioById, SCENARIOS, type Scenario } from '../machine/scenario'
import { replay, type Playback, type Setting } from '../trace/replay'
import { sceneAt, type Scene } from '../trace/scene'
import { xenPv } from '../xen/pv'
import type { AppState, Experiment } from './app-store'

/** The scenario an experiment runs in; the first one where its id is unknown. */
export const scenarioOf = (state: Pick<AppState, 'scenario' | 'recorded'>): Scenario =>
  state.recorded.get(state.scenario) ?? scenarioById(state.scenario) ?? SCENARIOS[0]!

/** Kernel, platform and NUMA switch as values. */
export const settingOf = ({ kernel, machine, numa }: Pick<Experiment, 'kernel' | 'machine' | 'numa'>): Setting => ({
  kernel: kernelById(kernel) ?? v3_20_rc0,
  platform: machine === 'xen' ? xenPv : bareMetal,
  numa,
})

/** Do two states carry out the same run in the same setting? */
function sameRun(a: AppState, b: AppState): boolean {
  return (
    a.scenario === b.scenario &&
    a.recorded === b.recorded &&
    a.machine === b.machine &&
    a.kernel === b.kernel &&
    a.numa === b.numa &&
    a.choices === b.choices
  )
}

/** The experiment carried out. The same experiment gives the same object while it is the latest one asked for. */
export const playbackOf = latest(
  (state: AppState): Playback => replay(scenarioOf(state), settingOf(state), state.choices),
  sameRun,
)

/** The playback stopped at the cursor. */
export const sceneOf = latest(
  (state: AppState): Scene => sceneAt(playbackOf(state), state.cursor),
  (a, b) => a.cursor === b.cursor && sameRun(a, b),
)

/** Remember the last result: state changes one field at a time, and each view asks again. */
function latest<T>(
  compute: (state: AppState) => T,
  same: (a: AppState, b: AppState) => boolean,
): (state: AppState) => T {
  let memory: { readonly state: AppState; readonly value: T } | null = null
  return (state) => {
    if (!memory || !(memory.state === state || same(memory.state, state))) memory = { state, value: compute(state) }
    return memory.value
  }
}
