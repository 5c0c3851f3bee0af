// The machine of lock.pml for the explorer: CPUs that write to pages, a lock that each fault takes, and a scanner.
import type { Cell } from '../../src/arch/brand'
import { CellAllocator, World } from '../../src/arch/world'
import { Search } from '../../src/explore/search'
import type { Machine } from '../../src/machine/machine'
import { modelById } from '../../src/explore/models'

const WRITABLE = 3

/** What an actor does at one place of its program; returns the next place. One that waits for the lock stays, and writes nothing. */
type Act = (machine: LockMachine, actor: number) => number

const CPU: readonly Act[] = [
  (machine, actor) => (machine.rights(actor) === WRITABLE ? machine.goOn(actor, 0) : 1),
  (machine, actor) => machine.take(actor, 1, 2),
  (machine, actor) => (machine.rights(actor) === 0 ? 3 : machine.rights(actor) === WRITABLE ? 5 : 4),
  (machine, actor) => machine.give(actor, 1, 5),
  (machine, actor) => machine.give(actor, machine.rights(actor) + 1, 5),
  (machine) => machine.release(0),
]

const SCANNER: readonly Act[] = [
  (machine, actor) => machine.take(actor, 0, 1),
  (machine, actor) => {
    machine.give(actor, 0, 2)
    return machine.goOn(actor, 2)
  },
  (machine) => machine.release(0),
]

/** As much of a machine as a search asks for. */
class LockMachine {
  readonly cpus: readonly { readonly pc: Cell; readonly page: Cell }[]
  readonly world: World
  readonly decidingWords: number
  // None of what marks and names of frames are about.
  readonly processes: readonly never[] = []
  readonly pages: readonly never[] = []
  readonly frames = { count: 0 }
  readonly kernel = { marking: 'bit 9' }
  private readonly entries: readonly Cell[]
  private readonly lock: Cell

  /** The last actor is the scanner. */
  constructor(cpus: number, pages: number) {
    const cells = new CellAllocator()
    this.cpus = Array.from({ length: cpus + 1 }, () => ({ pc: cells.cell(), page: cells.cell() }))
    this.entries = Array.from({ length: pages }, () => cells.cell())
    this.lock = cells.cell()
    this.decidingWords = cells.next
    this.world = new World(cells.next)
  }

  isIdle(): boolean {
    return false
  }

  tick(actor: number): Act {
    const { pc } = this.cpus[actor]!
    const act = (actor === this.cpus.length - 1 ? SCANNER : CPU)[this.world.get(pc)]!
    this.world.put(pc, act(this, actor))
    return act
  }

  /** What the page at hand may be used for. */
  rights(actor: number): number {
    return this.world.get(this.entryOf(actor))
  }

  give(actor: number, rights: number, next: number): number {
    this.world.put(this.entryOf(actor), rights)
    return next
  }

  goOn(actor: number, next: number): number {
    const { page } = this.cpus[actor]!
    this.world.put(page, (this.world.get(page) + 1) % this.entries.length)
    return next
  }

  take(actor: number, waits: number, next: number): number {
    if (this.world.get(this.lock) !== 0) return waits
    this.world.put(this.lock, actor + 1)
    return next
  }

  release(next: number): number {
    this.world.put(this.lock, 0)
    return next
  }

  private entryOf(actor: number): Cell {
    return this.entries[this.world.get(this.cpus[actor]!.page)]!
  }
}

/** The explorer's own search, of this machine in the place of a kernel's. */
export function lockSearch(cpus: number, pages: number): Search {
  const machine = new LockMachine(cpus, pages) as unknown as Machine
  const search = new Search(machine, { ...modelById('race'), menu: [] }, { onMove: () => undefined })
  // Nobody begins anything, so no menu names the actors.
  return Object.assign(search, { actors: machine.cpus.map((_, actor) => actor) })
}
