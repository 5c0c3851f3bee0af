import { FLAGS_LO, pte, type Pte } from '../arch/pte'
import { kernelById } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import { leafOf } from '../machine/machine'
import { scenarioById } from '../machine/scenario'
import { LINK_DEFAULTS, linkText } from '../trace/link'
import { startOf } from '../explore/start'
import type { MachineId } from '../machine/platforms'

const SCENARIO = 'x1'

/** A link into the Lab, where a page that parent and child share gets these twelve low bits by hand, and is written to. */
export function wordHref(word: number, kernel: string, machine: MachineId): string {
  const scenario = scenarioById(SCENARIO)!
  const entry = entryAtStart(kernel, machine)
  const choices: readonly Choice[] = [
    ...scenario.opening,
    { do: 'poke', process: 0, page: scenario.page, word: pte((entry.lo & ~FLAGS_LO) | word, entry.hi) },
    { do: 'access', process: 0, page: scenario.page, access: 'write' },
  ]
  return linkText({ ...LINK_DEFAULTS, scenario: scenario.id, kernel, machine, choices, play: true })
}

/** The entry that the page has at first on each kernel and machine, once it was asked for. */
const entries = new Map<string, Pte>()

function entryAtStart(kernel: string, machine: MachineId): Pte {
  const key = `${kernel} ${machine}`
  const known = entries.get(key)
  if (known) return known
  const scenario = scenarioById(SCENARIO)!
  const entry = leafOf(startOf(scenario, kernelById(kernel)!, machine).machine, 0, scenario.page)
  entries.set(key, entry)
  return entry
}
