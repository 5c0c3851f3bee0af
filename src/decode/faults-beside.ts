import { EMPTY, FLAGS_LO, frameOf, has, PRESENT, pte, same, type Pte } from '../arch/pte'
import { linuxFrame } from '../kernel/linux-pte'
import type { Choice } from '../machine/choice'
import type { Machine } from '../machine/machine'
import type { Tape } from '../trace/tape'
import { modelFaults, type ModelFault } from './model-fault'
import type { RecordedProgram, RecordedRow, Recording } from './recorded-runs'

/** What is compared of a fault. */
export const FAULT_FIELDS = ['page', 'error', 'path', 'before', 'asked', 'after', 'times'] as const
export type FaultField = (typeof FAULT_FIELDS)[number]

/** A fault of the model's tape, and whether it comes back for ever. */
export interface BesideModel extends ModelFault {
  readonly endless: boolean
}

/** A recorded fault and the model's in the same place; one of the two may be missing. */
export interface FaultPair {
  /** Index of the choice, in the program's order, that led to it. */
  readonly choice: number
  readonly recorded: RecordedRow | null
  readonly model: BesideModel | null
  /** Fields in which the two differ; empty where one is missing. */
  readonly differs: readonly FaultField[]
}

/** Two runs of one program, fault by fault. */
export interface FaultsBeside {
  readonly pairs: readonly FaultPair[]
  /** How many choices of the tape are the program's own, from its first on. */
  readonly own: number
}

/**
 * Lay a recording beside a tape. Faults are paired within the choice that led to them, as far as the tape still does what
 * the program did; without a recording the model's faults stand alone. Frames compare by identity.
 */
export function faultsBeside(
  program: RecordedProgram,
  recording: Recording | null,
  machine: Machine,
  tape: Tape,
): FaultsBeside {
  const own = sharedChoices(program.order, tape.choices)
  const faults = modelFaults(machine, tape).map((fault) => ({ ...fault, endless: isEndless(fault, tape) }))
  const frames = new FrameNames(machine, recording)
  const choices = Math.max(program.order.length, tape.choices.length)
  const pairs: FaultPair[] = []
  for (let choice = 0; choice < choices; choice++) {
    const recorded = choice < program.order.length ? (recording?.rows.filter((row) => row.choice === choice) ?? []) : []
    const model = faults.filter((fault) => fault.choice === choice)
    // From the reader's own first choice on, the two are about different things.
    if (choice < own) pairs.push(...inPairs(choice, recorded, model, frames))
    else pairs.push(...inPairs(choice, [], model, frames))
  }
  const rest = recording?.rows.filter(({ choice }) => choice >= own) ?? []
  return { pairs: [...pairs, ...rest.map((row) => pairOf(row.choice, row, null, frames))], own }
}

/** How many choices two runs have in common at the beginning. */
function sharedChoices(a: readonly Choice[], b: readonly Choice[]): number {
  const differs = a.findIndex((choice, index) => JSON.stringify(choice) !== JSON.stringify(b[index]))
  return differs < 0 ? a.length : differs
}

const isEndless = ({ choice, from }: ModelFault, { lassos }: Tape): boolean =>
  lassos.some((lasso) => lasso.choice === choice && from >= lasso.first)

function inPairs(
  choice: number,
  recorded: readonly RecordedRow[],
  model: readonly BesideModel[],
  frames: FrameNames,
): readonly FaultPair[] {
  return Array.from({ length: Math.max(recorded.length, model.length) }, (_, index) =>
    pairOf(choice, recorded[index] ?? null, model[index] ?? null, frames),
  )
}

function pairOf(
  choice: number,
  recorded: RecordedRow | null,
  model: BesideModel | null,
  frames: FrameNames,
): FaultPair {
  const differs = recorded && model ? FAULT_FIELDS.filter((field) => !AGREES[field](recorded, model, frames)) : []
  return { choice, recorded, model, differs }
}

type Agrees = (recorded: RecordedRow, model: BesideModel, frames: FrameNames) => boolean

const AGREES: Record<FaultField, Agrees> = {
  page: (recorded, model) => recorded.page === model.page,
  error: (recorded, model) => recorded.error === model.error,
  path: (recorded, model) => recorded.path.join() === model.path.join(),
  before: (recorded, model, frames) => frames.agree(recorded.before, model.before),
  asked: (recorded, model, frames) => frames.agree(recorded.asked, model.asked),
  after: (recorded, model, frames) => frames.agree(recorded.after, model.after),
  times: (recorded, model) => recorded.times > 1 === model.endless,
}

/**
 * Frames by identity: which frame is free when a page is taken is chance, so a frame's number says nothing; that two words
 * name the same one does. The first words that are laid beside each other tie their frames together.
 */
class FrameNames {
  private readonly ours = new Map<number, number>()
  private readonly theirs = new Map<number, number>()
  private readonly machine: Machine
  private readonly guest: ReadonlyMap<number, number>

  constructor(machine: Machine, recording: Recording | null) {
    this.machine = machine
    const pairs = recording
      ? [
          ...(recording.zeroFrame ? [recording.zeroFrame] : []),
          ...recording.fileFrames.values(),
          ...recording.anonymousFrames,
        ]
      : []
    this.guest = new Map(pairs.map(({ pfn, mfn }) => [mfn, pfn]))
  }

  /** Do two words hold the same flags, and frames that stand for each other? */
  agree(recorded: Pte, model: Pte): boolean {
    if (!same(flagsOf(recorded), flagsOf(model))) return false
    if (same(recorded, EMPTY)) return true
    const [their, our] = [this.recordedFrame(recorded), this.modelFrame(model)]
    if (!this.ours.has(their) && !this.theirs.has(our)) {
      this.ours.set(their, our)
      this.theirs.set(our, their)
    }
    return this.ours.get(their) === our
  }

  /** The guest's number of a recorded frame: a word with PRESENT has the machine's. */
  private recordedFrame(word: Pte): number {
    const frame = frameOf(word)
    return has(word, PRESENT) ? (this.guest.get(frame) ?? frame) : frame
  }

  private modelFrame(word: Pte): number {
    const { kernel, platform } = this.machine
    return linuxFrame(kernel, platform.pteVal(this.machine, word))
  }
}

const flagsOf = ({ lo, hi }: Pte): Pte => pte(lo & FLAGS_LO, hi & 0xfff0_0000)
