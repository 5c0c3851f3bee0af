import { faultsBeside, type BesideModel, type FaultsBeside } from '../decode/faults-beside'
import { recordingOf } from '../decode/recorded-run-image'
import type { RecordedProgram, Recording } from '../decode/recorded-runs'
import { kernelById } from '../kernel/variants'
import { sceneOf } from '../store/derived'
import { useApp, useCommands } from '../store/use-app'
import type { Scene } from '../trace/scene'
import { Button } from '../views/ui/button'
import { RadioGroup } from '../views/ui/radio-group'
import { RecordedFaults } from '../views/recorded/recorded-faults'
import { useMemo } from 'react'
import { RECORDED_HEADING } from './recorded-heading'
import { agreementText, NAME_WIDTH, rowAt, RUN_COLUMNS, runRows, shortAddress } from './recorded-run-rows'
import { countText } from '../trace/count-text'

const MACHINE = { xen: 'Xen', bare: 'bare metal' } as const

interface Props {
  readonly program: RecordedProgram
}

/** The recorded faults of a program beside the model's, for the kernel and machine that are chosen. */
export default function RecordedRunPanel({ program }: Props) {
  const scene = useApp(sceneOf)
  const kernel = useApp((state) => state.kernel)
  const machine = useApp((state) => state.machine)
  const commands = useCommands()
  const recording = recordingOf(program, kernel, machine)
  const { tape, machine: built } = scene
  const beside = useMemo(() => faultsBeside(program, recording, built, tape), [program, recording, built, tape])
  const rows = useMemo(() => runRows(beside.pairs, (page) => built.addresses[page]!), [beside, built])
  /** Go to a fault, and look at the page that it was about. */
  const show = ({ from, page, process }: BesideModel): void => {
    commands.setProcess(process === 1 ? 1 : 0)
    commands.select(page)
    commands.seek(from + 1)
  }
  return (
    <section aria-labelledby={RECORDED_HEADING} className="grid gap-2 border-t border-rule px-[var(--lab-margin)] py-3">
      <h2 id={RECORDED_HEADING} tabIndex={-1} className="text-label font-semibold">
        Recorded, and beside it the model
      </h2>
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-note">
        <p>{recording ? agreementText(beside.pairs) : 'This kernel was not recorded on this machine.'}</p>
        {recording && <p className="text-ink-2">{totalsText(recording)}</p>}
      </div>
      <RecordedOn program={program} current={recording} />
      <RecordedFaults
        label="Recorded faults and the model’s"
        columns={RUN_COLUMNS}
        nameWidth={NAME_WIDTH}
        rows={rows}
        current={rowAt(beside.pairs, scene.cursor)}
        onSeek={(row) => show(beside.pairs[row]!.model!)}
      />
      <GoOn program={program} recording={recording} beside={beside} scene={scene} />
    </section>
  )
}

/** What the kernel itself counted in the whole run. */
function totalsText({ run, faults, seconds, stuck, rows }: Recording): string {
  const whole = `Run ${run}: ${countText(faults)} faults in about ${seconds} s`
  if (!stuck) return `${whole}.`
  return `${whole}, ${countText(stuck.faults)} of them at ${shortAddress(stuck.address)}. The recorder kept the first ${keptOfOne(rows)}.`
}

/** How many faults of one access were kept at most. */
function keptOfOne(rows: Recording['rows']): number {
  const kept = new Map<number, number>()
  for (const { choice, times } of rows) kept.set(choice, (kept.get(choice) ?? 0) + times)
  return Math.max(...kept.values())
}

/** On what the program was recorded; one click goes there. */
function RecordedOn({ program, current }: { readonly program: RecordedProgram; readonly current: Recording | null }) {
  const commands = useCommands()
  const options = program.recordings.map(({ run, kernel, machine }) => ({
    value: run,
    label: `${kernelById(kernel)?.name ?? kernel}, ${MACHINE[machine]}`,
  }))
  const go = (run: string): void => {
    const { machine, kernel } = program.recordings.find((each) => each.run === run)!
    commands.runOn(machine, kernel)
  }
  return <RadioGroup label="Recorded on" options={options} value={current?.run ?? ''} onChange={go} />
}

interface GoOnProps extends Props {
  readonly recording: Recording | null
  readonly beside: FaultsBeside
  readonly scene: Scene
}

/** Lets the program do what it did next, where the recorded one got that far and the reader has not led it elsewhere. */
function GoOn({ program, recording, beside, scene }: GoOnProps) {
  const commands = useCommands()
  const done = scene.tape.choices.length
  const next = program.order[done]
  const went = recording?.rows.some(({ choice }) => choice >= done) ?? false
  if (!next || !went || beside.own !== done || scene.outcome.name === 'endless') return null
  return (
    <div>
      <Button small onPress={() => commands.choose(next)}>
        The program goes on
      </Button>
    </div>
  )
}
