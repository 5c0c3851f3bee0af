import type { Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { OutOfModel } from '../kernel/frames'
import type { Choice } from '../machine/choice'
import { HAND, type Machine } from '../machine/machine'
import { actorOf, begin } from '../machine/operations'

/** One word that a tick changed, or wrote again. */
export interface Write {
  readonly cell: number
  readonly before: number
  readonly after: number
}

/** One step taken by one actor, and what it wrote. */
export interface Tick {
  readonly step: Step<KernelCx>
  readonly actor: number
  /** Index of the choice this tick carries out. */
  readonly choice: number
  readonly writes: readonly Write[]
}

/** Where a run caught itself: the state after tick `again` is the state after tick `first`. */
export interface Lasso {
  readonly choice: number
  readonly first: number
  readonly again: number
}

/** A run carried out: every tick, and every place where a state came back. */
export interface Tape {
  readonly choices: readonly Choice[]
  readonly start: Uint32Array
  readonly ticks: readonly Tick[]
  /** For each choice: index of its first tick, or null if it could not begin. */
  readonly begins: readonly (number | null)[]
  readonly lassos: readonly Lasso[]
  /** Why the run stops before its end: too many ticks, or no memory left; null if it does not. */
  readonly problem: string | null
}

/** More ticks than any operation of the model needs; reaching it is said on screen. */
export const TICK_LIMIT = 20_000

/**
 * Carry out a run from where the machine stands. Pure in effect: afterwards the machine stands where it stood.
 * An operation runs to its end before the next choice, unless that choice is `hold`. It also ends for now when the state repeats
 * at a step that compares states: left alone, it would go on for ever.
 */
export function record(machine: Machine, choices: readonly Choice[]): Tape {
  const start = machine.world.words.slice()
  const recorder = new Recorder(machine, choices)
  choices.forEach((choice, index) => recorder.carryOut(choice, index))
  recorder.finish()
  machine.world.words.set(start)
  machine.world.takeNotes()
  return {
    choices,
    start,
    ticks: recorder.ticks,
    begins: recorder.begins,
    lassos: recorder.lassos,
    problem: recorder.problem,
  }
}

class Recorder {
  readonly ticks: Tick[] = []
  readonly begins: (number | null)[] = []
  readonly lassos: Lasso[] = []
  problem: string | null = null
  private readonly machine: Machine
  private readonly choices: readonly Choice[]
  /** The choice that each actor carries out. */
  private readonly busy: (number | null)[]
  /** Actors whose state came back: nothing new can happen to them until somebody else acts. */
  private readonly caught = new Set<number>()
  /** Ticks of the operation in progress after which states were compared, per actor. */
  private readonly seen: number[][]

  constructor(machine: Machine, choices: readonly Choice[]) {
    this.machine = machine
    this.choices = choices
    this.busy = machine.cpus.map(() => null)
    this.seen = machine.cpus.map(() => [])
  }

  carryOut(choice: Choice, index: number): void {
    if (this.problem) {
      this.begins.push(null)
      return
    }
    if (choice.do === 'hold') {
      this.begins.push(null)
      const held = actorOf(choice)
      if (this.busy[held] !== null && !this.caught.has(held)) this.runTicks(held, choice.ticks)
      return
    }
    const actor = actorOf(choice)
    this.runToEnd(actor)
    if (!begin(this.machine, choice)) {
      this.begins.push(null)
      return
    }
    this.begins.push(this.ticks.length)
    this.busy[actor] = index
    // This choice may be what lets a caught program go on, so nothing seen before counts any more.
    this.caught.clear()
    this.seen.forEach((ticks) => ticks.splice(0))
    const next = this.choices[index + 1]
    if (actor === HAND || next?.do !== 'hold' || actorOf(next) !== actor) this.runToEnd(actor)
  }

  finish(): void {
    this.busy.forEach((_, actor) => this.runToEnd(actor))
  }

  private runToEnd(actor: number): void {
    if (this.busy[actor] === null || this.caught.has(actor) || this.problem) return
    if (!this.runTicks(actor, TICK_LIMIT)) this.problem ??= `The operation did not end within ${TICK_LIMIT} steps.`
  }

  /** Run up to `limit` ticks; true if the operation ended or repeated a state. */
  private runTicks(actor: number, limit: number): boolean {
    for (let count = 0; count < limit; count++) {
      if (this.machine.isIdle(actor)) return true
      const step = this.tick(actor)
      if (!step) return true
      this.note(step, actor)
      if (this.waits(step, actor)) this.letOthersRun(actor)
      if (step.comparesStates && this.repeats(actor)) return true
    }
    return this.machine.isIdle(actor)
  }

  /** One step; null, and nothing changed, where the machine is out of memory. */
  private tick(actor: number): Step<KernelCx> | null {
    const mark = this.machine.world.mark
    try {
      return this.machine.tick(actor)
    } catch (error) {
      if (!(error instanceof OutOfModel)) throw error
      this.machine.world.takeBack(mark)
      this.problem = error.message
      return null
    }
  }

  private note(step: Step<KernelCx>, actor: number): void {
    const { world } = this.machine
    const notes = world.takeNotes()
    const writes = new Map<number, Write>()
    for (let at = 0; at < notes.length; at += 2) {
      const cell = notes[at]!
      if (!writes.has(cell)) writes.set(cell, { cell, before: notes[at + 1]!, after: world.words[cell]! })
    }
    this.ticks.push({ step, actor, choice: this.busy[actor]!, writes: [...writes.values()] })
  }

  /** Did the step only find a lock taken? Then it comes again, and changed nothing but its own place. */
  private waits(step: Step<KernelCx>, actor: number): boolean {
    const { writes } = this.ticks.at(-1)!
    return this.machine.nextStep(actor) === step && writes.every(({ before, after }) => before === after)
  }

  /** Whoever holds the lock goes on to the end of what it is busy with. */
  private letOthersRun(waiting: number): void {
    for (const other of this.busy.keys()) if (other !== waiting && other !== HAND) this.runToEnd(other)
  }

  private repeats(actor: number): boolean {
    const tick = this.ticks.length - 1
    const first = this.seen[actor]!.find((earlier) => this.isStateAfter(earlier))
    if (first !== undefined) {
      this.caught.add(actor)
      this.lassos.push({ choice: this.busy[actor]!, first, again: tick })
      return true
    }
    this.seen[actor]!.push(tick)
    return false
  }

  /** Are all deciding words as they were after an earlier tick? Only what was written since can differ. */
  private isStateAfter(earlier: number): boolean {
    const { world, decidingWords } = this.machine
    const looked = new Set<number>()
    for (let index = earlier + 1; index < this.ticks.length; index++) {
      for (const { cell, before } of this.ticks[index]!.writes) {
        if (cell >= decidingWords || looked.has(cell)) continue
        if (world.words[cell] !== before) return false
        looked.add(cell)
      }
    }
    return true
  }
}

/** The words after the first `cursor` ticks: replayed from the notes. */
export function wordsAt(tape: Tape, cursor: number): Uint32Array {
  const words = tape.start.slice()
  for (let index = 0; index < cursor; index++) {
    for (const { cell, after } of tape.ticks[index]!.writes) words[cell] = after
  }
  return words
}
