import { Sheet } from '../app/source-dialog'
import { ENTRY_FIELDS } from '../arch/entry-fields'
import { KERNELS, type Kernel, v3_20_rc0, v4_0_rc1, v6_1 } from '../kernel/variants'
import { scenarioById } from '../machine/scenario'
import { replay } from '../trace/replay'
import { sceneAt } from '../trace/scene'
import { sourceSheet, type Subject } from '../trace/source-sheet'
import { xenPv } from '../xen/pv'

const cow = scenarioById('cow')!
const { tape, ...playback } = replay(cow, { kernel: v3_20_rc0, platform: xenPv, numa: 'on' }, [
  ...cow.opening,
  { do: 'access', process: 0, page: cow.page, access: 'write' },
])
/** The steps of one lap under Xen, each once. */
const STEPS = [...new Set(tape.ticks.map((_, tick) => sceneAt({ tape, ...playback }, tick + 1).tick!.step))]

const SUBJECTS: readonly (readonly [title: string, subject: Subject, kernel: Kernel])[] = [
  ...KERNELS.map((kernel) => [`Kernel ${kernel.name}`, { of: 'kernel' }, kernel] as const),
  ['Test for a hint', { of: 'test' }, v3_20_rc0],
  ['Test for a hint, mended', { of: 'test' }, v4_0_rc1],
  ['Test for a hint, 6.1', { of: 'test' }, v6_1],
  ...ENTRY_FIELDS.flatMap(({ bit }) =>
    [0, 8, 63].includes(bit) ? [[`Bit ${bit}`, { of: 'bit', bit }, v3_20_rc0] as const] : [],
  ),
  ...STEPS.map((step) => [`Step ${step.name}`, { of: 'step', step }, v3_20_rc0] as const),
]

/** What the dialog of sources says of every kind of fact. */
export const SourcesSpecimens = () => (
  <div className="flex flex-wrap gap-6 pt-4">
    {SUBJECTS.map(([title, subject, kernel]) => (
      <section
        key={title}
        aria-label={title}
        className="grid w-2xl max-w-full content-start gap-4 border-2 border-ink p-4"
      >
        <h2 className="text-lead font-semibold wrap-anywhere">{sourceSheet(subject, kernel).title}</h2>
        <Sheet sheet={sourceSheet(subject, kernel)} kernel={kernel} />
      </section>
    ))}
  </div>
)
