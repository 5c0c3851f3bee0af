import type { Cell, Mfn, Pfn } from '../arch/brand'
import type { CellAllocator, World } from '../arch/world'

/** What a frame holds. `table` frames never hold data. */
export const FRAME = { free: 0, anon: 1, file: 2, zero: 3, table: 4 } as const

/** A frame by both its numbers. */
export interface FrameName {
  readonly pfn: Pfn
  readonly mfn: Mfn
  /** The first of the 512 frames of a huge page. */
  readonly huge?: boolean
  /** Another domain's frame: its machine number is theirs, its guest number that of a page which stands for it. */
  readonly foreign?: boolean
}

/** The run ends here, for the model knows no further; the reader is told why. */
export class OutOfModel extends Error {}

/** The machine of the model has no frame left. */
export class OutOfFrames extends OutOfModel {
  constructor() {
    super('The memory of this small machine is full. Undo a step, let the child exit, or reset.')
  }
}

/** The frames of the model: which there are never changes, what struct page says of them does. */
export class Frames {
  private readonly byPfn = new Map<number, number>()
  private readonly byMfn = new Map<number, number>()
  private readonly kinds: number
  private readonly mapcounts: number
  private readonly dirt: number
  private readonly exclusives: number
  private readonly nodes: number

  private readonly world: () => World
  private readonly names: readonly FrameName[]

  constructor(world: () => World, names: readonly FrameName[], cells: CellAllocator) {
    this.world = world
    this.names = names
    for (const [index, name] of names.entries()) {
      this.byPfn.set(name.pfn, index)
      this.byMfn.set(name.mfn, index)
    }
    this.kinds = cells.block(names.length)
    this.mapcounts = cells.block(names.length)
    this.dirt = cells.block(names.length)
    this.exclusives = cells.block(names.length)
    this.nodes = cells.block(names.length)
  }

  get count(): number {
    return this.names.length
  }

  /** Index of a frame by the guest's or the machine's number; -1 for one outside the model. */
  indexOfPfn(pfn: number): number {
    return this.byPfn.get(pfn) ?? -1
  }
  indexOfMfn(mfn: number): number {
    return this.byMfn.get(mfn) ?? -1
  }

  pfn(index: number): Pfn {
    return this.names[index]!.pfn
  }
  mfn(index: number): Mfn {
    return this.names[index]!.mfn
  }

  /** What a frame holds (see `FRAME`); -1 for index -1, which is no frame. */
  kind(index: number): number {
    return index < 0 ? -1 : this.world().get(this.kindCell(index))
  }
  kindCell(index: number): Cell {
    return (this.kinds + index) as Cell
  }
  /** How many entries map the frame. Not counted for the zero page. */
  mapcount(index: number): number {
    return this.world().get(this.mapcountCell(index))
  }
  mapcountCell(index: number): Cell {
    return (this.mapcounts + index) as Cell
  }
  /** Is a file page marked dirty? */
  dirtyCell(index: number): Cell {
    return (this.dirt + index) as Cell
  }

  /** Is an anonymous page marked as its process's alone? */
  exclusiveCell(index: number): Cell {
    return (this.exclusives + index) as Cell
  }
  /** The NUMA node a frame is on. */
  nodeCell(index: number): Cell {
    return (this.nodes + index) as Cell
  }

  /**
   * Take the first free frame of this node for an anonymous page; of another where the node has none. Cut: nothing is
   * reclaimed to make room.
   */
  take(node: number): number {
    const free = this.firstFree(node) ?? this.firstFree()
    if (free === null) throw new OutOfFrames()
    this.world().put(this.kindCell(free), FRAME.anon)
    return free
  }

  /** Take a free huge page. */
  takeHuge(): number {
    const { words } = this.world()
    const free = this.names.findIndex(({ huge }, index) => huge && words[this.kinds + index] === FRAME.free)
    if (free < 0) throw new OutOfFrames()
    this.world().put(this.kindCell(free), FRAME.anon)
    return free
  }

  /** The first free frame, of one node or of any; null where there is none. */
  firstFree(node?: number): number | null {
    const { words } = this.world()
    for (let index = 0; index < this.names.length; index++) {
      if (words[this.kinds + index] !== FRAME.free || this.names[index]!.huge) continue
      if (node === undefined || words[this.nodes + index] === node) return index
    }
    return null
  }

  /** All that struct page says of a frame; the node that it is on is the frame's own. */
  structPage(index: number): readonly Cell[] {
    return [this.kindCell(index), this.mapcountCell(index), this.dirtyCell(index), this.exclusiveCell(index)]
  }

  /** Is it the first frame of a huge page? */
  isHuge(index: number): boolean {
    return this.names[index]?.huge ?? false
  }

  /** Does the frame belong to another domain? */
  isForeign(index: number): boolean {
    return this.names[index]?.foreign ?? false
  }
  /** The frame that another domain grants; -1 where none does. Cut: one grant, of one page. */
  get granted(): number {
    return this.names.findIndex(({ foreign }) => foreign)
  }

  /** The NUMA node that a frame is on. */
  node(index: number): number {
    return this.world().get(this.nodeCell(index))
  }

  /** One more entry maps the frame. */
  map(index: number): void {
    this.world().add(this.mapcountCell(index), 1)
  }

  /** One entry fewer maps the frame; an anonymous page that nobody maps is free again, and is marked no more. */
  unmap(index: number): void {
    const left = this.mapcount(index) - 1
    this.world().put(this.mapcountCell(index), left)
    if (left !== 0 || this.kind(index) !== FRAME.anon) return
    this.world().put(this.kindCell(index), FRAME.free)
    this.world().clear(this.exclusiveCell(index))
  }
}
