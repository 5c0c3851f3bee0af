import type { Machine } from './machine'
import type { ProcessImage } from './image'

/**
 * What a machine holds now, as the beginning of another. `image`: what it was built from. Cut: the child is
 * left out.
 */
export function snapshotOf(machine: Machine, image: ProcessImage): ProcessImage {
  const { world, frames, swapSlots } = machine
  const parent = machine.processes[0]!
  return {
    ...image,
    pages: image.pages.map((page, index) => ({
      ...page,
      flags: world.get(parent.flags[index]!),
      entry: world.pte(parent.slots[index]!),
    })),
    frames: image.frames.map((frame, index) => ({
      ...frame,
      kind: frames.kind(index),
      mapcount: frames.mapcount(index),
      exclusive: world.get(frames.exclusiveCell(index)) === 1,
    })),
    written: image.written.map((_, mapping) => world.get(parent.written[mapping]!) === 1),
    swapSlots: swapSlots.map((cell) => world.get(cell)),
  }
}
