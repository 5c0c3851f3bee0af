import type { Access } from '../arch/error-code'
import type { Choice, ProcessId } from '../machine/choice'
import { HAND, SECOND_CPU } from '../machine/machine'
import type { CaptureScenario } from '../decode/capture-scenario'
import type { NumaBalancing } from '../trace/replay'
import type { Tape } from '../trace/tape'
import { experimentOf, type AppState, type AppStore, type Experiment, type MachineId, type Speed } from './app-store'
import { playbackOf, scenarioOf, sceneOf } from './derived'

/** How many experiments undo can go back to. */
const UNDO_LIMIT = 200

export type Commands = ReturnType<typeof createCommands>

/** The only writers of the store. Keys, buttons and links all call these. */
export function createCommands(store: AppStore) {
  const get = store.getState
  const set = store.setState

  /** Change the experiment so that undo brings back what was; anything playing stops. */
  function change(next: Partial<Experiment>): void {
    const state = get()
    set({
      ...next,
      playing: false,
      forward: false,
      done: [...state.done, experimentOf(state)].slice(-UNDO_LIMIT),
      undone: [],
    })
  }

  /** Move in time. Not undone by undo: Back does that. */
  function seek(cursor: number, forward = false): void {
    const length = tapeOf(get()).ticks.length
    set({ cursor: Math.max(0, Math.min(cursor, length)), forward })
  }

  /** Change what the run runs on; a reader who stood at the end of the tape stands there again. */
  function changeSetting(next: Partial<Pick<Experiment, 'machine' | 'kernel' | 'numa'>>): void {
    const atEnd = get().cursor === tapeOf(get()).ticks.length
    change(next)
    const length = tapeOf(get()).ticks.length
    set({ cursor: atEnd ? length : Math.min(get().cursor, length) })
  }

  /** Do something at the cursor; what lay after it is cut off. Returns the index of the choice. */
  function choose(choice: Choice): number {
    const state = get()
    const kept = choicesUpTo(tapeOf(state), state.cursor, choice.do === 'flip' || choice.do === 'poke')
    change({ choices: [...kept, choice] })
    return kept.length
  }

  /** Do it, and go to its end: to the tape's end, or for a hand edit to the moment after it. */
  function chooseAndFinish(choice: Choice): void {
    const { begins, ticks } = (choose(choice), tapeOf(get()))
    const began = begins.at(-1) ?? null
    const byHand = choice.do === 'flip' || choice.do === 'poke'
    // A flip by hand is one step forward, and moves like one.
    set({ cursor: byHand && began !== null ? began + 1 : ticks.length, forward: byHand })
  }

  /** Begin the chosen access at the end of the tape and stand before its first tick. False where it cannot begin. */
  function beginAccess(): boolean {
    const { access, page, process } = get()
    const index = choose({ do: 'access', process, page, access })
    const began = tapeOf(get()).begins[index] ?? null
    if (began === null) {
      commands.undo()
      return false
    }
    set({ cursor: began })
    return true
  }

  const commands = {
    /** One step forward; at the end of the tape the chosen access begins. */
    step(): void {
      if (get().cursor === tapeOf(get()).ticks.length && !(canBegin(get()) && beginAccess())) return
      set({ playing: false })
      seek(get().cursor + 1, true)
    },
    /** One step back in time. */
    back(): void {
      set({ playing: false })
      seek(get().cursor - 1)
    },
    seek(cursor: number): void {
      set({ playing: false })
      seek(cursor)
    },
    /** Play to the end of the tape. At its end: play the last access again if it is the chosen one, else begin that. */
    run(): void {
      const state = get()
      const tape = tapeOf(state)
      if (state.cursor === tape.ticks.length) {
        const again = lastAccess(state)
        if (again !== null) set({ cursor: again })
        else if (!canBegin(state) || !beginAccess()) return
      }
      set({ playing: true })
    },
    pause(): void {
      set({ playing: false })
    },
    /** One tick of playing; stops at the end of the tape. */
    playOn(): void {
      seek(get().cursor + 1, true)
      if (get().cursor === tapeOf(get()).ticks.length) set({ playing: false })
    },
    playToEnd(): void {
      seek(tapeOf(get()).ticks.length)
      set({ playing: false })
    },
    choose: chooseAndFinish,
    /** Back to where the scenario begins. */
    reset(): void {
      const scenario = scenarioOf(get())
      change({ choices: scenario.opening, page: scenario.page, process: 0 })
      set({ cursor: tapeOf(get()).ticks.length, why: null })
    },
    /** Go to a scenario's beginning; a recorded one is met on the machine that it was recorded on. */
    openScenario(id: string): void {
      const scenario = scenarioOf({ ...get(), scenario: id })
      const machine = get().recorded.get(scenario.id)?.capture.platform ?? get().machine
      change({ scenario: scenario.id, machine, choices: scenario.opening, page: scenario.page, process: 0 })
      set({ cursor: tapeOf(get()).ticks.length, why: null })
    },
    /** Make a recorded process known, so that it can be opened like a scenario. */
    addRecorded(scenario: CaptureScenario): void {
      set({ recorded: new Map(get().recorded).set(scenario.id, scenario) })
    },
    setMachine: (machine: MachineId): void => changeSetting({ machine }),
    setKernel: (kernel: string): void => changeSetting({ kernel }),
    setNuma: (numa: NumaBalancing): void => changeSetting({ numa }),
    setAccess: (access: Access): void => set({ access }),
    setProcess: (process: ProcessId): void => set({ process }),
    select: (page: number): void => set({ page, why: get().page === page ? get().why : null }),
    explain: (why: number | null): void => set({ why }),
    setSpeed: (speed: Speed): void => set({ speed }),
    undo(): void {
      const { done, undone } = get()
      const before = done.at(-1)
      if (before) {
        set({
          ...before,
          done: done.slice(0, -1),
          undone: [...undone, experimentOf(get())],
          playing: false,
          forward: false,
        })
      }
    },
    redo(): void {
      const { done, undone } = get()
      const after = undone.at(-1)
      if (after) {
        set({
          ...after,
          undone: undone.slice(0, -1),
          done: [...done, experimentOf(get())],
          playing: false,
          forward: false,
        })
      }
    },
    /** Go to the experiment of a link; what the reader had is one undo away. A page that is not there is the first. */
    open(experiment: Experiment): void {
      change(experiment)
      if (experiment.page >= playbackOf(get()).machine.pages.length) set({ page: scenarioOf(get()).page })
      set({ cursor: Math.max(0, Math.min(experiment.cursor, tapeOf(get()).ticks.length)), why: null })
    },
    /** Begin undo afresh: the page has just opened. */
    forgetPast: (): void => set({ done: [], undone: [] }),
    say(message: string): void {
      if (!get().messages.includes(message)) set({ messages: [...get().messages, message] })
    },
    dismiss(message: string): void {
      set({ messages: get().messages.filter((each) => each !== message) })
    },
  }
  return commands
}

const tapeOf = (state: AppState): Tape => playbackOf(state).tape

/**
 * May the chosen access begin where the tape ends? Not where the task died. A program caught in an endless fault can be
 * taken elsewhere, but the same access would only be the same loop.
 */
export function canBegin(state: AppState): boolean {
  const { outcome, tape } = sceneOf(state)
  if (outcome.name === 'endless') return !isChosen(tape.choices[outcome.lasso!.choice], state)
  return outcome.name !== 'bug'
}

/** Does Run have anything to play? */
export const canRun = (state: AppState): boolean =>
  state.cursor < tapeOf(state).ticks.length || canBegin(state) || lastAccess(state) !== null

const isChosen = (choice: Choice | undefined, state: AppState): boolean =>
  choice?.do === 'access' &&
  choice.access === state.access &&
  choice.page === state.page &&
  choice.process === state.process

/** First tick of the tape's last operation if that is the chosen access; null if it is another. */
function lastAccess(state: AppState): number | null {
  const { choices, begins } = tapeOf(state)
  const isOpening = choices.length <= playbackOf(state).opening
  return isChosen(choices.at(-1), state) && !isOpening ? (begins.at(-1) ?? null) : null
}

/**
 * The choices that lead to the cursor. In the middle of an operation it is held there, if `midway` is asked for; a new
 * operation of the CPU lets it end first.
 */
export function choicesUpTo(tape: Tape, cursor: number, midway: boolean): readonly Choice[] {
  if (cursor >= tape.ticks.length) return tape.choices
  const begun = tape.begins.findLastIndex((begin) => begin !== null && begin < cursor)
  const kept = tape.choices.slice(0, begun + 1)
  const next = tape.ticks[cursor]!
  const goesOn = next.actor !== HAND && next.choice <= begun
  if (!goesOn || !midway) return kept
  const since = tape.begins[begun]!
  const ticks = tape.ticks.slice(since, cursor).filter(({ actor }) => actor === next.actor).length
  return [...kept, next.actor === SECOND_CPU ? { do: 'hold', ticks, second: true } : { do: 'hold', ticks }]
}
