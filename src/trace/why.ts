import { nameOfBit8 } from '../arch/entry-fields'
import { PF_PROT } from '../arch/error-code'
import { asks } from '../arch/predicate'
import { bitOf, has, PRESENT } from '../arch/pte'
import type { Source } from '../arch/step'
import { pagesOfMapping } from '../kernel/context'
import { HAND } from '../machine/machine'
import { stepTitle } from './sentence'
import { entryAt, slotOf, type Scene } from './scene'
import type { Tape, Tick, Write } from './tape'

/** Who made a bit what it is. `recorded`: it was so when a real machine was captured. */
export type BitWriter = 'CPU' | 'Linux' | 'Xen' | 'you' | 'recorded' | 'nobody'

/** Why a bit is as it is. */
export interface Why {
  readonly actor: BitWriter
  /** Index in the tape of the step that decided it; negative before the tape began; null where none did. */
  readonly tick: number | null
  readonly step: string | null
  readonly source: Source | null
  readonly text: string
  /** Index in the tape of the last step that read it; null where none did. */
  readonly readTick: number | null
  readonly readText: string
}

/** A tick with its place in time. */
interface Placed {
  readonly at: number
  readonly tick: Tick
}

/** A store of one bit, and who decided what it stored. */
interface Deed {
  readonly actor: BitWriter
  readonly by: Placed
  /** Did it change the bit, or the name that bit 8 goes by? */
  readonly decided: boolean
}

/** Who wrote a bit as it is now, and who read it last, up to the cursor. */
export function whyBit(scene: Scene, process: number, page: number, bit: number): Why {
  const entry = entryAt(scene, process, page)
  const past = pastOf(scene)
  const { first, latest } = writersOf(scene, past, slotOf(scene, process, page), bit)
  const what = `Bit ${bit}${bit === 8 ? ` (${nameOfBit8(has(entry, PRESENT))})` : ''} is ${bitOf(entry, bit)}`
  const read = lastReader(scene, past, process, page, bit)
  const readText = `${read ? `Last asked by ${placeText(scene, read)}.` : 'No question has asked it yet.'}${notAsked(scene, bit)}`
  const reading = { readTick: read?.at ?? null, readText }
  if (!first) return { ...unwritten(scene, process, page, what), ...reading }
  const again =
    latest && latest.by.at !== first.by.at
      ? ` ${latest.actor} stored it again unchanged: ${placeText(scene, latest.by)}.`
      : ''
  return {
    actor: first.actor,
    tick: first.by.at,
    step: first.by.tick.step.name,
    source: first.by.tick.step.where ?? null,
    text: `${what}: ${deedText(first.actor, bitOf(entry, bit))} ${placeText(scene, first.by)}.${again}`,
    ...reading,
  }
}

/** 'Xen added it in', for a bit that is 1 now; 'Linux cleared it in', for one that is 0. */
function deedText(actor: BitWriter, value: 0 | 1): string {
  if (actor === 'you') return value ? 'you set it,' : 'you cleared it,'
  if (actor === 'Xen' && value) return 'Xen added it in'
  return `${actor === 'CPU' ? 'the CPU' : actor} ${value ? 'set' : 'cleared'} it in`
}

function placeText(scene: Scene, { at, tick }: Placed): string {
  const when = at < 0 ? 'before the tape begins' : `step ${at + 1}`
  return `${stepTitle(tick.step, scene.machine.kernel)}, ${when}`
}

function unwritten(scene: Scene, process: number, page: number, what: string) {
  const recorded = process === 0 && scene.machine.pages[page]!.entry !== undefined
  const text = recorded ? `${what}: it was so when this process was recorded.` : `${what}: no step ever changed it.`
  return { actor: recorded ? ('recorded' as const) : ('nobody' as const), tick: null, step: null, source: null, text }
}

/** Every tick up to the cursor, those before the tape with negative places. */
function pastOf(scene: Scene): readonly Placed[] {
  const { before, tape, cursor } = scene
  const placed = (from: Tape, end: number, shift: number): Placed[] =>
    from.ticks.slice(0, end).map((tick, index) => ({ tick, at: index + shift }))
  return [...placed(before, before.ticks.length, -before.ticks.length), ...placed(tape, cursor, 0)]
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
  if (step.name === 'pin the tables') return changed ? { actor: 'Xen', by: here, decided: true } : null
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
  const keepsBit8 = scene.machine.kernel.marking !== 'PAGE_NONE'
  return !(keepsBit8 && ['change_pte_range, hint', 'do_numa_page'].includes(by.tick.step.name))
}

/** The last step about this entry whose decision could depend on the bit. */
function lastReader(scene: Scene, past: readonly Placed[], process: number, page: number, bit: number): Placed | null {
  const slot = slotOf(scene, process, page)
  const targets = scene.machine.cpus.map(() => 0)
  let reader: Placed | null = null
  for (const placed of past) {
    const { actor, step, writes } = placed.tick
    for (const { cell, after } of writes) if (cell === scene.machine.cpus[actor]!.target) targets[actor] = after
    if (!readsBit(scene, placed, bit)) continue
    const here = step.lane === 'xen' ? targets[actor] === slot : isAbout(scene, placed, process, page)
    if (here) reader = placed
  }
  return reader
}

/** Is a step of Linux or the CPU about this page? The scanner goes from page to page. */
function isAbout(scene: Scene, { at, tick }: Placed, process: number, page: number): boolean {
  const choice = (at < 0 ? scene.before : scene.tape).choices[tick.choice]!
  if (choice.do === 'access') return choice.page === page && choice.process === process
  if (choice.do !== 'scan' || process !== 0) return false
  const moved = tick.writes.find(({ cell }) => cell === scene.machine.cpus[tick.actor]!.cursor)
  return moved !== undefined && pagesOfMapping(scene.machine, choice.page)[moved.after - 1] === page
}

/** A walk that meets PRESENT 0 reads nothing else; one that ends well reads the frame too. */
function readsBit(scene: Scene, { tick }: Placed, bit: number): boolean {
  const { machine } = scene
  const { name } = tick.step
  if (name === 'page walk' && bit > 0) {
    const error = tick.writes.find(({ cell }) => cell === machine.cpus[tick.actor]!.error)
    if (error && !(error.after & PF_PROT)) return false
    if (bit >= 12) return true
  }
  return bit < 12 && (questionsOf(scene, tick) & (1 << bit)) !== 0
}

/** The low bits a step asks, those asked through vm_normal_page included. */
function questionsOf({ machine }: Scene, { step }: Tick): number {
  const { present, hint, special } = machine.kernel
  if (step.name === 'change_pte_range, hint') return asks(present) | asks(special) | asks(hint)
  if (step.name === 'count the hint' || step.name === 'do_wp_page') return asks(special)
  return step.asks?.(machine) ?? 0
}

/** The questions of this kernel that leave the bit out, where the reader may expect them to ask it. */
function notAsked(scene: Scene, bit: number): string {
  const { present, hint } = scene.machine.kernel
  if (bit !== 0 && bit !== 8) return ''
  const names = [present, hint].filter((predicate) => !(asks(predicate) & (1 << bit))).map(({ name }) => `${name}?`)
  if (names.length === 0) return ''
  return ` ${names.join(' and ')} ${names.length > 1 ? 'do' : 'does'} not ask it.`
}
