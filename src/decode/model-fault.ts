import { OUTCOME } from '../arch/cpu'
import { raisePageFault } from '../arch/mmu'
import { EMPTY, same, type Pte } from '../arch/pte'
import { linuxFrame } from '../kernel/linux-pte'
import { returnFromFault } from '../kernel/return'
import type { Machine } from '../machine/machine'
import { entryIn } from '../trace/scene'
import type { Tape, Tick } from '../trace/tape'

/** One fault of the model's tape, in the words in which faults were recorded. */
export interface ModelFault {
  readonly process: number
  readonly page: number
  /** Index of the choice that led to it. */
  readonly choice: number
  /** As Linux gets it, which under Xen is after Xen has set the USER bit to the guest's mode; of get_user_pages, as it asks. */
  readonly error: number
  readonly path: readonly string[]
  /** The leaf entry in memory, before and after. */
  readonly before: Pte
  readonly after: Pte
  /** What do_numa_page asked to have stored; empty where it did not run. */
  readonly asked: Pte
  /** Ticks of the tape: that of the #PF, and the one after the last of its handling. */
  readonly from: number
  readonly to: number
}

/** Functions that the recorder notes on entry, by the names of the steps that stand for them. */
const NOTED: ReadonlyMap<string, readonly string[]> = new Map([
  ['do_page_fault', ['do_page_fault']],
  ['SIGSEGV, access', ['bad_area_access_error']],
  ['handle_pte_fault', ['handle_mm_fault', 'handle_pte_fault']],
  ['do_anonymous_page', ['do_anonymous_page']],
  ['do_read_fault', ['do_read_fault']],
  ['do_cow_fault', ['do_cow_fault']],
  ['do_shared_fault', ['do_shared_fault']],
  ['do_swap_page', ['do_swap_page']],
  ['do_numa_page', ['do_numa_page']],
  ['do_wp_page', ['do_wp_page']],
  ['reuse the page', ['wp:reuse']],
  ['copy the page', ['wp:copy']],
  ['migrate_misplaced_page', ['migrate_misplaced_page']],
  ['remove_migration_pte', ['migrated']],
  ['handle_mm_fault, huge page', ['handle_mm_fault']],
  ['do_huge_pmd_anonymous_page', ['do_huge_pmd_anonymous_page']],
  ['do_huge_pmd_numa_page', ['do_huge_pmd_numa_page']],
  ['do_huge_pmd_wp_page', ['do_huge_pmd_wp_page']],
])

/** The steps in which a hinting fault asks for a store: at once, or since 6.1 at its end. */
const ASKS: readonly string[] = ['do_numa_page', 'do_huge_pmd_numa_page', 'put the entry back']

/** Names of the steps above: a test asks whether each of them still exists. */
export const NOTED_STEPS: readonly string[] = [...NOTED.keys()]

/** Every fault of a tape, in the order in which they were raised. One that the tape leaves unfinished is not among them. */
export function modelFaults(machine: Machine, tape: Tape): readonly ModelFault[] {
  const words = tape.start.slice()
  const open = new Map<number, OpenFault>()
  const faults: ModelFault[] = []
  for (const [index, tick] of tape.ticks.entries()) {
    const error = words[machine.cpus[tick.actor]!.error]!
    for (const { cell, after } of tick.writes) words[cell] = after
    if (begins(tick, open.has(tick.actor))) open.set(tick.actor, new OpenFault(machine, words, tick, index))
    const fault = open.get(tick.actor)
    if (!fault) continue
    fault.note(tick, words, error)
    if (tick.step !== returnFromFault && words[machine.cpus[tick.actor]!.outcome] === OUTCOME.running) continue
    faults.push(fault.close(words, index + 1))
    open.delete(tick.actor)
  }
  return faults.sort((a, b) => a.from - b.from)
}

/** Where get_user_pages comes in: at the handler itself. */
const HANDLED_FIRST: readonly string[] = ['handle_pte_fault', 'handle_mm_fault, huge page']

/** The CPU raises a fault; or Linux handles one that no CPU has raised, for get_user_pages. */
const begins = ({ step }: Tick, isOpen: boolean): boolean =>
  (step as unknown) === raisePageFault || (HANDLED_FIRST.includes(step.name) && !isOpen)

/** A fault that is being handled. */
class OpenFault {
  private readonly path: string[]
  private readonly before: Pte
  private readonly slot: number
  private readonly process: number
  private readonly page: number
  private asked = EMPTY
  private error = 0
  private readonly machine: Machine
  private readonly tick: Tick
  private readonly from: number

  constructor(machine: Machine, words: Uint32Array, tick: Tick, from: number) {
    this.machine = machine
    this.tick = tick
    this.from = from
    this.path = (tick.step as unknown) === raisePageFault ? [] : ['get_user_pages']
    const cpu = machine.cpus[tick.actor]!
    this.process = words[cpu.process]!
    this.page = words[cpu.page]!
    this.slot = machine.processes[this.process]!.slots[this.page]!
    this.before = entryIn(words, this.slot)
  }

  /** What the recorder would have noted at this tick. A step that only waits for a lock comes again and is noted once. */
  note(tick: Tick, words: Uint32Array, error: number): void {
    const { step } = tick
    const { zeroFrame, hugeZeroFrame } = this.machine
    if (step.name === 'do_page_fault' || step === this.tick.step) this.error = error
    for (const name of NOTED.get(step.name) ?? []) if (!this.path.includes(name)) this.path.push(name)
    const carried = entryIn(words, this.machine.cpus[tick.actor]!.next)
    if (step.name === 'do_anonymous_page' && this.names(carried, zeroFrame)) this.path.push('anon:zero_page')
    if (step.name === 'do_huge_pmd_anonymous_page' && this.names(carried, hugeZeroFrame))
      this.path.push('hugeanon:huge_zero')
    if (ASKS.includes(step.name) && !same(carried, EMPTY)) this.asked = carried
    if (step.name === 'count the hint' && !this.counts(tick)) this.path.push('numa:no_normal_page')
  }

  private names(entry: Pte, frame: number): boolean {
    const { kernel, platform, frames } = this.machine
    return !same(entry, EMPTY) && linuxFrame(kernel, platform.pteVal(this.machine, entry)) === frames.pfn(frame)
  }

  private counts({ writes }: Tick): boolean {
    return writes.some(({ cell }) => cell === this.machine.counters.hintFaults)
  }

  close(words: Uint32Array, to: number): ModelFault {
    const { process, page, tick, error, path, before, asked, from } = this
    const after = entryIn(words, this.slot)
    return { process, page, choice: tick.choice, error, path, before, after, asked, from, to }
  }
}
