import { kernelById, v3_20_rc0 } from '../kernel/variants'
import { PLATFORMS } from '../machine/platforms'
import { scenarioById, SCENARIOS, type Scenario } from '../machine/scenario'
import { columnsDone, cursorOf, lockstep, type Lockstep } from '../trace/lockstep'
import { replay, type Playback, type Setting } from '../trace/replay'
import { sceneAt, type Scene } from '../trace/scene'
import type { AppState, Experiment } from './app-store'

/** The scenario an experiment runs in; the first one where its id is unknown. */
export const scenarioOf = (state: Pick<AppState, 'scenario' | 'recorded'>): Scenario =>
  state.recorded.get(state.scenario) ?? scenarioById(state.scenario) ?? SCENARIOS[0]!

/** Kernel, platform and NUMA switch as values. */
export const settingOf = ({ kernel, machine, numa }: Pick<Experiment, 'kernel' | 'machine' | 'numa'>): Setting => ({
  kernel: kernelById(kernel) ?? v3_20_rc0,
  platform: PLATFORMS[machine],
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

/** The experiment carried out. The same experiment gives the same object while it is one of the latest asked for. */
export const playbackOf = latest(
  (state: AppState): Playback => replay(scenarioOf(state), settingOf(state), state.choices),
  sameRun,
)

/** The playback stopped at the cursor. */
export const sceneOf = latest(
  (state: AppState): Scene => sceneAt(playbackOf(state), state.cursor),
  (a, b) => a.cursor === b.cursor && sameRun(a, b),
)

/** The state as it is in the world that is compared with. */
const inOtherWorld = (state: AppState): AppState => ({ ...state, ...state.other })

const sameRuns = (a: AppState, b: AppState): boolean => sameRun(a, b) && sameRun(inOtherWorld(a), inOtherWorld(b))

/** The same choices carried out in the world that is compared with. */
export const otherPlaybackOf = latest(
  (state: AppState): Playback => replay(scenarioOf(state), settingOf(state.other), state.choices),
  (a, b) => sameRun(inOtherWorld(a), inOtherWorld(b)),
)

/** Both worlds side by side. */
export const lockstepOf = latest(
  (state: AppState): Lockstep => lockstep(playbackOf(state), otherPlaybackOf(state)),
  sameRuns,
)

/** The other world at the playhead. */
export const otherSceneOf = latest(
  (state: AppState): Scene => {
    const both = lockstepOf(state)
    return sceneAt(otherPlaybackOf(state), both.ticks[columnsDone(both, state.cursor, state.beyond)]!.b)
  },
  (a, b) => a.cursor === b.cursor && a.beyond === b.beyond && sameRuns(a, b),
)

/** Where the playhead stands and how long time is: in columns of both worlds while they are compared, else in ticks. */
export function timeOf(state: AppState): { readonly at: number; readonly length: number } {
  if (state.view !== 'compare') return { at: state.cursor, length: playbackOf(state).tape.ticks.length }
  const both = lockstepOf(state)
  return { at: columnsDone(both, state.cursor, state.beyond), length: both.columns.length }
}

/** The inverse: what the experiment holds where the playhead stands `at`; brought to the nearer end if that is nowhere. */
export function placeInTime(state: AppState, at: number): Pick<Experiment, 'cursor' | 'beyond'> {
  const inside = Math.max(0, Math.min(at, timeOf(state).length))
  return state.view === 'compare' ? cursorOf(lockstepOf(state), inside) : { cursor: inside, beyond: 0 }
}

/** So many results are remembered: more than there are stores at work at one time, one for each page of the handout. */
const REMEMBERED = 12

/** Remember the latest results: state changes one field at a time, each view asks again, and so do views of other stores. */
export function latest<T>(
  compute: (state: AppState) => T,
  same: (a: AppState, b: AppState) => boolean,
): (state: AppState) => T {
  let memory: readonly { readonly state: AppState; readonly value: T }[] = []
  return (state) => {
    if (memory[0]?.state === state) return memory[0].value
    const known = memory.find((each) => each.state === state) ?? memory.find((each) => same(each.state, state))
    const value = known ? known.value : compute(state)
    memory = [{ state, value }, ...memory.filter((each) => each !== known)].slice(0, REMEMBERED)
    return value
  }
}
