import type { Cpu } from '../arch/cpu'
import { accessOf, type Access } from '../arch/error-code'
import { frameOf, toHex, type Pte } from '../arch/pte'
import { stepById } from '../arch/step'
import { backingOf, type KernelCx } from '../kernel/context'
import { pageProtection } from '../kernel/protection'
import type { Kernel } from '../kernel/variants'
import type { Choice } from '../machine/choice'
import type { Machine } from '../machine/machine'
import { entryIn, frameIndexAt, type Scene } from './scene'
import type { Tick } from './tape'

/** A tick with the words on either side of it: all that a sentence about it can say. */
export interface Moment {
  readonly scene: Scene
  readonly machine: Machine
  readonly kernel: Kernel
  readonly tick: Tick
  readonly choice: Choice
  readonly cpu: Cpu
  readonly before: Uint32Array
  readonly after: Uint32Array
  /** Name of the step that comes next. */
  readonly next: string
  readonly process: number
  readonly page: number
  readonly access: Access
}

/** The tick that has just happened, as a moment; null at the start of the tape. */
export function momentOf(scene: Scene): Moment | null {
  const { machine, tick, words } = scene
  if (!tick) return null
  const before = words.slice()
  for (const write of tick.writes) before[write.cell] = write.before
  const cpu = machine.cpus[tick.actor]!
  return {
    scene,
    machine,
    kernel: machine.kernel,
    tick,
    choice: scene.tape.choices[tick.choice]!,
    cpu,
    before,
    after: words,
    next: stepById<KernelCx>(words[cpu.pc]!).name,
    process: words[cpu.process]!,
    page: words[cpu.page]!,
    access: accessOf(words[cpu.access]!),
  }
}

/** The leaf entry of a page before the tick, by default of the page that the operation is about. */
export const entryBefore = (at: Moment, page = at.page, process = at.process): Pte =>
  entryIn(at.before, at.machine.processes[process]!.slots[page]!)
export const entryAfter = (at: Moment, page = at.page, process = at.process): Pte =>
  entryIn(at.after, at.machine.processes[process]!.slots[page]!)

/** The entry as handle_pte_fault read it. */
export const snapshot = (at: Moment): Pte => entryIn(at.before, at.cpu.entry)
/** The value on its way into a table, before and after the tick. */
export const carried = (at: Moment): Pte => entryIn(at.before, at.cpu.next)
export const asked = (at: Moment): Pte => entryIn(at.after, at.cpu.next)

/** Page-fault error code as it stands after the tick. */
export const errorAfter = (at: Moment): number => at.after[at.cpu.error]!

/** vm_flags and page protection of a page after the tick. */
export const flagsOf = (at: Moment, page = at.page): number => at.after[at.machine.processes[at.process]!.flags[page]!]!
export const protectionOf = (at: Moment, page = at.page): Pte =>
  pageProtection(flagsOf(at, page), backingOf(at.machine, page))

export const nameOf = (at: Moment, page = at.page): string => at.machine.pages[page]!.name
export const mappingName = (at: Moment): string => at.machine.mappings[at.machine.pages[at.page]!.mapping]?.name ?? ''

/** The frame index an entry names; -1 outside the model. */
export function frameIndex(at: Moment, entry: Pte): number {
  return frameIndexAt(at.scene, entry)
}
export const frameKind = (at: Moment, frame: number): number => at.before[at.machine.frames.kindCell(frame)]!
export const mappers = (at: Moment, frame: number): number => at.before[at.machine.frames.mapcountCell(frame)]!

/** The guest's number of the frame that a value names, in hex. */
export function pfnText(at: Moment, entry: Pte): string {
  const frame = frameIndex(at, entry)
  return frame < 0 ? `0x${frameOf(entry).toString(16)}` : `0x${at.machine.frames.pfn(frame).toString(16)}`
}

/** The whole word, or its flags alone where the frame is beside the point. */
export const word = (entry: Pte): string => (entry.lo === 0 && entry.hi === 0 ? '0' : toHex(entry))
export const flagsText = (entry: Pte): string => (entry.lo === 0 && entry.hi === 0 ? '0' : `…${toHex(entry).slice(-3)}`)

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
