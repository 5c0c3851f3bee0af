import { idle } from '../arch/mmu'
import type { Kernel } from '../kernel/variants'
import { Machine } from '../machine/machine'
import { actorOf, begin } from '../machine/operations'
import type { Scenario } from '../machine/scenario'
import { PLATFORMS, type MachineId } from '../machine/platforms'

/** A machine that stands behind a scenario's opening, and how many ticks that took. */
export interface Start {
  readonly machine: Machine
  readonly openingTicks: number
}

/** Build a scenario's machine and carry out its opening, as the Lab does. */
export function startOf(scenario: Scenario, kernel: Kernel, on: MachineId): Start {
  const machine = new Machine(scenario.image(kernel, on), kernel, PLATFORMS[on])
  let openingTicks = 0
  for (const choice of scenario.opening) {
    if (choice.do === 'hold' || !begin(machine, choice)) continue
    for (const actor = actorOf(choice); machine.nextStep(actor) !== (idle as unknown); openingTicks++)
      machine.tick(actor)
  }
  machine.world.forget()
  return { machine, openingTicks }
}
