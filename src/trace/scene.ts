import type { Slot } from '../arch/brand'
import { frameOf, has, PRESENT, PSE, pte, type Pte } from '../arch/pte'
import { backingOf } from '../kernel/context'
import { hugeFrame } from '../kernel/huge-pmd'
import { linuxFrame } from '../kernel/linux-pte'
import { pageProtection } from '../kernel/protection'
import type { Machine } from '../machine/machine'
import { latestActor, outcomeAt, type Outcome } from './outcome'
import type { Playback } from './replay'
import { wordsAt, type Tape, type Tick } from './tape'

/** A playback stopped after `cursor` ticks: the copy of the words that views read. */
export interface Scene {
  readonly machine: Machine
  /** What happened before the tape begins: provenance only. */
  readonly before: Tape
  readonly tape: Tape
  /** How many ticks have happened, 0 to the tape's length. */
  readonly cursor: number
  readonly words: Uint32Array
  /** The tick that has just happened; null at the start of the tape. */
  readonly tick: Tick | null
  readonly outcome: Outcome
}

/** Stop a playback after `cursor` ticks; a cursor outside the tape is brought to its nearer end. */
export function sceneAt(playback: Playback, cursor: number): Scene {
  const { machine, before, tape, opening } = playback
  const at = Math.max(0, Math.min(Math.floor(cursor) || 0, tape.ticks.length))
  const words = wordsAt(tape, at)
  return {
    machine,
    before,
    tape,
    cursor: at,
    words,
    tick: tape.ticks[at - 1] ?? null,
    outcome: outcomeAt(machine, tape, opening, at, words),
  }
}

/** The entry that starts at `slot` in these words. */
export const entryIn = (words: Uint32Array, slot: number): Pte => pte(words[slot]!, words[slot + 1]!)

/** Where the leaf entry of a page of a process lies. */
export const slotOf = (scene: Scene, process: number, page: number): Slot =>
  scene.machine.processes[process]!.slots[page]!

/** The leaf entry as it lies in memory. */
export const entryAt = (scene: Scene, process: number, page: number): Pte =>
  entryIn(scene.words, slotOf(scene, process, page))

/** vm_flags of a page's mapping, and the protection that new entries of it get. */
export const flagsAt = (scene: Scene, process: number, page: number): number =>
  scene.words[scene.machine.processes[process]!.flags[page]!]!
export const protectionAt = (scene: Scene, process: number, page: number): Pte =>
  pageProtection(flagsAt(scene, process, page), backingOf(scene.machine, page))

/** Under Xen: does Xen know the tables of this process, so that it stores what Linux asks for? */
export const tablesPinned = (scene: Scene, process: number): boolean =>
  scene.words[scene.machine.processes[process]!.pinned] === 1

/** Does the child exist? */
export const childAlive = (scene: Scene): boolean => scene.words[scene.machine.processes[1]!.alive] === 1

/** The frame index an entry names, by machine frame if PRESENT is set and by guest frame if not; -1 outside the model. */
export function frameIndexAt(scene: Scene, entry: Pte): number {
  const { machine } = scene
  return has(entry, PRESENT)
    ? machine.frames.indexOfMfn(frameOf(entry))
    : machine.frames.indexOfPfn(frameWithoutPresent(machine, entry))
}

/** The frame number an entry names to its reader: as it stands while PRESENT is set, else as this Linux stores it. */
export const frameNumberAt = ({ machine }: Scene, entry: Pte): number =>
  has(entry, PRESENT) ? frameOf(entry) : frameWithoutPresent(machine, entry)

const frameWithoutPresent = ({ hugeZeroFrame, kernel }: Machine, entry: Pte): number =>
  hugeZeroFrame >= 0 && has(entry, PSE) ? hugeFrame(kernel, entry) : linuxFrame(kernel, entry)

export const kindAt = (scene: Scene, frame: number): number => scene.words[scene.machine.frames.kindCell(frame)]!
export const mapcountAt = (scene: Scene, frame: number): number =>
  scene.words[scene.machine.frames.mapcountCell(frame)]!

/** The CPU that acted last; the first one before any has. */
export const actorAt = ({ tape, cursor }: Pick<Scene, 'tape' | 'cursor'>): number => latestActor(tape, cursor)

/** Process and page of that CPU's operation in progress, or last done. */
export const processAt = (scene: Scene): number => scene.words[scene.machine.cpus[actorAt(scene)]!.process]!
export const pageAt = (scene: Scene): number => scene.words[scene.machine.cpus[actorAt(scene)]!.page]!

/** What a fault on a page is asked about: the snapshot while one is handled there, else the entry in memory. */
export function wordAsked(scene: Scene, process: number, page: number): Pte {
  const snapshot = entryIn(scene.words, scene.machine.cpus[actorAt(scene)]!.entry)
  const handled = snapshot.lo !== 0 && pageAt(scene) === page && processAt(scene) === process
  return handled ? snapshot : entryAt(scene, process, page)
}

/** The last value that Linux asked to have stored in a slot, and when. */
export interface Asked {
  readonly value: Pte
  /** Index in the tape; negative where it was asked before the tape began. */
  readonly tick: number
}

/** What Linux last wrote, or asked Xen to write, into a slot up to the cursor; null where no step of this run did. */
export function lastAsked(scene: Scene, slot: Slot): Asked | null {
  return (
    findAsked(scene, scene.tape, scene.cursor, slot, 0) ??
    findAsked(scene, scene.before, scene.before.ticks.length, slot, -scene.before.ticks.length)
  )
}

/** Did Xen refuse what Linux last asked to have stored in a slot? Then memory holds what it held before. */
export function isRefused(scene: Scene, slot: Slot): boolean {
  const ticks = scene.tape.ticks.slice(0, scene.cursor)
  const written = ticks.findLastIndex(({ writes }) => writes.some(({ cell }) => cell === (slot as number)))
  const refusal = ticks.findLastIndex(({ step }) => step.name === 'Xen refuses')
  if (refusal <= written) return false
  const targetOf = (actor: number): number => scene.machine.cpus[actor]!.target
  const asked = ticks
    .slice(0, refusal)
    .findLast(({ actor, writes }) => writes.some(({ cell, after }) => cell === targetOf(actor) && after))
  return asked?.writes.find(({ cell }) => cell === targetOf(asked.actor))?.after === slot
}

function findAsked(scene: Scene, tape: Tape, end: number, slot: Slot, shift: number): Asked | null {
  for (let index = end - 1; index >= 0; index--) {
    const tick = tape.ticks[index]!
    const { target, next } = scene.machine.cpus[tick.actor]!
    const aimed = tick.writes.some((write) => write.cell === target && write.after === slot)
    const lo = tick.writes.find((write) => write.cell === next)
    const hi = tick.writes.find((write) => write.cell === next + 1)
    if (aimed && lo && hi) return { value: pte(lo.after, hi.after), tick: index + shift }
  }
  return null
}
