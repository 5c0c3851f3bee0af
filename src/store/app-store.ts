import type { Access } from '../arch/error-code'
import type { Choice, ProcessId, Toucher } from '../machine/choice'
import type { RecordedScenario } from '../decode/recorded-scenario'
import { LINK_DEFAULTS, type LabView, type World } from '../trace/link'
import { TABLES_DEFAULTS, type TablesInput } from '../trace/tables-input'
import { createStore } from 'zustand/vanilla'

export type Speed = 'slow' | 'normal' | 'fast'

/** What the reader set and did: everything that undo brings back, and all that a link carries. */
export interface Experiment extends World {
  /** Id of the scenario, or of a recorded process. */
  readonly scenario: string
  /** The world that this one is compared with: it carries out the same choices. */
  readonly other: World
  /** The access that Step and Run begin when the tape has ended. */
  readonly access: Access
  /** Who makes it: the program, its second thread, the kernel, a pin. */
  readonly by: Toucher
  /** Which process makes it: the parent, or the child. */
  readonly process: ProcessId
  /** The page it goes to: the selected row. */
  readonly page: number
  readonly choices: readonly Choice[]
  /** How many ticks of the tape have happened. */
  readonly cursor: number
  /** How many steps the other world has taken alone since then; more than there are means all of them. */
  readonly beyond: number
}

/** Plain data, all of it. Commands are the only writers. */
export interface AppState extends Experiment {
  /** What the Lab shows of the experiment. No part of it: undo leaves the view alone. */
  readonly view: LabView
  /** What is asked of the tables from afar. No part of the experiment either. */
  readonly tables: TablesInput
  /** Scenarios made from recordings that have been opened so far, by id. */
  readonly recorded: ReadonlyMap<string, RecordedScenario>
  /** Bit of the selected entry whose history is shown; null while none is. */
  readonly why: number | null
  readonly playing: boolean
  /** Playing stops here, or at the end of time if that comes first. */
  readonly playTo: number
  readonly speed: Speed
  /** Was the last cursor move one step forward? Only such a move is animated. */
  readonly forward: boolean
  /** Is the reader being asked for a recording of their own? */
  readonly askedForFile: boolean
  /** What the reader has to be told: a link not understood, a word that is none. Dismissed one by one. */
  readonly messages: readonly string[]
  /** Experiments to which undo and redo lead, nearest last. */
  readonly undone: readonly Experiment[]
  readonly done: readonly Experiment[]
}

export type AppStore = ReturnType<typeof createAppStore>

/** What the store holds until the address the page came with has been followed. */
export const EMPTY_EXPERIMENT: Experiment = {
  scenario: LINK_DEFAULTS.scenario,
  machine: LINK_DEFAULTS.machine,
  kernel: LINK_DEFAULTS.kernel,
  numa: LINK_DEFAULTS.numa,
  other: LINK_DEFAULTS.other,
  access: LINK_DEFAULTS.access,
  by: 'program',
  process: LINK_DEFAULTS.process,
  page: 0,
  choices: [],
  cursor: 0,
  beyond: 0,
}

/** A store that starts with this experiment. */
export const createAppStore = (experiment: Experiment) =>
  createStore<AppState>()(() => ({
    ...experiment,
    view: 'one',
    tables: TABLES_DEFAULTS,
    recorded: new Map(),
    why: null,
    playing: false,
    playTo: Infinity,
    speed: 'normal',
    forward: false,
    askedForFile: false,
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
  other: state.other,
  access: state.access,
  by: state.by,
  process: state.process,
  page: state.page,
  choices: state.choices,
  cursor: state.cursor,
  beyond: state.beyond,
})
