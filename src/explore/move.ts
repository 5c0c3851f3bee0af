import { OUTCOME } from '../arch/cpu'
import { clearScratch } from '../arch/mmu'
import type { Choice } from '../machine/choice'
import type { Machine } from '../machine/machine'
import { actorOf, begin } from '../machine/operations'

/** What an explorer may choose: to begin something. That somebody goes on with what is begun needs no choice. */
export type Beginning = Exclude<Choice, { do: 'hold' }>

const CHILD = 1

/** Can it begin here? A second child would hide the first and its pages, so there is one at a time. */
export const isOpen = (machine: Machine, choice: Beginning): boolean =>
  choice.do !== 'fork' || !machine.world.get(machine.processes[CHILD]!.alive)

/** Does nobody do anything? */
export const isQuiet = (machine: Machine): boolean => machine.cpus.every((_, actor) => machine.isIdle(actor))

/** Begin it, if it can begin and its actor has nothing else to do. */
export const tryBegin = (machine: Machine, choice: Beginning): boolean =>
  machine.isIdle(actorOf(choice)) && isOpen(machine, choice) && begin(machine, choice)

/**
 * Forget what an actor that has nothing to do was busy with: `begin` writes all of it anew before anybody reads it. States
 * that differ in nothing else are one.
 */
export function settle(machine: Machine, actor: number): void {
  const cpu = machine.cpus[actor]!
  const { world } = machine
  clearScratch(machine, actor)
  world.clear(cpu.page)
  world.clear(cpu.access)
  world.clear(cpu.mode)
  world.clear(cpu.operand)
  // A task that died in a BUG begins nothing more: that has to be remembered.
  if (world.get(cpu.outcome) !== OUTCOME.bug && world.get(cpu.outcome) !== OUTCOME.idle)
    world.put(cpu.outcome, OUTCOME.idle)
}
