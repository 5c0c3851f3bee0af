import { nameOfBit8 } from '../arch/entry-fields'
import { asks } from '../arch/predicate'
import { bitOf, has, PRESENT } from '../arch/pte'
import type { Step } from '../arch/step'
import type { KernelCx } from '../kernel/context'
import { HAND } from '../machine/machine'
import { placedTicks, readersOf, type BitReaders, type Placed } from './bit-readers'
import { stepTitle } from './sentence'
import { entryAt, entryIn, slotOf, type Scene } from './scene'
import { wordsAt, type Write } from './tape'

/** Who made a bit what it is. `recorded`: it was so when a real machine was captured. */
export type BitWriter = 'CPU' | 'Linux' | 'Xen' | 'you' | 'recorded' | 'nobody'

/** Why a bit is as it is. */
export interface Why {
  readonly actor: BitWriter
  /** Index in the tape of the step that decided it; negative before the tape began; null where none did. */
  readonly tick: number | null
  readonly step: Step<KernelCx> | null
  readonly text: string
  readonly readers: BitReaders
  /** The tests of this kernel that leave the bit out; empty where none is worth a word. */
  readonly notAsked: string
}

/** A store of one bit, and who decided what it stored. */
interface Deed {
  readonly actor: BitWriter
  readonly by: Placed
  /** Did it change the bit, or the name that bit 8 goes by? */
  readonly decided: boolean
}

/** Who wrote a bit as it is at the cursor, and who reads it: before, now, and next on the tape. */
export function whyBit(scene: Scene, process: number, page: number, bit: number): Why {
  const entry = entryAt(scene, process, page)
  const past = placedTicks(scene, scene.cursor)
  const { first, latest } = writersOf(scene, past, slotOf(scene, process, page), bit)
  const what = `Bit ${bit}${bit === 8 ? ` (${nameOfBit8(has(entry, PRESENT))})` : ''} is ${bitOf(entry, bit)}`
  const reading = { readers: readersOf(scene, process, page, bit), notAsked: notAsked(scene, bit) }
  if (!first) return { ...unwritten(scene, process, page, what), ...reading }
  const again =
    latest && latest.by.at !== first.by.at
      ? ` ${latest.actor} stored it again unchanged: ${placeText(scene, latest.by)}.`
      : ''
  const copied = process === 1 && copiedText(scene, past, first, page, bit, bitOf(entry, bit))
  const deed = copied || `${deedText(first.actor, bitOf(entry, bit))} ${placeText(scene, first.by)}.`
  return {
    actor: first.actor,
    tick: first.by.at,
    step: first.by.tick.step,
    text: `${what}: ${deed}${again}`,
    ...reading,
  }
}

/** Where fork copied the bit as the parent had it: that, and who wrote it there; null where it was decided otherwise. */
function copiedText(scene: Scene, past: readonly Placed[], deed: Deed, page: number, bit: number, value: 0 | 1) {
  const { at, tick } = deed.by
  if (tick.step.name !== 'copy_one_pte') return null
  const { before, tape } = scene
  const words = at < 0 ? wordsAt(before, at + before.ticks.length) : wordsAt(tape, at)
  const slot = slotOf(scene, 0, page)
  if (bitOf(entryIn(words, slot), bit) !== value) return null
  const earlier = past.filter((placed) => placed.at < at)
  const { first } = writersOf(scene, earlier, slot, bit)
  const there = first ? ` There ${deedText(first.actor, value)} ${placeText(scene, first.by)}.` : ''
  return `copied from the parent’s entry by fork, ${placeText(scene, deed.by)}.${there}`
}

/** 'Xen added it in', for a bit that is 1 now; 'Linux cleared it in', for one that is 0. */
function deedText(actor: BitWriter, value: 0 | 1): string {
  if (actor === 'you') return value ? 'you set it,' : 'you cleared it,'
  if (actor === 'Xen' && value) return 'Xen added it in'
  return `${actor === 'CPU' ? 'the CPU' : actor} ${value ? 'set' : 'cleared'} it in`
}

/** 'do_numa_page, step 12': the step and where on the tape it stands. */
export function placeText(scene: Scene, { at, tick }: Placed): string {
  const when = at < 0 ? 'before the tape begins' : `step ${at + 1}`
  return `${stepTitle(tick.step, scene.machine.kernel)}, ${when}`
}

function unwritten(scene: Scene, process: number, page: number, what: string) {
  const recorded = process === 0 && scene.machine.pages[page]!.entry !== undefined
  const text = recorded ? `${what}: it was so when this process was recorded.` : `${what}: no step ever changed it.`
  return { actor: recorded ? ('recorded' as const) : ('nobody' as const), tick: null, step: null, text }
}

/** The deed that made the bit what it is, and the last one that stored it. */
function writersOf(scene: Scene, past: readonly Placed[], slot: number, bit: number) {
  const cell = slot + (bit < 32 ? 0 : 1)
  let first: Deed | null = null
  let latest: Deed | null = null
  for (let index = past.length - 1; index >= 0; index--) {
    const write = past[index]!.tick.writes.find((each) => each.cell === cell)
    const deed = write && deedOf(scene, past, index, write, bit)
    if (!deed) continue
    latest ??= deed
    first = deed
    if (deed.decided) return { first, latest }
  }
  // It was never changed: whoever stored it since has not made it what it is.
  return { first: null, latest }
}

/** Who stored the bit in this write; null where the writer had nothing to do with it. */
function deedOf(scene: Scene, past: readonly Placed[], index: number, write: Write, bit: number): Deed | null {
  const here = past[index]!
  const changed = ((write.before ^ write.after) >>> (bit & 31)) % 2 !== 0
  const { actor, step } = here.tick
  if (actor === HAND) return changed ? { actor: 'you', by: here, decided: true } : null
  if (step.lane === 'hardware') return changed ? { actor: 'CPU', by: here, decided: true } : null
  if (step.lane === 'xen' && step.name !== 'Xen stores')
    return changed ? { actor: 'Xen', by: here, decided: true } : null
  if (step.name !== 'store' && step.name !== 'Xen stores') return { actor: 'Linux', by: here, decided: changed }
  return storeDeed(scene, past, index, write, bit, changed)
}

/** A store at the end of its way: if the value gained or lost the bit on the way, Xen did it; else Linux asked for it so. */
function storeDeed(
  scene: Scene,
  past: readonly Placed[],
  index: number,
  write: Write,
  bit: number,
  changed: boolean,
): Deed {
  const { actor } = past[index]!.tick
  const { target, next } = scene.machine.cpus[actor]!
  const cell = next + (bit < 32 ? 0 : 1)
  const mask = 2 ** (bit & 31)
  for (let back = index - 1; back >= 0; back--) {
    const placed = past[back]!
    if (placed.tick.actor !== actor) continue
    const asks = placed.tick.writes.some((each) => each.cell === target)
    const carried = placed.tick.writes.find((each) => each.cell === cell)
    if (asks) return { actor: 'Linux', by: placed, decided: changed || renames(scene, placed, write, bit) }
    if (carried && ((carried.before ^ carried.after) & mask) !== 0) return { actor: 'Xen', by: placed, decided: true }
  }
  return { actor: 'Linux', by: past[index]!, decided: changed }
}

/**
 * Where PRESENT changes, bit 8 takes its other name: pte_modify takes it from the new protection, so Linux decided it even if the
 * bit had that value before. The helpers for bit 9 leave bit 8 as it was.
 */
function renames(scene: Scene, by: Placed, write: Write, bit: number): boolean {
  if (bit !== 8 || !((write.before ^ write.after) & PRESENT)) return false
  const keepsBit8 = ['bit 9', 'own protection'].includes(scene.machine.kernel.marking)
  return !(keepsBit8 && ['change_pte_range, hint', 'do_numa_page'].includes(by.tick.step.name))
}

/** The questions of this kernel that leave the bit out, where the reader may expect them to ask it. */
function notAsked(scene: Scene, bit: number): string {
  const { present, hint } = scene.machine.kernel
  if (bit !== 0 && bit !== 8) return ''
  const names = [present, hint].filter((predicate) => !(asks(predicate) & (1 << bit))).map(({ name }) => `${name}?`)
  if (names.length === 0) return ''
  return `${names.join(' and ')} ${names.length > 1 ? 'do' : 'does'} not ask it.`
}
