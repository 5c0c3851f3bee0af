import { drop } from '../arch/tlb'
import type { Platform } from '../kernel/context'
import { FRAME } from '../kernel/frames'
import { v6_1, type Kernel } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import type { ProcessImage } from '../machine/image'
import { CPU, Machine } from '../machine/machine'
import { snapshotOf } from '../machine/snapshot'
import { record } from '../trace/tape'
import { modelStep, type ModelStep } from './model-step'
import type { RecordedStep } from './recorded-step'
import { ELSEWHERE, pageAddress, stepImage, type StepImage } from './step-image'
import { callOf } from './step-plan'

/**
 * Recorded steps carried out one after the other. The machine goes on from its own state, never from the recorded one; from
 * the recording comes only what no rule decides: which frame the allocator gave, where in swap, and Xen's frame map.
 */
export class StepReplay {
  readonly machine: Machine
  private readonly start: StepImage
  private process = 0

  constructor(steps: readonly RecordedStep[], platform: Platform, kernel: Kernel = v6_1) {
    this.start = stepImage(steps, platform.id)
    this.machine = new Machine(this.start.image, kernel, platform)
  }

  /** Carry out a step, and stand where it ends. */
  run(step: RecordedStep): ModelStep {
    this.approach(step)
    return this.carryOut(this.choiceOf(step), step.process, this.pageOf(step))
  }

  /** Stand where the step begins: the child has left if it did, the TLB is empty, and the allocator is set. */
  approach({ process, after }: RecordedStep): void {
    if (this.process === 1 && process === 0) this.carryOut({ do: 'exit' }, 0, 0)
    this.process = process
    // Between two steps the program calls the kernel and others run: what the TLB still holds is anyone's guess.
    for (let page = 0; page < this.start.addresses.length; page++) drop(this.machine, CPU, page)
    this.give(after.pfn)
    this.machine.world.takeNotes()
  }

  /** The step as a choice of the model. */
  choiceOf(step: RecordedStep): Choice {
    const { label, operation, process } = step
    const page = this.pageOf(step)
    if (operation !== 'syscall') return { do: 'access', process: process === 1 ? 1 : 0, page, access: operation }
    const call = callOf(label, page)
    if (!call) throw new Error(`${label} is no system call known here.`)
    return call
  }

  /** The page that a step is about, by its place in the table. */
  pageOf = ({ address }: RecordedStep): number => this.start.addresses.indexOf(pageAddress(address))

  /** What the machine holds now, as the beginning of another. */
  snapshot = (): ProcessImage => snapshotOf(this.machine, this.start.image)

  private carryOut(choice: Choice, process: number, page: number): ModelStep {
    const { world } = this.machine
    const tape = record(this.machine, [choice])
    for (const { writes } of tape.ticks) for (const { cell, after } of writes) world.words[cell] = after
    return modelStep(this.machine, tape, process, page)
  }

  /** Of the recorded frames that nothing uses, leave free only the one that the allocator gave; spare ones come after it. */
  private give(pfn: number | null): void {
    const { frames, world } = this.machine
    for (const frame of this.start.frames.pool) {
      const kind = frames.kind(frame)
      if (kind !== FRAME.free && kind !== ELSEWHERE) continue
      world.put(frames.kindCell(frame), frames.pfn(frame) === pfn ? FRAME.free : ELSEWHERE)
    }
  }
}
