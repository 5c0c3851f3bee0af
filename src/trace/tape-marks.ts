import { pte, type Pte } from '../arch/pte'
import type { Lane } from '../arch/step'
import { isNone } from '../kernel/linux-pte'
import { pagesOfMapping } from '../kernel/context'
import type { Choice } from '../machine/choice'
import { slotOf, type Scene } from './scene'
import { stepTitle } from './sentence'
import type { Lasso, Tape, Tick } from './tape'

/** Who acts, as the tape tells them apart. The reader's hand is none of the machine's three actors. */
export type TapeLane = 'CPU' | 'Linux' | 'Xen' | 'hand'

/** One tick, as the tape draws it. */
export interface TapeMark {
  /** Index in the tape. */
  readonly tick: number
  readonly lane: TapeLane
  /** Diamond: a question. Circle: NUMA balancing at work. Hatch: Xen. */
  readonly shape: 'square' | 'diamond' | 'circle' | 'hatch'
  readonly tone: 'present' | 'normal' | 'numa' | 'xen' | 'hand'
  /** Part of a walk over many pages, and not about the page that is looked at. */
  readonly minor: boolean
  readonly title: string
}

/** Neighbouring ticks that carry out one choice. */
export interface TapeGroup {
  readonly from: number
  readonly to: number
  readonly label: string
  /** One word, for where the label finds no room. */
  readonly short: string
  /** The cursor stands in it. */
  readonly current: boolean
}

/** From one #PF of an access to its next. */
export interface TapeLap {
  readonly number: number
  readonly from: number
  readonly to: number
  /** Inside the part that comes back for ever; an earlier lap only led there. */
  readonly endless: boolean
}

/** An endless access whose repeat lies at or before the cursor: proved, not guessed. */
export interface TapeLoop {
  /** The ticks after which the two equal states stand. */
  readonly from: number
  readonly to: number
  readonly laps: readonly TapeLap[]
  readonly words: string
}

/** What the tape shows of a scene. */
export interface TapePicture {
  readonly marks: readonly TapeMark[]
  readonly groups: readonly TapeGroup[]
  readonly loops: readonly TapeLoop[]
}

/** Turn a scene into marks, groups and closed loops, seen from one page. */
export function tapeMarks(scene: Scene, page: number): TapePicture {
  const about = pagesWalked(scene)
  return {
    marks: scene.tape.ticks.map((tick, index) => markOf(scene, tick, index, ![undefined, page].includes(about[index]))),
    groups: groupsOf(scene, page),
    loops: scene.tape.lassos.filter(({ again }) => again < scene.cursor).map((lasso) => loopOf(scene, lasso)),
  }
}

/** 'step 12 of 29: pte_protnone?, Linux', for those who hear the tape. */
export function spokenTime(marks: readonly TapeMark[], cursor: number): string {
  const mark = marks[cursor - 1]
  if (!mark) return `start, ${marks.length} ${marks.length === 1 ? 'step' : 'steps'} to come`
  return `step ${cursor} of ${marks.length}: ${mark.title}, ${mark.lane === 'hand' ? 'you' : mark.lane}`
}

const LANES: Record<Lane, TapeLane> = {
  user: 'CPU',
  hardware: 'CPU',
  kernel: 'Linux',
  scanner: 'Linux',
  xen: 'Xen',
  hand: 'hand',
}
const TONES: Record<TapeLane, TapeMark['tone']> = { CPU: 'present', Linux: 'normal', Xen: 'xen', hand: 'hand' }

/** Steps of NUMA balancing: circles on the tape. */
const NUMA_STEPS = [
  'do_numa_page',
  'do_huge_pmd_numa_page',
  'count the hint',
  'migrate_misplaced_page',
  'remove_migration_pte',
]

function markOf(scene: Scene, tick: Tick, index: number, minor: boolean): TapeMark {
  const { name, lane: actor } = tick.step
  const lane = LANES[actor]
  const numa = NUMA_STEPS.includes(name) || marksEntry(scene, tick)
  const title = stepTitle(tick.step, scene.machine.kernel)
  const shape = numa ? 'circle' : lane === 'Xen' ? 'hatch' : name.endsWith('?') ? 'diamond' : 'square'
  return { tick: index, lane, shape, tone: numa ? 'numa' : TONES[lane], minor, title }
}

/** Did the scanner ask for a store in this tick? Entries that it passes over get none. */
const marksEntry = (scene: Scene, { step, actor, writes }: Tick): boolean =>
  step.lane === 'scanner' && writes.some(({ cell, after }) => cell === scene.machine.cpus[actor]!.target && after > 0)

/** A walk that has looked at every page: the tick is about none. */
const NO_PAGE = -1

/** For each tick of a walk over pages the page it is about; undefined for ticks that are no part of such a walk. */
function pagesWalked(scene: Scene): readonly (number | undefined)[] {
  const { ticks, choices } = scene.tape
  let page: number | undefined
  return ticks.map((tick) => {
    const { name, lane } = tick.step
    const stores = lane === 'xen' || name === 'store'
    if (['copy_one_pte', 'change_pte_range, hint', 'clear_refs_pte_range'].includes(name))
      page = pageReached(scene, tick, choices[tick.choice]!)
    else if (!stores || name === 'pin the tables') page = undefined
    return page
  })
}

function pageReached(scene: Scene, tick: Tick, choice: Choice): number {
  const { cursor } = scene.machine.cpus[tick.actor]!
  const reached = tick.writes.find(({ cell }) => cell === cursor)
  if (!reached) return NO_PAGE
  const place = reached.after - 1
  return choice.do === 'scan' ? (pagesOfMapping(scene.machine, choice.page)[place] ?? NO_PAGE) : place
}

function groupsOf(scene: Scene, page: number): readonly TapeGroup[] {
  const { ticks, begins, choices } = scene.tape
  const now = Math.max(0, scene.cursor - 1)
  const starts = ticks.flatMap((tick, index) =>
    index === 0 || ticks[index - 1]!.choice !== tick.choice ? [index] : [],
  )
  return starts.map((from, index) => {
    const to = (starts[index + 1] ?? ticks.length) - 1
    const { choice } = ticks[from]!
    const resumed = begins[choice] !== from
    return {
      from,
      to,
      label: resumed ? `${shortLabel(choices[choice]!)} goes on` : labelOf(scene, choice, page),
      short: shortLabel(choices[choice]!),
      current: from <= now && now <= to,
    }
  })
}

function shortLabel(choice: Choice): string {
  switch (choice.do) {
    case 'access':
      return choice.access
    case 'kill':
      return 'SIGKILL'
    case 'poke':
      return 'edit'
    case 'store':
      return 'set_pte'
    default:
      return choice.do
  }
}

/** Name what was chosen, and on which page where that is not plain. */
function labelOf(scene: Scene, index: number, page: number): string {
  const choice = scene.tape.choices[index]!
  const elsewhere = 'page' in choice && choice.page !== page ? `, ${nameOf(scene, choice.page)}` : ''
  switch (choice.do) {
    case 'access':
      return accessLabel(scene, index, choice)
    case 'pin':
      return `pin to ${choice.access}${choice.force ? ', by force' : ''}${elsewhere}`
    case 'kill':
      return 'SIGKILL'
    case 'exit':
      return 'child exits'
    case 'scan':
      // Linux leaves NUMA balancing off under Xen PV; a pass there is the reader's doing.
      return `scan${scene.machine.platform.id === 'xen' ? ', forced' : ''}`
    case 'mprotect':
      return `mprotect ${choice.rights}${elsewhere}`
    case 'reclaim':
      return `reclaim${elsewhere}`
    case 'madvise':
      return `madvise ${choice.advice}${elsewhere}`
    case 'munmap':
    case 'grant':
    case 'writeback':
      return `${choice.do}${elsewhere}`
    case 'clear-refs':
      return `clear_refs, ${choice.what}`
    case 'flip':
      return `flip bit ${choice.bit} by hand${elsewhere}`
    case 'poke':
      return `edit by hand${elsewhere}`
    case 'store':
      return `set_pte, same word${elsewhere}`
    default:
      return choice.do
  }
}

type AccessChoice = Extract<Choice, { do: 'access' }>

/** 'write heap, page 2: first touch', and 'write again' once the last access was to the same page. */
function accessLabel(scene: Scene, index: number, choice: AccessChoice): string {
  const { access, process, page } = choice
  const earlier = scene.tape.choices.slice(0, index).filter((each) => each.do === 'access')
  const here = earlier.filter((each) => each.process === process && each.page === page)
  if (here.includes(earlier.at(-1)!) && here.some((each) => each.access === access)) return `${access} again`
  const entry = entryBefore(scene.tape, scene.tape.begins[index]!, slotOf(scene, process, page))
  const who = choice.byKernel ? 'kernel: ' : choice.second ? 'second thread: ' : process === 0 ? '' : 'child: '
  return `${who}${access} ${nameOf(scene, page)}${isNone(entry) ? ': first touch' : ''}`
}

/** The entry in a slot before a tick. Looks back for its two words alone: all words would be a copy of the world. */
function entryBefore(tape: Tape, tick: number, slot: number): Pte {
  const wordOf = (cell: number): number => {
    for (let index = tick - 1; index >= 0; index--) {
      const write = tape.ticks[index]!.writes.find((each) => each.cell === cell)
      if (write) return write.after
    }
    return tape.start[cell]!
  }
  return pte(wordOf(slot), wordOf(slot + 1))
}

const nameOf = (scene: Scene, page: number): string => scene.machine.pages[page]!.name

function loopOf(scene: Scene, { choice, first, again }: Lasso): TapeLoop {
  const { ticks, begins } = scene.tape
  // Whatever was chosen last before the loop may have changed what happens: laps are counted from there.
  const since = Math.max(...begins.map((begin) => (begin !== null && begin <= first ? begin : 0)))
  const faults = ticks.flatMap((tick, index) => {
    const counts = tick.choice === choice && tick.step.comparesStates && since <= index && index <= again
    return counts ? [index] : []
  })
  const laps = faults.slice(1).map((to, index) => {
    const from = faults[index]!
    return { number: index + 1, from, to, endless: from >= first }
  })
  const began = faults.indexOf(first) + 1
  return { from: first, to: again, laps, words: `lap ${faults.length} begins in the state lap ${began} began in` }
}
