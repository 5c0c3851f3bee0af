import { ACCESSES, type Access } from '../src/arch/error-code'
import { EMPTY } from '../src/arch/pte'
import type { ModelStep } from '../src/decode/model-step'
import { compareStep, whyNotRun } from '../src/decode/step-comparison'
import type { RecordedEntry, RecordedRequest, RecordedSignal, RecordedStep } from '../src/decode/recorded-step'
import { callOf } from '../src/decode/step-plan'
import { runFromEntry } from '../src/decode/step-from-entry'
import { StepReplay } from '../src/decode/step-replay'
import type { Platform } from '../src/kernel/context'
import { hugeFrame, isHuge } from '../src/kernel/huge-pmd'
import { v6_1 } from '../src/kernel/variants'
import type { JsonLine } from './json-lines'
import { PLATFORM_OF } from './kernels'
import { Tally, type Verdict } from './verdict'

/** Hold recorded steps against the core: one process, carried from step to step. */
export function judgeRecordedSteps(lines: readonly JsonLine[], file: string): Verdict {
  const { platform, steps } = readSteps(lines)
  const replay = new StepReplay(steps, platform)
  return judge(lines, file, (step) => replay.run(step))
}

/** Hold recorded accesses against the core, each from its own recorded entry: what lay between them was not recorded. */
export function judgeHintSteps(lines: readonly JsonLine[], file: string): Verdict {
  const { platform } = readSteps(lines)
  return judge(lines, file, (step) => runFromEntry(step, platform))
}

function judge(lines: readonly JsonLine[], file: string, run: (step: RecordedStep) => ModelStep): Verdict {
  const tally = new Tally()
  const { platform, steps } = readSteps(lines)
  for (const [index, step] of steps.entries()) {
    const { line } = lines[index]!
    const reason = whyNotRun(step, platform.id)
    if (reason) tally.leaveOut(line, `${step.label}: ${reason}`)
    else
      for (const { name, recorded, model } of compareStep(step, run(step), platform.id))
        tally.compare(line, `${step.label} ${name}`, recorded, model)
  }
  return tally.verdict(file, lines.length)
}

/** The platform that a file was recorded on, and its steps. */
export function readSteps(lines: readonly JsonLine[]) {
  const first = lines[0]!
  const name = first.text('env')
  const platform = platformNamed(first, name)
  const parent = first.integer('pid')
  return { platform, steps: lines.map((line) => readStep(line, parent, name)) }
}

/** The platform that a recording calls by this name. */
export const platformNamed = (line: JsonLine, name: string): Platform =>
  PLATFORM_OF.get(name === 'xen' ? 'xen64pv' : name) ?? line.refuse(`env: ${name} is no machine known here`)

function readStep(line: JsonLine, parent: number, env: string): RecordedStep {
  const label = line.text('label')
  const operation = line.text('op')
  if (operation === 'syscall' ? !callOf(label, 0) : !ACCESSES.includes(operation as Access))
    line.refuse(`op: ${operation} ${label} is nothing known here`)
  if (line.text('env') !== env) line.refuse(`env: another machine than in the first line`)
  return {
    number: line.integer('n'),
    label,
    operation: operation as RecordedStep['operation'],
    address: line.text('va').replace(/^0x/, ''),
    process: line.integer('pid') === parent ? 0 : 1,
    before: readEntry(line, 'before'),
    after: readEntry(line, 'after'),
    faults: line.objects('faults_on_page').map((fault) => fault.flags('error_code')),
    signal: readSignal(line.object('signal')),
    requests: line.objects('xen_pte_writes_on_page').map(readRequest),
  }
}

/** The entry in which a walk ended; one that met an empty upper entry found nothing. */
export function readEntry(line: JsonLine, name: string): RecordedEntry {
  const walk = line.object(name) ?? line.refuse(`${name}: the walk is missing`)
  if (!walk.has('pte_raw')) {
    const huge = walk.has('pmd_raw') ? walk.word('pmd_raw') : EMPTY
    return isHuge(huge)
      ? { level: 'PMD', word: huge, pfn: hugeFrame(v6_1, huge) }
      : { level: 'PTE', word: EMPTY, pfn: null }
  }
  const word = walk.word('pte_raw')
  const named = walk.integer('k_present') === 1
  return { level: 'PTE', word, pfn: named ? walk.flags('pfn') : null }
}

const readSignal = (signal: JsonLine | null): RecordedSignal | null =>
  signal && { error: signal.flags('err'), code: signal.integer('si_code') }

const KINDS: ReadonlyMap<string, RecordedRequest['what']> = new Map([
  ['xen_mmu_set_pte', 'set'],
  ['xen_mmu_ptep_modify_prot_start', 'start'],
  ['xen_mmu_ptep_modify_prot_commit', 'commit'],
])

function readRequest(line: JsonLine): RecordedRequest {
  const kind = line.text('kind')
  return { what: KINDS.get(kind) ?? line.refuse(`kind: ${kind} is no call known here`), word: line.word('raw') }
}
