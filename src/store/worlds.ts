import { KERNELS, kernelById, type Kernel } from '../kernel/variants'
import { touchBy, type Choice } from '../machine/choice'
import type { World } from '../trace/link'
import type { Outcome } from '../trace/outcome'
import { replay } from '../trace/replay'
import { sceneAt } from '../trace/scene'
import type { AppState } from './app-store'
import { latest, playbackOf, scenarioOf, settingOf } from './derived'

const MACHINES = ['bare', 'xen'] as const

/** The run in one world, and how it ends there. */
export interface WorldOutcome {
  readonly world: World
  readonly outcome: Outcome
}

/** One kernel on each machine. */
export interface WorldRow {
  readonly kernel: Kernel
  readonly worlds: readonly WorldOutcome[]
}

/**
 * How the run ends on every kernel and machine, with the NUMA balancing of the world shown first. Where no access was made
 * yet, the chosen one is added to it.
 */
export const worldRowsOf = latest(
  (state: AppState): readonly WorldRow[] =>
    kernelsOf(state).map((kernel) => ({
      kernel,
      worlds: MACHINES.map((machine) => outcomeIn(state, { machine, kernel: kernel.id, numa: state.numa })),
    })),
  (a, b) =>
    a.scenario === b.scenario &&
    a.recorded === b.recorded &&
    a.choices === b.choices &&
    a.numa === b.numa &&
    a.other.kernel === b.other.kernel &&
    a.kernel === b.kernel &&
    a.machine === b.machine &&
    chosenAccess(a) === chosenAccess(b),
)

/** The kernels of the story, and any other that is being compared. */
function kernelsOf({ kernel, other }: AppState): readonly Kernel[] {
  const more = [...new Set([kernel, other.kernel])].filter((id) => !KERNELS.some((each) => each.id === id))
  return [...KERNELS, ...more.flatMap((id) => kernelById(id) ?? [])]
}

function outcomeIn(state: AppState, world: World): WorldOutcome {
  const playback = replay(scenarioOf(state), settingOf(world), accessMade(state))
  return { world, outcome: sceneAt(playback, Infinity).outcome }
}

/** The choices, with the chosen access behind them where none has been made. */
function accessMade(state: AppState): readonly Choice[] {
  const { outcome } = sceneAt(playbackOf(state), Infinity)
  if (outcome.name !== 'idle') return state.choices
  return [...state.choices, touchBy(state.by, state.process, state.page, state.access)]
}

const chosenAccess = (state: AppState): string => JSON.stringify([state.by, state.process, state.page, state.access])
