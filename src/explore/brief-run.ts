import { holds } from '../arch/predicate'
import type { Pte } from '../arch/pte'
import type { Lane } from '../arch/step'
import { kernelById } from '../kernel/variants'
import type { Choice, ProcessId } from '../machine/choice'
import { scenarioById } from '../machine/scenario'
import { decodeRun } from '../trace/codec'
import { replay, type Playback } from '../trace/replay'
import { entryIn } from '../trace/scene'
import { wordsAt, type Tick } from '../trace/tape'
import type { Witness } from './verdict'
import { PLATFORMS } from '../machine/platforms'

const PARENT: ProcessId = 0
const CHILD: ProcessId = 1

/** What matters on the way into trouble; all else is left to the Lab. */
export type BriefMark =
  | { readonly kind: 'begun'; readonly choice: Choice }
  /** The entry, where it starts and whenever somebody gives it another word; `by` is null at the start. */
  | { readonly kind: 'word'; readonly lo: number; readonly by: Lane | null }
  /** The kernel's test, asked of a word. */
  | { readonly kind: 'asked'; readonly lo: number; readonly yes: boolean }
  /** Linux handles the fault as a hint. */
  | { readonly kind: 'hinted' }

/** A counterexample in a handful of marks. */
export interface BriefRun {
  readonly marks: readonly BriefMark[]
  /** The state comes back: from the last mark the way leads to the first mark of the last access. */
  readonly comesBack: boolean
}

/** A witness, told by the words of the one page it is about. Computed by playing it, as the Lab does. */
export function briefRun(witness: Witness): BriefRun {
  const playback = play(witness)
  const { machine, tape, opening } = playback
  const { page } = scenarioById(witness.scenario)!
  const end = witness.cursor
  const from = tape.ticks.findIndex(({ choice }) => choice >= opening)
  const marks: BriefMark[] = []
  const begins = from < 0 ? end : Math.min(from, end)
  const words = wordsAt(tape, begins)
  const entryNow = (): Pte => entryIn(words, machine.processes[process]!.slots[page]!)
  let told: number | null = null
  let process: ProcessId = PARENT

  const tellWord = (by: Lane | null): void => {
    const { lo } = entryNow()
    if (lo === told) return
    told = lo
    marks.push({ kind: 'word', lo: lo & 0xfff, by })
  }
  const tellTest = (lo: number): void => {
    marks.push({ kind: 'asked', lo: lo & 0xfff, yes: holds(machine.kernel.hint, lo) })
  }

  for (let index = begins; index < end; index++) {
    const tick = tape.ticks[index]!
    if (index === tape.begins[tick.choice]) {
      const choice = tape.choices[tick.choice]!
      marks.push({ kind: 'begun', choice })
      process = 'process' in choice ? choice.process : choice.do === 'exit' ? CHILD : PARENT
      told = null
      if (choice.do !== 'exit') tellWord(null)
    }
    if (asksTest(tick)) tellTest(entryIn(words, machine.cpus[tick.actor]!.entry).lo)
    for (const { cell, after } of tick.writes) words[cell] = after
    if (tick.step.name === 'do_numa_page') {
      marks.push({ kind: 'hinted' })
      // What it leaves behind is told even where it is the same word again.
      told = null
    }
    if (writesEntry(playback, tick, page, process)) tellWord(tick.step.lane)
  }
  if (marks.length === 0) tellWord(null)
  if (isAboutTest(witness) && marks.at(-1)?.kind !== 'asked') tellTest(entryNow().lo)
  return { marks, comesBack: witness.failure === 'endless' }
}

function play({ scenario: id, machine, kernel, run }: Witness): Playback {
  const scenario = scenarioById(id)!
  const setting = { kernel: kernelById(kernel)!, platform: PLATFORMS[machine], numa: 'on' } as const
  return replay(scenario, setting, [...scenario.opening, ...decodeRun(run).choices])
}

/** Steps of a fault that put the question; pins and the scanner ask it within a longer step. */
const asksTest = ({ step }: Tick): boolean => step.name === 'hint?'

const isAboutTest = ({ failure }: Witness): boolean =>
  failure === 'yes to unmarked' || failure === 'no to marked' || failure === 'passed over'

const writesEntry = ({ machine }: Playback, { writes }: Tick, page: number, process: number): boolean =>
  writes.some(({ cell }) => cell === machine.processes[process]!.slots[page]!)
