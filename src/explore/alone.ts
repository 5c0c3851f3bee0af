import { OutOfModel } from '../kernel/frames'
import type { Machine } from '../machine/machine'

/** More steps than any way back to the program has in the model. */
const MOST_STEPS = 2_000

/** How it ends: with this outcome (see OUTCOME), never, or not by itself, for it waits for another or leaves the model. */
export type End = number | 'endless' | 'waits'

/**
 * What becomes of an actor that has just taken a step after which states are compared, if nobody else does anything. The
 * machine is left as it was.
 */
export function leftAlone(machine: Machine, actor: number): End {
  const { world } = machine
  const from = world.mark
  const compared = [from]
  const end = follow(machine, actor, compared)
  world.takeBack(from)
  return end
}

function follow(machine: Machine, actor: number, compared: number[]): End {
  const { world } = machine
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    if (machine.isIdle(actor)) return world.get(machine.cpus[actor]!.outcome)
    const mark = world.mark
    const step = machine.nextStep(actor)
    try {
      machine.tick(actor)
    } catch (error) {
      if (!(error instanceof OutOfModel)) throw error
      return 'waits'
    }
    // Only a step that waits for a lock names itself and writes nothing but its own place.
    if (machine.nextStep(actor) === step && world.mark - mark === 2) return 'waits'
    if (!step.comparesStates) continue
    if (compared.some((earlier) => world.holdsAsAt(earlier, machine.decidingWords))) return 'endless'
    compared.push(world.mark)
  }
  throw new Error(`An access that was left alone took more than ${MOST_STEPS} steps.`)
}
