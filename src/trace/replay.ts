import type { Platform } from '../kernel/context'
import { withoutNumaBalancing, withSoftDirty, type Kernel } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import { Machine } from '../machine/machine'
import type { Scenario } from '../machine/scenario'
import { record, type Tape } from './tape'

/** NUMA balancing: not in the kernel at all, built in but off, or on. Only the first changes what a fault does. */
export type NumaBalancing = 'none' | 'off' | 'on'

/** All that decides what a run does. */
export interface Setting {
  readonly kernel: Kernel
  readonly platform: Platform
  readonly numa: NumaBalancing
}

/** A run carried out, with the machine to read its words by. */
export interface Playback {
  readonly machine: Machine
  /** What happened before the tape begins. */
  readonly before: Tape
  readonly tape: Tape
  /** How many choices at the beginning are the scenario's own. */
  readonly opening: number
}

/** Build the scenario's machine, bring it to where the tape begins, and carry out the choices. */
export function replay(scenario: Scenario, setting: Setting, choices: readonly Choice[]): Playback {
  const kernel = kernelOf(scenario, setting)
  const machine = new Machine(scenario.image(kernel, setting.platform.id), kernel, setting.platform)
  const before = record(machine, scenario.before)
  for (const tick of before.ticks) for (const { cell, after } of tick.writes) machine.world.words[cell] = after
  return { machine, before, tape: record(machine, choices), opening: sharedBeginning(scenario.opening, choices) }
}

/** The kernel of a setting as it is built for this scenario. */
export function kernelOf(scenario: Scenario, { kernel, numa }: Setting): Kernel {
  const built = scenario.softDirty ? withSoftDirty(kernel) : kernel
  return numa === 'none' ? withoutNumaBalancing(built) : built
}

/** Are two runs the same, choice by choice? */
export const sameRun = (a: readonly Choice[], b: readonly Choice[]): boolean =>
  a.length === b.length && sharedBeginning(a, b) === a.length

/** How many choices two runs have in common at the beginning. */
function sharedBeginning(a: readonly Choice[], b: readonly Choice[]): number {
  const differs = a.findIndex((choice, index) => JSON.stringify(choice) !== JSON.stringify(b[index]))
  return differs < 0 ? a.length : differs
}
