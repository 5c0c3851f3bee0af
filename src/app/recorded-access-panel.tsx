import { useMemo } from 'react'
import type { OpenAccess } from '../decode/open-step'
import { accessesOf, accessName, recordedOn } from '../decode/step-scenario'
import { scenarioOf, sceneOf } from '../store/derived'
import { useApp, useCommands, useOpenScene } from '../store/use-app'
import { sameRun } from '../trace/replay'
import { RecordedFaults } from '../views/recorded/recorded-faults'
import { MenuSelect } from '../views/ui/menu-select'
import { accessRows, restText, totalsText } from './recorded-access-rows'
import { RECORDED_HEADING } from './recorded-heading'
import { RecordedOn } from './recorded-on'
import { agreementText, rowAt, STEP_COLUMNS, STEP_NAME_WIDTH } from './recorded-step-rows'

const KERNELS = ['6.1', '6.1u']

interface Props {
  readonly open: OpenAccess
}

/** An access of the experiment with the fix undone, and the same on the kernel as shipped, beside the model's tape. */
export default function RecordedAccessPanel({ open }: Props) {
  const scene = useApp(sceneOf)
  const scenario = useApp(scenarioOf)
  const commands = useCommands()
  const { machine, tape } = scene
  const recorded = recordedOn(open, machine.kernel)
  const rows = useMemo(() => {
    const own = sameRun(tape.choices.slice(0, 1), scenario.run ?? [])
    const image = scenario.image(machine.kernel, machine.platform.id)
    return accessRows(recorded, own ? { machine, tape, image, page: scenario.page } : null)
  }, [recorded, machine, tape, scenario])
  return (
    <section aria-labelledby={RECORDED_HEADING} className="grid gap-2 border-t border-rule px-[var(--lab-margin)] py-3">
      <h2 id={RECORDED_HEADING} tabIndex={-1} className="text-label font-semibold">
        Recorded with one compare undone, and beside it the model
      </h2>
      <AccessMenu open={open} />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <p role="status" data-testid="recorded-verdict" className="text-label">
          {agreementText(rows)}
        </p>
        <RecordedOn kernels={KERNELS} machine={open.recording.machine} />
      </div>
      <p className="text-note text-ink-2">{totalsText(open)}</p>
      <RecordedFaults
        label="What was recorded of this access, and the model’s"
        columns={STEP_COLUMNS}
        nameWidth={STEP_NAME_WIDTH}
        rows={rows}
        current={rowAt(rows, scene.cursor)}
        onSeek={(row) => commands.seek(rows[row]!.cursor!)}
      />
      <p className="max-w-(--measure) text-note text-ink-2">{restText(recorded)}</p>
    </section>
  )
}

function AccessMenu({ open }: Props) {
  const { recording } = open
  const openAccess = useOpenScene()
  const idOf = (access: OpenAccess) => `undone-${recording.machine}-${accessName(access)}`
  const options = accessesOf(recording).map((access) => ({
    value: idOf(access),
    label: accessName(access) === 'long' ? `${access.shipped.step.label}, for a second` : access.shipped.step.label,
  }))
  return (
    <div>
      <MenuSelect label="Access" options={options} value={idOf(open)} onChange={openAccess} />
    </div>
  )
}
