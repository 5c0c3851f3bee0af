import { OUTCOME } from '../arch/cpu'
import { accessOf } from '../arch/error-code'
import { landed } from '../arch/mmu'
import { holds, quadrant } from '../arch/predicate'
import { FLAGS_LO, has, PRESENT, same } from '../arch/pte'
import { countHint, doNumaPage } from '../kernel/numa'
import { isHint, isUnchanged, isWriteProtected } from '../kernel/fault'
import { VM_EXEC, VM_READ, VM_RIGHTS, VM_WRITE } from '../kernel/protection'
import { scanDone, scanEntry, scanMapping } from '../kernel/scanner'
import { leftAlone } from './alone'
import { isSharedByOther, isStale, remembered, wrongFrame } from './audit'
import { faultLeaf, markedFrame } from './marks'
import { isQuiet } from './move'
import { PROPERTIES, type Failure, type PropertyId } from './properties'
import type { Moment, Watch } from './search'

/** Where a property first failed: after this move from this state. A move of -1: in the first state itself. */
export interface Finding {
  readonly property: PropertyId
  readonly failure: Failure
  readonly state: number
  readonly move: number
}

/** An entry as it was first met among those that a test over PRESENT and bit 8 cannot tell apart, marked or not. */
export interface EntryKind extends Pick<Finding, 'state' | 'move'> {
  readonly flags: number
  readonly marked: boolean
}

/** What is wrong about a test that says this of an entry; null where nothing is. */
export function misjudged(yes: boolean, marked: boolean): Pick<Finding, 'property' | 'failure'> | null {
  if (yes === marked) return null
  return yes ? { property: 'sound', failure: 'yes to unmarked' } : { property: 'complete', failure: 'no to marked' }
}

const RIGHT_FOR = { read: VM_READ | VM_WRITE | VM_EXEC, write: VM_WRITE, exec: VM_EXEC } as const

/**
 * Asks every property of every transition. What it finds first is nearest, for the search goes by distance. Once a property
 * has failed it is not asked again.
 */
export class Check implements Watch {
  readonly findings = new Map<PropertyId, Finding>()
  /** Low twelve bits of every entry of a page in every state met: 1 where some entry was like this. */
  readonly words = new Uint8Array(4096)
  /** Every kind of entry met, in the order of meeting. */
  readonly kinds: EntryKind[] = []
  private kindsMet = 0
  /** Error codes of faults that were taken for a hint on an unmarked entry. */
  readonly misread = new Set<number>()
  /** Properties that are asked and have not failed yet. */
  private readonly asking: Record<PropertyId, boolean>
  private open: number

  /** `asked`: the properties to ask, all where nothing is said. */
  constructor(asked: readonly PropertyId[] = PROPERTIES.map(({ id }) => id)) {
    this.asking = Object.fromEntries(PROPERTIES.map(({ id }) => [id, asked.includes(id)])) as Record<
      PropertyId,
      boolean
    >
    this.open = asked.length
  }

  /** Have all properties asked of failed? Then there is nothing left to find. */
  get isSettled(): boolean {
    return this.open === 0
  }

  atStart(moment: Moment): void {
    for (let leaf = 0; leaf < moment.marks.leaves; leaf++) this.askOfEntry(moment, leaf)
  }

  onMove(moment: Moment): void {
    const { taken, machine, actor } = moment
    if (taken) this.askOfStep(moment)
    if (moment.state < 0) return
    this.askOfEntries(moment)
    if (taken?.comparesStates) this.askLeftAlone(moment)
    if (taken && machine.isIdle(actor) && isQuiet(machine)) this.askOfQuiet(moment)
  }

  /** What has to hold whenever nobody does anything. */
  private askOfQuiet(moment: Moment): void {
    const { machine, marksAfter } = moment
    if (this.isOpen('frame')) {
      const failure = wrongFrame(machine) ?? (isStale(machine) ? 'stale TLB' : null)
      if (failure) this.report(moment, 'frame', failure)
    }
    if (this.isOpen('hints') && marksAfter !== 0 && remembered(machine, (leaf) => (marksAfter >>> leaf) % 2 === 1))
      this.report(moment, 'hints', 'not in force')
  }

  private isOpen(property: PropertyId): boolean {
    return this.asking[property]
  }

  private report(moment: Moment, property: PropertyId, failure: Failure): void {
    if (!this.isOpen(property)) return
    this.open--
    this.asking[property] = false
    this.findings.set(property, { property, failure, state: moment.parent, move: moment.move })
  }

  private askOfEntries(moment: Moment): void {
    const { world } = moment.machine
    const { marks } = moment
    let seen = 0
    for (let at = moment.mark; at < world.mark; at += 2) {
      const leaf = marks.leafAt(world.notedCell(at))
      if (leaf < 0 || seen & (1 << leaf)) continue
      seen |= 1 << leaf
      this.askOfEntry(moment, leaf)
    }
  }

  private askOfEntry(moment: Moment, leaf: number): void {
    const { lo } = moment.marks.entry(leaf)
    this.words[lo & FLAGS_LO] = 1
    const marked = (moment.marksAfter & (1 << leaf)) !== 0
    const kind = 1 << (2 * quadrant(lo) + Number(marked))
    if (!(this.kindsMet & kind)) {
      this.kindsMet |= kind
      this.kinds.push({ flags: lo & FLAGS_LO, marked, state: moment.parent, move: moment.move })
    }
    const wrong = misjudged(holds(moment.machine.kernel.hint, lo), marked)
    if (wrong) this.report(moment, wrong.property, wrong.failure)
  }

  private askOfStep(moment: Moment): void {
    const { machine, taken, actor } = moment
    const next: unknown = machine.nextStep(actor)
    if (taken === (landed as unknown)) this.askOfLanding(moment)
    else if (taken === isHint) {
      if (next === doNumaPage && !isMarked(moment) && isUnchangedYet(moment))
        this.misread.add(machine.world.get(machine.cpus[actor]!.error))
    } else if (taken === isUnchanged) {
      if (next === isWriteProtected && isMarked(moment)) this.report(moment, 'hints', 'hint lost')
    } else if (taken === doNumaPage) {
      const handled = next === countHint || next === machine.platform.setPte
      if (handled && !wasMarked(moment)) this.report(moment, 'hints', 'hint invented')
    } else if (this.isOpen('hints') && taken !== scanMapping && (next === scanEntry || next === scanDone)) {
      if (isPassedOver(moment)) this.report(moment, 'hints', 'passed over')
    }
  }

  private askOfLanding(moment: Moment): void {
    const { machine, landedOn, actor } = moment
    // While somebody else is in the middle of a change, the access may have come before it.
    if (!landedOn || !isQuiet(machine)) return
    const { process, page, access } = landedOn
    const flags = machine.world.get(machine.processes[process]!.flags[page]!)
    if (!(flags & VM_RIGHTS)) this.report(moment, 'guard', 'no signal')
    if (access === 'write' && this.isOpen('isolation') && isSharedByOther(machine, process, page, actor))
      this.report(moment, 'isolation', 'seen elsewhere')
  }

  private askLeftAlone(moment: Moment): void {
    if (!this.isOpen('progress') && !this.isOpen('guard')) return
    const { machine, actor } = moment
    const { world } = machine
    const cpu = machine.cpus[actor]!
    const flags = world.get(machine.processes[world.get(cpu.process)]!.flags[world.get(cpu.page)]!)
    const allowed = (flags & RIGHT_FOR[accessOf(world.get(cpu.access))]) !== 0
    const end = leftAlone(machine, actor)
    if (end === 'waits') return
    if (!allowed) {
      if (end !== OUTCOME.sigsegv && end !== OUTCOME.efault) this.report(moment, 'guard', 'no signal')
    } else if (end === 'endless') this.report(moment, 'progress', 'endless')
    else if (end !== OUTCOME.completed) this.report(moment, 'progress', 'wrong end')
  }
}

/** Is the entry still what the fault read? If not, the lock will tell. */
function isUnchangedYet({ machine, actor, marks }: Moment): boolean {
  return same(marks.entry(faultLeaf(machine, actor)), machine.world.pte(machine.cpus[actor]!.entry))
}

/** Is the entry that this fault is about marked? */
const isMarked = ({ machine, actor, marksAfter }: Moment): boolean =>
  (marksAfter & (1 << faultLeaf(machine, actor))) !== 0
const wasMarked = ({ machine, actor, marksBefore }: Moment): boolean =>
  (marksBefore & (1 << faultLeaf(machine, actor))) !== 0

/**
 * Has the scanner just gone on from a page that every kernel of the story should mark, and left it unmarked: one of anonymous
 * memory that is there, in a mapping that allows something, mapped by this entry alone?
 */
function isPassedOver({ machine, actor, marks, marksAfter }: Moment): boolean {
  const { world } = machine
  const cpu = machine.cpus[actor]!
  const page = world.get(cpu.cursor) - 1
  const leaf = world.get(cpu.process) * machine.pages.length + page
  if (page < 0 || !has(marks.entry(leaf), PRESENT) || marksAfter & (1 << leaf)) return false
  const frame = markedFrame(machine, marks.entry(leaf))
  const flags = world.get(machine.processes[world.get(cpu.process)]!.flags[page]!)
  return frame >= 0 && frame !== machine.zeroFrame && machine.frames.mapcount(frame) === 1 && (flags & VM_RIGHTS) !== 0
}
