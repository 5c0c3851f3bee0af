import { quadrant } from '../arch/predicate'
import type { Pte } from '../arch/pte'
import type { MachineId } from '../machine/platforms'
import { scenarioById } from '../machine/scenario'
import { settingOf } from '../store/derived'
import { replay } from '../trace/replay'
import { entryAt, sceneAt } from '../trace/scene'

const examples = new Map<MachineId, ReadonlyMap<number, Pte>>()

/** A word for each square of PRESENT and bit 8 in which a program of this machine has one, by quadrant as in predicate.ts. */
export function exampleWords(machine: MachineId): ReadonlyMap<number, Pte> {
  const known = examples.get(machine)
  if (known) return known
  const found = new Map<number, Pte>()
  const scenario = scenarioById('hint')!
  const scene = sceneAt(replay(scenario, settingOf({ machine, kernel: 'rc1', numa: 'on' }), scenario.opening), Infinity)
  for (const page of scene.machine.pages.keys()) {
    const entry = entryAt(scene, 0, page)
    if (entry.lo !== 0 && !found.has(quadrant(entry.lo))) found.set(quadrant(entry.lo), entry)
  }
  examples.set(machine, found)
  return found
}
