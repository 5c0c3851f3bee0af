import type { RecordedScenario } from '../decode/recorded-scenario'
import RecordedAccessPanel from './recorded-access-panel'
import RecordedRunPanel from './recorded-run-panel'
import RecordedStepPanel from './recorded-step-panel'

/** The panel of what was recorded: a program, fault by fault, a step, or an access of the experiment. */
export default function RecordedPanelOf({
  scenario: { program, step, undone },
}: {
  readonly scenario: RecordedScenario
}) {
  if (program) return <RecordedRunPanel program={program} />
  if (step) return <RecordedStepPanel open={step} />
  return undone ? <RecordedAccessPanel open={undone} /> : null
}
