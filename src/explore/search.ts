import { accessOf, type Access } from '../arch/error-code'
import { landed } from '../arch/mmu'
import type { Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { OutOfModel } from '../kernel/frames'
import type { Machine } from '../machine/machine'
import { actorOf } from '../machine/operations'
import { Marks } from './marks'
import { isQuiet, settle, tryBegin } from './move'
import type { Model } from './model'
import { MOST_WORDS, Packing } from './packing'
import { Renaming } from './renaming'
import { MOST_STATES, Visited } from './visited'

/** After so many states the layout is made compact, once: by then nearly every value has been seen. */
const COMPACT_AFTER = 1 << 14

/** One transition, while the machine still stands where it led. Reused: what is needed later has to be copied. */
export interface Moment {
  readonly machine: Machine
  /** The step taken; null where something was begun. */
  taken: Step<KernelCx> | null
  actor: number
  /** The state it came from, and the move: an index into the menu, or behind the menu an actor that went on. */
  parent: number
  move: number
  readonly marks: Marks
  /** The access that has just landed; null for every other step. */
  landedOn: Landing | null
  /** Notes of the transition begin here. */
  mark: number
  /** What was marked before and is now (see Marks). */
  marksBefore: number
  marksAfter: number
  /** Number of the state it led to: its own if it is new, -1 if it was known. */
  state: number
}

/** What landed where. */
export interface Landing {
  readonly process: number
  readonly page: number
  readonly access: Access
}

/** Looks at every transition, and leaves the machine as it was. */
export interface Watch {
  /** The first state, before anything was chosen. */
  atStart?(moment: Moment): void
  onMove(moment: Moment): void
  /** Has everything that was asked got its answer? */
  readonly isSettled?: boolean
}

/**
 * How a search stands. `settled`: whatever was asked has its answer. The last three: a limit was reached, and what was found
 * is not all there is.
 */
export type SearchState = 'running' | 'done' | 'settled' | 'too many states' | 'too many bytes' | 'stopped'

export interface Limits {
  readonly states: number
  readonly bytes: number
}

export const NO_LIMITS: Limits = { states: MOST_STATES, bytes: Infinity }

/**
 * Meets every state of a model, nearest first, by the machine's own steps. A step's writes are taken back to try the next
 * choice; nothing is copied. `advance` works for a while, so that a worker can tell how it goes and a page can breathe.
 */
export class Search {
  readonly machine: Machine
  readonly model: Model
  readonly marks: Marks
  state: SearchState = 'running'
  transitions = 0
  /** How many moves the farthest state that is being looked at is away from the first. */
  depth = 0
  /** Moves that led out of the model, which were not made. */
  outOfModel = 0
  private readonly renaming: Renaming
  private packing: Packing
  private readonly visited: Visited
  private readonly watch: Watch
  private readonly limits: Limits
  private readonly actors: readonly number[]
  private readonly menuOf: readonly number[]
  private readonly moment: Moment
  /** The state that the machine stands in, packed. */
  private readonly now = new Uint32Array(MOST_WORDS)
  private readonly next = new Uint32Array(MOST_WORDS)
  private expanded = 0
  private layerEnd = 1
  private compacted = false
  private marked = 0
  private readonly limit: number
  /** Ticks of the scenario's opening, which a tape begins with. */
  readonly openingTicks: number

  /** `machine` stands at the model's first state. */
  constructor(machine: Machine, model: Model, watch: Watch, limits: Limits = NO_LIMITS, openingTicks = 0) {
    this.machine = machine
    this.openingTicks = openingTicks
    this.model = model
    this.watch = watch
    this.limits = limits
    this.marks = new Marks(machine)
    this.renaming = new Renaming(machine)
    this.menuOf = model.menu.map(actorOf)
    this.actors = [...new Set(this.menuOf)].toSorted((a, b) => a - b)
    this.limit = machine.decidingWords
    for (const actor of this.actors) settle(machine, actor)
    machine.world.forget()
    const start = new Uint32Array(this.limit + 1)
    start.set(machine.world.words.subarray(0, this.limit))
    this.packing = new Packing(start, this.limit + 1)
    this.visited = new Visited(this.packing.words)
    this.visited.add(this.now, 0, 0)
    this.moment = {
      machine,
      marks: this.marks,
      parent: 0,
      move: -1,
      taken: null,
      actor: -1,
      landedOn: null,
      mark: 0,
      marksBefore: 0,
      marksAfter: 0,
      state: 0,
    }
    watch.atStart?.(this.moment)
  }

  get states(): number {
    return this.visited.size
  }

  get bytes(): number {
    return this.visited.bytes
  }

  /** States met and not yet looked at. */
  get waiting(): number {
    return this.visited.size - this.expanded
  }

  /** Words of a packed state, and words of the world that ever changed. */
  get packedWords(): number {
    return this.packing.words
  }
  get columns(): number {
    return this.packing.columns
  }

  /** Look at up to `count` more states. */
  advance(count: number): SearchState {
    for (let left = count; left > 0 && this.state === 'running'; left--) {
      if (this.expanded === this.visited.size) this.state = 'done'
      else if (this.watch.isSettled) this.state = 'settled'
      else this.expand(this.expanded++)
    }
    return this.state
  }

  /** Leave off; what was found stays. */
  stop(): void {
    if (this.state === 'running') this.state = 'stopped'
  }

  /** The moves that lead from the first state to this one. */
  movesTo(state: number): readonly number[] {
    const moves: number[] = []
    for (let at = state; at !== 0; at = this.visited.parentOf(at)) moves.push(this.visited.moveTo(at))
    return moves.reverse()
  }

  /** Let the machine stand in a state met before. */
  goTo(state: number): void {
    this.visited.read(state, this.next)
    this.marked = this.packing.unpack(this.next, this.now, this.machine.world.words, this.limit, this.marked)
  }

  /**
   * Let one state stand for all that are equal but for the names of frames (see Renaming): fewer states, the same verdicts. To
   * be set before the search begins.
   */
  renames = false

  /**
   * Where some actor's next step is local, look at that one alone: whatever the others do before it they may as well do
   * after it. Fewer states, the same verdicts; a counterexample may be longer. To be set before the search begins.
   */
  reduces = false

  private expand(state: number): void {
    if (state === this.layerEnd) {
      this.depth++
      this.layerEnd = this.visited.size
    }
    if (!this.compacted && this.visited.size >= COMPACT_AFTER) this.compact()
    this.goTo(state)
    const alone = this.reduces ? this.actors.find((actor) => this.machine.nextStep(actor).local) : undefined
    for (const actor of this.actors) {
      if (alone !== undefined && actor !== alone) continue
      if (this.machine.isIdle(actor)) this.beginEach(state, actor)
      else this.tick(state, actor)
    }
    if (this.visited.size > this.limits.states) this.state = 'too many states'
    else if ((state & 0x3ff) === 0 && this.visited.bytes > this.limits.bytes) this.state = 'too many bytes'
  }

  private beginEach(state: number, actor: number): void {
    const { menu } = this.model
    for (let index = 0; index < menu.length; index++) {
      if (this.menuOf[index] !== actor) continue
      const mark = this.machine.world.mark
      if (tryBegin(this.machine, menu[index]!)) this.arrive(state, index, null, actor, mark)
      this.machine.world.takeBack(mark)
    }
  }

  private tick(state: number, actor: number): void {
    const { world } = this.machine
    const mark = world.mark
    const before = world.get(this.machine.cpus[actor]!.pc)
    try {
      const taken = this.machine.tick(actor)
      // A step that waits for a lock comes again, and changed nothing.
      if (world.mark - mark > 2 || world.get(this.machine.cpus[actor]!.pc) !== before)
        this.arrive(state, this.model.menu.length + actor, taken, actor, mark)
    } catch (error) {
      if (!(error instanceof OutOfModel)) throw error
      this.outOfModel++
    }
    world.takeBack(mark)
  }

  /** The machine stands where a move led: is that new? */
  private arrive(parent: number, move: number, taken: Step<KernelCx> | null, actor: number, mark: number): void {
    const { machine, moment } = this
    this.transitions++
    const marks = taken ? this.marks.after(this.marked, taken, actor, mark) : this.marked
    moment.taken = taken
    moment.actor = actor
    moment.mark = mark
    moment.marksBefore = this.marked
    moment.marksAfter = marks
    moment.parent = parent
    moment.move = move
    moment.landedOn = taken === (landed as unknown) ? landing(machine, actor) : null
    if (taken && machine.isIdle(actor)) settle(machine, actor)
    const isRenamed = this.renames && taken !== null && isQuiet(machine)
    moment.state = isRenamed ? this.meetRenamed(parent, move, mark, marks) : this.meet(parent, move, mark, marks)
    this.watch.onMove(moment)
  }

  /** Add the state that stands for the one that the machine stands in, and goes on standing in. */
  private meetRenamed(parent: number, move: number, mark: number, marks: number): number {
    const { world } = this.machine
    const here = world.mark
    this.renaming.apply()
    const state = this.meet(parent, move, mark, marks)
    world.takeBack(here)
    return state
  }

  /** Pack the state that the machine stands in, and add it. */
  private meet(parent: number, move: number, mark: number, marks: number): number {
    const { world } = this.machine
    const { now, next, packing, visited } = this
    for (let word = 0; word < packing.words; word++) next[word] = now[word]!
    for (let at = mark; at < world.mark; at += 2) {
      const cell = world.notedCell(at)
      if (cell < this.limit) packing.set(next, cell, world.words[cell]!)
    }
    if (marks !== this.marked) packing.set(next, this.limit, marks)
    if (packing.words !== visited.width) visited.rewrite(packing.words, () => undefined)
    return visited.add(next, parent, move)
  }

  /** Lay the packed states out anew, now that it is known what they hold. */
  private compact(): void {
    this.compacted = true
    const compact = this.packing.compact()
    const { packing } = this
    this.visited.rewrite(compact.words, (packed) => {
      packing.repack(packed, compact)
    })
    packing.repack(this.now, compact)
    this.next.fill(0)
    this.packing = compact
  }
}

function landing({ world, cpus }: Machine, actor: number): Landing {
  const cpu = cpus[actor]!
  return { process: world.get(cpu.process), page: world.get(cpu.page), access: accessOf(world.get(cpu.access)) }
}
