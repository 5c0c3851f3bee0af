import type { Access } from '../arch/error-code'
import { touchBy, type Choice, type ProcessId, type Toucher } from '../machine/choice'
import { HAND, SECOND_CPU } from '../machine/machine'
import { isFromOutside } from '../machine/operations'
import { choicesOf, toucherOf, type Scenario } from '../machine/scenario'
import type { RecordedScenario } from '../decode/recorded-scenario'
import type { LabView, World } from '../trace/link'
import type { NumaBalancing } from '../trace/replay'
import type { TablesInput } from '../trace/tables-input'
import type { Tape } from '../trace/tape'
import { experimentOf, type AppState, type AppStore, type Experiment, type Speed } from './app-store'
import { columnsDone } from '../trace/lockstep'
import { quickCommands } from './quick-commands'
import { lockstepOf, otherSceneOf, placeInTime, playbackOf, scenarioOf, sceneOf, timeOf } from './derived'
import type { MachineId } from '../machine/platforms'

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
  function seek(at: number, forward = false): void {
    set({ ...placeInTime(get(), at), forward })
  }

  /** Change what the run runs on; a reader who stood at the end of time stands there again. */
  function changeSetting(next: Partial<Pick<Experiment, 'machine' | 'kernel' | 'numa' | 'other'>>): void {
    const { at, length } = timeOf(get())
    change(next)
    set(placeInTime(get(), at === length ? Infinity : at))
  }

  /** Do something at the cursor; what lay after it is cut off. Returns the index of the choice. */
  function choose(choice: Choice): number {
    const state = get()
    const kept = choicesUpTo(tapeOf(state), state.cursor, isFromOutside(choice))
    change({ choices: [...kept, choice] })
    return kept.length
  }

  /** Do it, and go to its end: to the tape's end, or for a hand edit to the moment after it. */
  function chooseAndFinish(choice: Choice): void {
    const { begins, ticks } = (choose(choice), tapeOf(get()))
    const began = begins.at(-1) ?? null
    const byHand = choice.do === 'flip' || choice.do === 'poke'
    // A flip by hand is one step forward, and moves like one.
    set({ cursor: byHand && began !== null ? began + 1 : ticks.length, beyond: Infinity, forward: byHand })
  }

  /** Begin the chosen access at the end of the tape and stand before its first tick. False where it cannot begin. */
  function beginAccess(): boolean {
    const { access, by, page, process } = get()
    const index = choose(touchBy(by, process, page, access))
    const began = tapeOf(get()).begins[index] ?? null
    if (began === null) {
      commands.undo()
      return false
    }
    // What the other world still had to do of the choice before is done.
    set({ cursor: began, beyond: Infinity })
    return true
  }

  const commands = {
    /** One step forward; at the end of time the chosen access begins. */
    step(): void {
      const { at, length } = timeOf(get())
      if (at === length && !(canBegin(get()) && beginAccess())) return
      set({ playing: false })
      seek(timeOf(get()).at + 1, true)
    },
    /** One step back in time. */
    back(): void {
      set({ playing: false })
      seek(timeOf(get()).at - 1)
    },
    seek(at: number): void {
      set({ playing: false })
      seek(at)
    },
    /** Play to the end of the tape. At its end: play the last access again if it is the chosen one, else begin that. */
    run(): void {
      const state = get()
      const { at, length } = timeOf(state)
      if (at === length) {
        const again = lastAccess(state)
        if (again !== null) set({ cursor: again, beyond: Infinity })
        else if (!canBegin(state) || !beginAccess()) return
      }
      set({ playing: true, playTo: Infinity })
    },
    /** Play what was done behind the scenario's opening, up to the cursor. */
    playHere(): void {
      const state = get()
      const { begins } = tapeOf(state)
      const from = begins[scenarioOf(state).opening.length] ?? null
      if (from !== null) commands.playFrom(from)
    },
    /** Play from a place before the cursor up to the cursor. */
    playFrom(from: number): void {
      const state = get()
      if (from >= state.cursor) return
      const compares = state.view === 'compare'
      const playTo = timeOf(state).at
      seek(compares ? columnsDone(lockstepOf(state), from, 0) : from)
      set({ playTo, playing: true, ...(compares ? {} : { beyond: Infinity }) })
    },
    pause(): void {
      // Whoever leaves a room pauses it, and mostly nothing moves: then nobody needs to look whether something has changed.
      if (get().playing) set({ playing: false })
    },
    /** One tick of playing; stops at the end of the tape. */
    playOn(): void {
      seek(timeOf(get()).at + 1, true)
      const { at, length } = timeOf(get())
      if (at >= Math.min(length, get().playTo)) set({ playing: false })
    },
    playToEnd(): void {
      const { playTo } = get()
      set({ playing: false })
      seek(playTo)
    },
    choose: chooseAndFinish,
    /** Back to where the scenario begins. */
    reset(): void {
      const scenario = scenarioOf(get())
      change(beginningOf(scenario))
      set({ ...placeInTime(get(), cursorAtBeginning(scenario, tapeOf(get()))), why: null })
    },
    /** Go to a scenario's beginning; one that was recorded, or that is about a machine or a kernel, is met there. */
    openScenario(id: string): void {
      const scenario = scenarioOf({ ...get(), scenario: id })
      const { machine = get().machine, kernel = get().kernel } = get().recorded.get(scenario.id) ?? scenario.on ?? {}
      change({ scenario: scenario.id, machine, kernel, ...beginningOf(scenario) })
      set({ ...placeInTime(get(), cursorAtBeginning(scenario, tapeOf(get()))), why: null })
    },
    /** Make a recorded process known, so that it can be opened like a scenario. */
    addRecorded(scenario: RecordedScenario): void {
      set({ recorded: new Map(get().recorded).set(scenario.id, scenario) })
    },
    setMachine: (machine: MachineId): void => changeSetting({ machine }),
    setKernel: (kernel: string): void => changeSetting({ kernel }),
    /** Both at once: one choice, and one to undo. */
    runOn: (machine: MachineId, kernel: string): void => changeSetting({ machine, kernel }),
    setNuma: (numa: NumaBalancing): void => changeSetting({ numa }),
    setAccess: (access: Access): void => set({ access }),
    setBy: (by: Toucher): void => set({ by }),
    setProcess: (process: ProcessId): void => set({ process }),
    select: (page: number): void => set({ page, why: get().page === page ? get().why : null }),
    explain: (why: number | null): void => set({ why }),
    show(view: LabView): void {
      // Two worlds shown from the end of the tape are both shown from their ends.
      const beyond = get().cursor === tapeOf(get()).ticks.length ? Infinity : 0
      set({ view, beyond, playing: false })
    },
    /** Show two worlds side by side. Where no access has been made, the chosen one begins in both: there is more to compare. */
    compare(): void {
      commands.show('compare')
      const { at, length } = timeOf(get())
      if (at === length && sceneOf(get()).outcome.name === 'idle' && canBegin(get())) beginAccess()
    },
    /** Go to where two worlds first differ; from there to where their ways part, which may be later. */
    toDifference(): void {
      if (get().view !== 'compare') return
      if (lockstepOf(get()).first === null) commands.compare()
      const { first, parting } = lockstepOf(get())
      const places = [first, parting].flatMap((column) => (column === null ? [] : [column + 1]))
      const next = places.find((place) => place > timeOf(get()).at) ?? places[0]
      if (next !== undefined) commands.seek(next)
    },
    /** Put a world in one of the two places. */
    setWorld(which: 'a' | 'b', world: Partial<World>): void {
      changeSetting(which === 'a' ? world : { other: { ...get().other, ...world } })
    },
    /** To the whole page table, and from there back to the one world. */
    zoom: (): void => commands.show(get().view === 'tables' ? 'one' : 'tables'),
    askTables: (asked: Partial<TablesInput>): void => set({ tables: { ...get().tables, ...asked } }),
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
    /** Ask for a recording of the reader's own, or no longer. */
    askForFile: (asked: boolean): void => set({ askedForFile: asked }),
    say(message: string): void {
      if (!get().messages.includes(message)) set({ messages: [...get().messages, message] })
    },
    dismiss(message: string): void {
      set({ messages: get().messages.filter((each) => each !== message) })
    },
  }
  const beginAtEnd = (): void => {
    const { at, length } = timeOf(get())
    if (at === length && canBegin(get())) beginAccess()
  }
  return { ...commands, ...quickCommands(store, { ...commands, beginAtEnd }) }
}

const beginningOf = (scenario: Scenario) => ({
  choices: choicesOf(scenario),
  page: scenario.page,
  process: scenario.process ?? 0,
  by: toucherOf(scenario),
})

/** Where a reader begins: after the opening, and before what was recorded. */
const cursorAtBeginning = ({ opening, run }: Scenario, { begins, ticks }: Tape): number =>
  (run && begins[opening.length]) ?? ticks.length

const tapeOf = (state: AppState): Tape => playbackOf(state).tape

/**
 * May the chosen access begin where the tape ends? Not where the task died. A program caught in an endless fault can be
 * taken elsewhere, but the same access would only be the same loop.
 */
export function canBegin(state: AppState): boolean {
  const scenes = state.view === 'compare' ? [sceneOf(state), otherSceneOf(state)] : [sceneOf(state)]
  return scenes.every(({ outcome, tape }) =>
    outcome.name === 'endless' ? !isChosen(tape.choices[outcome.lasso!.choice], state) : outcome.name !== 'bug',
  )
}

/** Does Run have anything to play? */
export function canRun(state: AppState): boolean {
  const { at, length } = timeOf(state)
  return at < length || canBegin(state) || lastAccess(state) !== null
}

const isChosen = (choice: Choice | undefined, state: AppState): boolean =>
  JSON.stringify(choice) === JSON.stringify(touchBy(state.by, state.process, state.page, state.access))

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
