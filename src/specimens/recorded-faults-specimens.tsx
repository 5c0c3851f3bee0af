import { useState } from 'react'
import { NAME_WIDTH, rowAt, RUN_COLUMNS, runRows } from '../app/recorded-run-rows'
import { faultsBeside } from '../decode/faults-beside'
import { recordingOf } from '../decode/recorded-run-image'
import { RECORDED_RUNS } from '../decode/recorded-run-names'
import { recordedRunScenario } from '../decode/recorded-run-scenario'
import { readRecordedRuns } from '../decode/recorded-runs'
import text from '../decode/runs-of-2015.json?raw'
import { v3_19, v3_20_rc0, v4_0_rc1, v6_1, type Kernel } from '../kernel/variants'
import { replay } from '../trace/replay'
import { RecordedFaults } from '../views/recorded/recorded-faults'
import { xenPv } from '../xen/pv'

interface Specimen {
  readonly title: string
  readonly program: string
  /** The recording that is laid beside, and the kernel that runs. */
  readonly recorded: Kernel
  readonly run: Kernel
  /** How much of what the program does is run; its opening where nothing is said. */
  readonly choices?: number
}

const SPECIMENS: readonly Specimen[] = [
  { title: 'All agree, the last for ever', program: 'init', recorded: v3_20_rc0, run: v3_20_rc0 },
  { title: 'More recorded than run', program: 'init', recorded: v4_0_rc1, run: v4_0_rc1, choices: 3 },
  { title: 'Differs where the kernels differ', program: 'none', recorded: v3_20_rc0, run: v4_0_rc1 },
  { title: 'No exception at all', program: 'pin', recorded: v3_20_rc0, run: v3_20_rc0 },
  { title: 'Not recorded', program: 'zero', recorded: v6_1, run: v6_1 },
  { title: 'Nothing run yet', program: 'fork', recorded: v3_19, run: v3_19, choices: 0 },
]

const { programs, provenance } = readRecordedRuns(text)

/** Recorded faults beside the model's, in their telling states. */
export function RecordedFaultsSpecimens() {
  return SPECIMENS.map((specimen) => <RecordedFaultsSpecimen key={specimen.title} {...specimen} />)
}

function RecordedFaultsSpecimen({ title, program: id, recorded, run, choices }: Specimen) {
  const [{ pairs, rows, length }] = useState(() => layBeside(id, recorded, run, choices))
  const [cursor, seek] = useState(length)
  return (
    <section aria-label={title} className="grid gap-2 pb-6">
      <h2 className="text-label font-semibold">{title}</h2>
      <RecordedFaults
        label={`Faults: ${title}`}
        columns={RUN_COLUMNS}
        nameWidth={NAME_WIDTH}
        rows={rows}
        current={rowAt(pairs, cursor)}
        onSeek={(row) => seek(pairs[row]!.model!.from + 1)}
      />
    </section>
  )
}

/** Run the program under Xen, and lay what was recorded of it beside. */
function layBeside(id: string, recorded: Kernel, run: Kernel, choices?: number) {
  const program = programs.find((each) => each.id === id)!
  const scenario = recordedRunScenario(
    program,
    RECORDED_RUNS.find(({ name }) => name === id)!,
    provenance,
  )
  const order = program.order.slice(0, choices ?? program.opening)
  const { machine, tape } = replay(scenario, { kernel: run, platform: xenPv, numa: 'on' }, order)
  const { pairs } = faultsBeside(program, recordingOf(program, recorded.id, 'xen'), machine, tape)
  return { pairs, rows: runRows(pairs, (page) => machine.addresses[page]!), length: tape.ticks.length }
}
