import type { Access } from '../arch/error-code'
import type { Choice, ProcessId } from '../machine/choice'
import type { CaptureScenario } from '../decode/capture-scenario'
import type { NumaBalancing } from '../trace/replay'
import { createStore } from 'zustand/vanilla'

export type MachineId = 'bare' | 'xen'
export type Speed = 'slow' | 'normal' | 'fast'

/** What the reader set and did: everything that undo brings back, and all that a link carries. */
export interface Experiment {
  /** Id of the scenario, or of a recorded process. */
  readonly scenario: string
  readonly machine: MachineId
  readonly kernel: string
  readonly numa: NumaBalancing
  /** The access that Step and Run begin when the tape has ended. */
  readonly access: Access
  /** Which process makes it: the parent, or the child. */
  readonly process: ProcessId
  /** The page it goes to: the selected row. */
  readonly page: number
  readonly choices: readonly Choice[]
  /** How many ticks of the tape have happened. */
  readonly cursor: number
}

/** Plain data, all of it. Commands are the only writers. */
export interface AppState extends Experiment {
  /** Scenarios made from recordings that have been opened so far, by id. */
  readonly recorded: ReadonlyMap<string, CaptureScenario>
  /** Bit of the selected entry whose history is shown; null while none is. */
  readonly why: number | null
  readonly playing: boolean
  readonly speed: Speed
  /** Was the last cursor move one step forward? Only such a move is animated. */
  readonly forward: boolean
  /** What the reader has to be told: a link not understood, a word that is none. Dismissed one by one. */
  readonly messages: readonly string[]
  /** Experiments to which undo and redo lead, nearest last. */
  readonly undone: readonly Experiment[]
  readonly done: readonly Experiment[]
}

export type AppStore = ReturnType<typeof createAppStore>

/** A store that starts with this experiment. */
export const createAppStore = (experiment: Experiment) =>
  createStore<AppState>()(() => ({
    ...experiment,
    recorded: new Map(),
    why: null,
    playing: false,
    speed: 'normal',
    forward: false,
    messages: [],
    undone: [],
    done: [],
  }))

/** The part of the state that is an experiment. */
export const experimentOf = (state: AppState): Experiment => ({
  scenario: state.scenario,
  machine: state.machine,
  kernel: state.kernel,
  numa: state.numa,
  access: state.access,
  process: state.process,
  page: state.page,
  choices: state.choices,
  cursor: state.cursor,
})
