import { bareMetal } from '../kernel/bare-metal'
import type { Kernel } from '../kernel/variants'
import { v6_1, v6_1_undone } from '../kernel/variants'
import type { Choice, ProcessId } from '../machine/choice'
import type { ProcessImage } from '../machine/image'
import { xenPv } from '../xen/pv'
import type { Note } from './capture-notes'
import type { OpenAccess, OpenStep } from './open-step'
import type { RecordedScenario } from './recorded-scenario'
import type { RecordedStep } from './recorded-step'
import { faultsText, whyNotRun } from './step-comparison'
import type { StepRecording, TimedAccess } from './step-file'
import { accessOf } from './step-from-entry'
import { imageAmong, pageAddress } from './step-image'
import { areaOf } from './step-plan'
import { StepReplay } from './step-replay'
import { imageOn } from './step-target'
import { countText } from '../trace/count-text'
import type { MachineId } from '../machine/platforms'

const PLATFORM = { bare: bareMetal, xen: xenPv }
const ON = { bare: 'bare metal', xen: 'Xen PV' } as const

/** The scenario of this id; a text that says why there is none. */
export function scenarioOfStep(recordings: readonly StepRecording[], id: string): RecordedScenario | string {
  const [series, machine, name] = id.split('-')
  const recording = recordings.find((each) => each.machine === machine)
  if (recording && series === 'undone') {
    const access = openAccess(recording, name ?? '')
    if (access) return accessScenario(id, access)
  }
  const steps = series === 'hint' ? recording?.hints : recording?.steps
  const step = steps?.find(({ number }) => String(number) === name)
  if (!recording || !step || (series !== 'step' && series !== 'hint')) return 'no such step was recorded'
  const reason = whyNotRun(step, recording.machine)
  if (reason) return `the model cannot carry it out (${reason})`
  return series === 'hint' ? hintScenario(id, recording, step) : stepScenario(id, recording, step)
}

/** The steps of a series that can be opened, in the order in which they were recorded. */
export const runnable = ({ recording, series }: OpenStep): readonly RecordedStep[] =>
  (series === 'hint' ? recording.hints : recording.steps).filter((step) => whyNotRun(step, recording.machine) === null)

/** The accesses of the experiment, the long one first. */
export const accessesOf = (recording: StepRecording): readonly OpenAccess[] =>
  ['long', ...recording.cases.filter(({ undone }) => !undone).map(({ step }) => String(step.number))].flatMap(
    (name) => openAccess(recording, name) ?? [],
  )

/** Name of an access in ids. */
export const accessName = ({ recording, shipped }: OpenAccess): string =>
  recording.long.includes(shipped) ? 'long' : String(shipped.step.number)

function openAccess(recording: StepRecording, name: string): OpenAccess | null {
  const from = name === 'long' ? recording.long : recording.cases
  const shipped = from.find(({ undone, step }) => !undone && (name === 'long' || String(step.number) === name))
  const undone = from.find((each) => each.undone && each.step.label === shipped?.step.label)
  return shipped && undone ? { recording, shipped, undone } : null
}

/** A step that the same process took after all steps before it: the model has carried those out. */
function stepScenario(id: string, recording: StepRecording, step: RecordedStep): RecordedScenario {
  const begin = onceOf(() => beginOf(recording, step))
  const open: OpenStep = { recording, series: 'step', step }
  const replay = new StepReplay(runnable(open), PLATFORM[recording.machine])
  const page = replay.pageOf(step)
  return {
    ...common(id, recording, step),
    step: open,
    image: lastOf((kernel, platform) => imageOn(begin(), recording.machine, kernel, platform)),
    notes: (kernel, platform) => stepNotes(open, kernel, platform),
    before: step.process === 1 ? [{ do: 'fork' }] : [],
    run: [replay.choiceOf(step)],
    page,
    process: processOf(step),
  }
}

const processOf = ({ process }: RecordedStep): ProcessId => (process === 1 ? 1 : 0)

/** The machine on which a step begins. A step of the child begins before the fork, for the child is made on the tape's way. */
function beginOf(recording: StepRecording, step: RecordedStep): ProcessImage {
  const steps = runnable({ recording, series: 'step', step })
  const from =
    step.process === 1
      ? steps.findLastIndex(({ label }, at) => label === 'fork' && at < steps.indexOf(step))
      : steps.indexOf(step)
  const replay = new StepReplay(steps, PLATFORM[recording.machine])
  for (const earlier of steps.slice(0, from)) replay.run(earlier)
  replay.approach({ ...step, process: 0 })
  return replay.snapshot()
}

/** An access to a hinted page, from the entry that was recorded before it, among the other pages of its series. */
function hintScenario(id: string, recording: StepRecording, step: RecordedStep): RecordedScenario {
  const open: OpenStep = { recording, series: 'hint', step }
  const series = runnable(open)
  const page = pageAmong(series, step)
  return {
    ...common(id, recording, step),
    step: open,
    image: fromEntries(recording, () => [series, step]),
    notes: (kernel, platform) => stepNotes(open, kernel, platform),
    before: [],
    run: [accessOf(step, page)],
    page,
  }
}

/** The same access twice: which of the two recordings lies beside the model, and begins, the kernel decides. */
function accessScenario(id: string, open: OpenAccess): RecordedScenario {
  const { recording } = open
  const series = (access: TimedAccess): readonly RecordedStep[] =>
    recording.long.includes(access)
      ? [access.step]
      : recording.cases.filter((each) => isOfSet(each, access)).map((each) => each.step)
  const page = pageAmong(series(open.undone), open.undone.step)
  return {
    ...common(id, recording, open.undone.step),
    title: `6.1 with the fix undone: ${ON[recording.machine]}`,
    look: lookOfAccess(open),
    told: `Recorded: ${faultCount(open.undone.faultCount)}`,
    kernel: v6_1_undone.id,
    undone: open,
    image: fromEntries(recording, (kernel) => {
      const access = recordedOn(open, kernel)
      return [series(access), access.step]
    }),
    notes: (kernel, platform) => accessNotes(open, kernel, platform),
    before: [],
    run: [accessOf(open.undone.step, page)],
    page,
  }
}

/** The program made its pages twice: once for the kernel as shipped, once for the compare undone. The warm-up of either is in neither. */
const isOfSet = (each: TimedAccess, access: TimedAccess): boolean =>
  each.undone === access.undone && each.step.label !== 'warmup'

const pageAmong = (steps: readonly RecordedStep[], step: RecordedStep): number =>
  imageAmong(steps, step, 'bare').addresses.indexOf(pageAddress(step.address))

/** The recording that a kernel is compared with: as shipped beside 6.1, with the fix undone beside all others. */
export const recordedOn = ({ shipped, undone }: OpenAccess, kernel: Pick<Kernel, 'id'>): TimedAccess =>
  kernel.id === v6_1.id ? shipped : undone

const common = (id: string, recording: StepRecording, step: RecordedStep) => ({
  id,
  title: `Recorded steps of 6.1: ${ON[recording.machine]}`,
  look: lookOf(step),
  told: `Recorded: ${toldOf(step)}`,
  machine: recording.machine,
  kernel: v6_1.id,
  provenance: PROVENANCE,
  softDirty: true,
  opening: [] as readonly Choice[],
})

const PROVENANCE: RecordedScenario['provenance'] = [
  ['note', 'Words, error codes and requests as they were recorded. Not made up, not simulated.'],
  ['kernel', 'Linux 6.1 (Debian 6.1.192-2), in November 2026'],
  ['under Xen', 'dom0 of Xen 4.17.7, a 64-bit PV guest'],
  ['emulator', 'QEMU 7.2.22, software emulation (TCG), no KVM'],
  [
    'tool',
    'A kernel module walks the tables before and after each step; the kernel’s own tracepoints tell faults and requests',
  ],
]

/** '1 fault, 0x7'. */
function toldOf({ faults, signal }: RecordedStep): string {
  const many = faults.length === 0 ? 'no fault' : `${faultCount(faults.length)}, ${faultsText(faults)}`
  return signal ? `${many}, SIGSEGV` : many
}

function lookOf(step: RecordedStep): string {
  const what = step.operation === 'syscall' ? step.label : `a ${step.operation} (${step.label})`
  return `Recorded on 6.1: ${what}, ${toldOf(step)}. Step through it, and see whether the model does the same.`
}

const faultCount = (count: number): string => `${countText(count)} ${count === 1 ? 'fault' : 'faults'}`

function lookOfAccess({ undone }: OpenAccess): string {
  const { step } = undone
  return `One compare of 6.1 was undone for a while: ${step.label}, ${faultCount(undone.faultCount)}. See what the model makes of it, and what 6.1 as shipped does.`
}

/** The pages of a series with the entries that were recorded before one of its accesses. */
const fromEntries = (
  { machine }: StepRecording,
  at: (kernel: Kernel) => readonly [series: readonly RecordedStep[], step: RecordedStep],
): RecordedScenario['image'] =>
  lastOf((kernel, platform) => imageOn(imageAmong(...at(kernel), machine).image, machine, kernel, platform))

function stepNotes({ recording, series, step }: OpenStep, kernel: Kernel, platform: MachineId): readonly Note[] {
  const left = (series === 'hint' ? recording.hints : recording.steps).filter(
    (each) => whyNotRun(each, recording.machine) !== null,
  )
  const earlier: Note =
    series === 'hint'
      ? { about: 'recorded', text: 'The entry before the access: the model begins at it.' }
      : { about: 'assumed', text: 'The program up to this step, as the model carried it out from its first step on.' }
  return [
    { about: 'recorded', text: `Entries before and after, faults${step.requests.length ? ', requests to Xen' : ''}.` },
    earlier,
    { about: 'recorded', text: 'Which frame the allocator gave, where in swap, and under Xen whose frame is whose.' },
    { about: 'assumed', text: `The mapping, ${areaOf(step.label)?.name ?? 'none'}: as the test program makes it.` },
    ...changedNotes(recording, kernel, platform),
    ...left.map((each): Note => ({
      about: 'left out',
      text: `${each.number} ${each.label}: ${whyNotRun(each, recording.machine)}.`,
    })),
  ]
}

const accessNotes = ({ recording }: OpenAccess, kernel: Kernel, platform: MachineId): readonly Note[] => [
  { about: 'recorded', text: 'The entry before and after, how many faults, their error codes, and the counted hints.' },
  { about: 'assumed', text: 'How many entries map the page, and the mapping: as the test program makes them.' },
  ...changedNotes(recording, kernel, platform),
]

function changedNotes({ machine }: StepRecording, kernel: Kernel, platform: MachineId): readonly Note[] {
  const notes: Note[] = []
  if (machine !== platform)
    notes.push({ about: 'changed', text: `Recorded on ${ON[machine]}, placed on ${ON[platform]}.` })
  if (kernel.id !== v6_1.id && kernel.id !== v6_1_undone.id)
    notes.push({ about: 'changed', text: `Entries without PRESENT are written as ${kernel.name} writes them.` })
  return notes
}

function onceOf<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}

/** Keeps the last image: a store asks again for each choice, mostly in the same setting. */
function lastOf(make: RecordedScenario['image']): RecordedScenario['image'] {
  let last: { readonly key: string; readonly made: ProcessImage } | null = null
  return (kernel, platform) => {
    const key = [kernel.id, kernel.numaBuilt, platform].join()
    if (last?.key !== key) last = { key, made: make(kernel, platform) }
    return last.made
  }
}
