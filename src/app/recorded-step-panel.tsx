import { useMemo } from 'react'
import type { OpenStep } from '../decode/open-step'
import type { RecordedStep } from '../decode/recorded-step'
import { whyNotRun } from '../decode/step-comparison'
import { runnable } from '../decode/step-scenario'
import { scenarioOf, sceneOf } from '../store/derived'
import { useApp, useCommands, useOpenScene } from '../store/use-app'
import { sameRun } from '../trace/replay'
import { RecordedFaults } from '../views/recorded/recorded-faults'
import { Button } from '../views/ui/button'
import { MenuSelect } from '../views/ui/menu-select'
import { RECORDED_HEADING } from './recorded-heading'
import { RecordedOn } from './recorded-on'
import { agreementText, endOf, ownStep, rowAt, STEP_COLUMNS, STEP_NAME_WIDTH, stepRows } from './recorded-step-rows'

const KERNELS = ['6.1']

interface Props {
  readonly open: OpenStep
}

/** One recorded step beside what the model makes of it, and the way to all others. */
export default function RecordedStepPanel({ open }: Props) {
  const { step } = open
  const scene = useApp(sceneOf)
  const scenario = useApp(scenarioOf)
  const commands = useCommands()
  const { machine, tape } = scene
  const rows = useMemo(() => {
    const own = sameRun(tape.choices.slice(0, 1), scenario.run ?? [])
    const model = own ? ownStep(machine, tape, step.process, scenario.page) : null
    return stepRows(step, model, endOf(tape))
  }, [machine, tape, scenario, step])
  return (
    <section aria-labelledby={RECORDED_HEADING} className="grid gap-2 border-t border-rule px-[var(--lab-margin)] py-3">
      <h2 id={RECORDED_HEADING} tabIndex={-1} className="text-label font-semibold">
        Recorded, and beside it the model
      </h2>
      <StepMenu open={open} />
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <p role="status" data-testid="recorded-verdict" className="text-label">
          {agreementText(rows)}
        </p>
        <RecordedOn kernels={KERNELS} machine={open.recording.machine} />
      </div>
      <RecordedFaults
        label="What was recorded of this step, and the model’s"
        columns={STEP_COLUMNS}
        nameWidth={STEP_NAME_WIDTH}
        rows={rows}
        current={rowAt(rows, scene.cursor)}
        onSeek={(row) => commands.seek(rows[row]!.cursor!)}
      />
      <LeftOut open={open} />
    </section>
  )
}

const SERIES = { step: 'One program, step by step', hint: 'Pages that the NUMA scanner had marked' } as const

/** All steps by name, and one to either side. */
function StepMenu({ open }: Props) {
  const { recording, series, step } = open
  const openStep = useOpenScene()
  const steps = runnable(open)
  const at = steps.findIndex(({ number }) => number === step.number)
  const idOf = (each: RecordedStep, of: OpenStep['series'] = series) => `${of}-${recording.machine}-${each.number}`
  const options = (['step', 'hint'] as const).flatMap((of) =>
    runnable({ recording, series: of, step }).map((each) => ({
      value: idOf(each, of),
      label: `${each.number} ${each.label}`,
      group: SERIES[of],
    })),
  )
  const beside = (index: number) => steps[index] && openStep(idOf(steps[index]))
  return (
    <div className="flex flex-wrap items-center gap-2">
      <MenuSelect label="Step" options={options} value={idOf(step)} onChange={openStep} />
      <Button small disabled={at <= 0} onPress={() => beside(at - 1)}>
        The step before
      </Button>
      <Button small disabled={at >= steps.length - 1} onPress={() => beside(at + 1)}>
        The step after
      </Button>
    </div>
  )
}

/** Steps of the recording that the model cannot carry out. */
function LeftOut({ open: { recording, series } }: Props) {
  const left = (series === 'hint' ? recording.hints : recording.steps).flatMap((step) => {
    const why = whyNotRun(step, recording.machine)
    return why ? [`${step.number} ${step.label} (${why})`] : []
  })
  return left.length ? (
    <p className="max-w-(--measure) text-note text-ink-2">Not opened here: {left.join('; ')}.</p>
  ) : null
}
