import { useState } from 'react'
import { bareMetal } from '../kernel/bare-metal'
import type { Platform } from '../kernel/context'
import { v3_20_rc0, v4_0_rc1, type Kernel } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import { scenarioById, type Scenario } from '../machine/scenario'
import { replay } from '../trace/replay'
import { sceneAt } from '../trace/scene'
import { RadioGroup } from '../views/ui/radio-group'
import { Tape } from '../views/timeline/tape'
import { Transport, type Speed } from '../views/timeline/transport'
import { xenPv } from '../xen/pv'

interface Specimen {
  readonly title: string
  readonly scenario: Scenario
  readonly kernel: Kernel
  readonly platform: Platform
  readonly more: readonly Choice[]
  /** Ticks before the end of the tape at which the cursor stands. */
  readonly back?: number
}

const cow = scenarioById('cow')!
const hint = scenarioById('hint')!
const access = (page: number, kind: 'read' | 'write'): Choice => ({ do: 'access', process: 0, page, access: kind })
const again = access(cow.page, 'write')
const flip = (bit: number): Choice => ({ do: 'flip', process: 0, page: cow.page, bit })
const scan: Choice = { do: 'scan', page: cow.page }

const SPECIMENS: readonly Specimen[] = [
  { title: 'One lap, closed', scenario: cow, kernel: v3_20_rc0, platform: xenPv, more: [again] },
  { title: 'Before the repeat', scenario: cow, kernel: v3_20_rc0, platform: xenPv, more: [again], back: 3 },
  { title: 'ACCESSED was clear: two laps', scenario: cow, kernel: v3_20_rc0, platform: xenPv, more: [flip(5), again] },
  { title: 'With the fix', scenario: cow, kernel: v4_0_rc1, platform: xenPv, more: [again] },
  {
    title: 'Hinted page',
    scenario: hint,
    kernel: v3_20_rc0,
    platform: bareMetal,
    more: [access(hint.page, 'read')],
    back: 5,
  },
  {
    title: 'Many choices',
    scenario: cow,
    kernel: v3_20_rc0,
    platform: xenPv,
    more: [scan, { do: 'mprotect', page: cow.page, rights: 'none' }, flip(8), flip(8), again, again],
  },
  {
    title: 'Thousands of steps',
    scenario: cow,
    kernel: v4_0_rc1,
    platform: xenPv,
    more: Array.from({ length: 40 }, (): readonly Choice[] => [scan, { do: 'fork' }]).flat(),
    back: 700,
  },
]

/** The time line in its telling states. */
export function TimelineSpecimens() {
  return SPECIMENS.map((specimen) => <TimelineSpecimen key={specimen.title} {...specimen} />)
}

function TimelineSpecimen({ title, scenario, kernel, platform, more, back = 0 }: Specimen) {
  const [playback] = useState(() => replay(scenario, { kernel, platform, numa: 'on' }, [...scenario.opening, ...more]))
  const length = playback.tape.ticks.length
  const [cursor, seek] = useState(length - back)
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>('normal')
  const scene = sceneAt(playback, cursor)
  const { lasso, name } = scene.outcome
  const ends = sceneAt(playback, length).outcome.name
  const note = lasso
    ? 'The tape ends: every later step repeats.'
    : cursor < length
      ? 'A hollow mark is still to come.'
      : name
  return (
    <section className="border-b border-rule py-4" aria-label={title}>
      <h2 className="text-label text-ink-3">{title}</h2>
      <div className="grid gap-x-8 gap-y-4 lg:grid-cols-[minmax(0,21rem)_minmax(0,1fr)]">
        <Transport
          canBack={cursor > 0}
          canRun
          canStep={cursor < length}
          playing={playing}
          onStart={() => seek(0)}
          onBack={() => seek(cursor - 1)}
          onStep={() => seek(cursor + 1)}
          onRun={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onNextFault={() => seek(length)}
          onOutcome={() => seek(length)}
          cursor={cursor}
          length={length}
          note={note}
          speed={speed}
          onSpeed={setSpeed}
        />
        <Tape
          scene={scene}
          page={scenario.page}
          onSeek={seek}
          ending={ends === 'completed' ? 'done: the access has landed' : undefined}
        />
      </div>
    </section>
  )
}

const KERNELS = [
  { value: '3.19', label: '3.19' },
  { value: 'bisect', label: '8a0516ed', note: 'derived, never booted' },
  { value: '3.20', label: '3.20-rc0' },
  { value: 'rc1', label: '4.0-rc1' },
] as const

/** The segmented control, with a note for one of its parts. */
export function RadioSpecimen() {
  const [value, setValue] = useState<(typeof KERNELS)[number]['value']>('bisect')
  return <RadioGroup label="Kernel" options={KERNELS} value={value} onChange={setValue} />
}
