import type { Capture } from '../decode/capture'
import { RECORDED_RUNS } from '../decode/recorded-run-names'
import { STEP_GROUPS } from '../decode/recorded-step-names'
import type { RecordedScenario } from '../decode/recorded-scenario'
import { RECORDINGS } from '../decode/recordings'
import { EXPLORED, SCENARIOS, type Scenario } from '../machine/scenario'
import { scenarioOf } from '../store/derived'
import { isOpened } from '../store/recorded'
import { useApp, useOpenScene } from '../store/use-app'
import { MenuSelect } from '../views/ui/menu-select'

/** Where the tape begins, or whose recorded process is looked at. */
export function ScenarioMenu({ most }: { readonly most: string }) {
  const scenario = useApp((state) => scenarioOf(state).id)
  const recorded = useApp((state) => state.recorded)
  const open = useOpenScene()
  return (
    <MenuSelect
      label="Scenario"
      options={menuOptions(recorded, scenario)}
      value={scenario}
      onChange={open}
      most={most}
    />
  )
}

/** All scenarios under headings: modelled, recorded, and those that the reader has opened. */
const menuOptions = (recorded: ReadonlyMap<string, RecordedScenario>, current: string) => [
  ...under('Modelled', SCENARIOS),
  ...under(
    'From the proof',
    EXPLORED.filter(({ id }) => id === current),
  ),
  ...under('Recorded: programs of 2015', RECORDED_RUNS),
  ...under('Recorded: Linux 6.1, step by step', stepLines(current)),
  ...under('Recorded: page tables of Linux 6.1', RECORDINGS),
  ...under('Opened by you', opened(recorded, current)),
]

/** Many steps share a line: it stands for the one that is open, or for the first. */
const stepLines = (current: string) =>
  STEP_GROUPS.map(({ id, title, holds }) => ({ id: holds(current) ? current : id, title }))

const under = (group: string, scenarios: readonly Pick<Scenario, 'id' | 'title'>[]) =>
  scenarios.map(({ id, title }) => ({ value: id, label: title, group }))

/** Of each recording that the reader has opened one part: the one that is shown, or the first. */
function opened(recorded: ReadonlyMap<string, RecordedScenario>, current: string): readonly RecordedScenario[] {
  const parts = new Map<Capture | undefined, RecordedScenario>()
  for (const part of recorded.values()) {
    if (isOpened(part.id) && (part.id === current || !parts.has(part.capture))) parts.set(part.capture, part)
  }
  return [...parts.values()]
}
