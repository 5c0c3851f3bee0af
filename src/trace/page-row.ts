import { bitOf, GLOBAL, has, PRESENT, type Pte } from '../arch/pte'
import { holds } from '../arch/predicate'
import { addressText } from '../arch/vaddr'
import { backingOf } from '../kernel/context'
import { FRAME } from '../kernel/frames'
import { isNone, NUMA, swapOffset } from '../kernel/linux-pte'
import { isMigrating, migratingFrame } from '../kernel/migration-entry'
import { rightsText, VM_RIGHTS, VM_SHARED, type Backing } from '../kernel/protection'
import { HAND } from '../machine/machine'
import { entryAt, flagsAt, frameIndexAt, kindAt, mapcountAt, slotOf, type Scene, frameNumberAt } from './scene'

/** What is special about a page, in a few words; empty where nothing is. */
export type PageState =
  | ''
  | 'no mapping'
  | 'guard'
  | 'untouched'
  | 'swapped out'
  | 'taken for swap'
  | 'moving'
  | 'hinted'
  | 'zero page'
  | 'file page'
  | 'own copy'
  | 'granted'
  | 'huge page'
  | 'huge zero page'
  | 'shared by fork'
  | 'unknown frame'

/** What an entry is to Linux: one that maps a page, a note of where in swap it is, or nothing. */
export type EntryKind = 'entry' | 'swap' | 'empty'

/** One page of the table. */
export interface PageRow {
  readonly page: number
  readonly name: string
  readonly state: PageState
  /** As in /proc/PID/maps: 'rw-'. */
  readonly rights: string
  readonly backing: Backing
  readonly shared: boolean
  readonly address: string
  readonly entry: Pte
  readonly kind: EntryKind
  /** The frame in hex, or 'swap slot 0x1'; empty for an empty entry. */
  readonly frameText: string
  /** Who counts the frame: the machine, the guest, or nobody. */
  readonly frameLabel: 'MFN' | 'PFN' | 'swap'
  /** Bits of the entry that the last tick changed. */
  readonly changedBits: readonly number[]
  /** Bits of the entry that Xen put there. */
  readonly xenBits: readonly number[]
}

/** Every page of a process, in the order of the table. */
export function pageRows(scene: Scene, process: number): readonly PageRow[] {
  const byHand = setByHand(scene)
  return scene.machine.pages.map((_, page) => rowOf(scene, process, page, byHand))
}

/** One page of a process. */
export const pageRow = (scene: Scene, process: number, page: number): PageRow =>
  rowOf(scene, process, page, setByHand(scene))

function rowOf(scene: Scene, process: number, page: number, byHand: ReadonlyMap<number, number>): PageRow {
  const { machine } = scene
  const entry = entryAt(scene, process, page)
  const flags = flagsAt(scene, process, page)
  const kind = entryKind(scene, entry)
  return {
    page,
    name: machine.pages[page]!.name,
    state: stateOf(scene, process, page),
    rights: rightsText(flags),
    backing: backingOf(machine, page),
    shared: (flags & VM_SHARED) !== 0,
    address: addressText(machine.addresses[page]!),
    entry,
    kind,
    frameText: frameWords(scene, entry, kind),
    frameLabel: kind === 'swap' ? 'swap' : frameLabel(scene, entry),
    changedBits: changedBits(scene, process, page),
    xenBits: xenBits(scene, entry, slotOf(scene, process, page), byHand),
  }
}

/** What Linux, with the tests of this kernel, takes the entry for. An entry the CPU uses always maps something. */
export function entryKind(scene: Scene, entry: Pte): EntryKind {
  if (isNone(entry)) return 'empty'
  return has(entry, PRESENT) || holds(scene.machine.kernel.present, entry.lo) ? 'entry' : 'swap'
}

/** The frame of a word with the name of who counts it; '–' where the word names no frame. */
export function frameTextOf(scene: Scene, entry: Pte | null): { frameLabel: 'MFN' | 'PFN'; frameText: string } {
  if (!entry || entryKind(scene, entry) !== 'entry') return { frameLabel: 'PFN', frameText: '–' }
  return { frameLabel: frameLabel(scene, entry), frameText: frameNumberAt(scene, entry).toString(16) }
}

/** Xen counts a present entry's frame; an entry without PRESENT keeps Linux's own number, for Xen never looks at it. */
const frameLabel = (scene: Scene, entry: Pte): 'MFN' | 'PFN' =>
  scene.machine.platform.id === 'xen' && has(entry, PRESENT) ? 'MFN' : 'PFN'

function frameWords(scene: Scene, entry: Pte, kind: EntryKind): string {
  if (kind === 'empty') return ''
  if (kind === 'swap' && isMigrating(scene.machine.kernel, entry))
    return migratingFrame(scene.machine.kernel, entry).toString(16)
  if (kind === 'swap') return `swap slot 0x${swapOffset(scene.machine.kernel, entry).toString(16)}`
  return frameNumberAt(scene, entry).toString(16)
}

function stateOf(scene: Scene, process: number, page: number): PageState {
  const { machine } = scene
  const entry = entryAt(scene, process, page)
  const kind = entryKind(scene, entry)
  const flags = flagsAt(scene, process, page)
  if (machine.pages[page]!.mapping < 0 || flags === 0) return 'no mapping'
  if (kind === 'swap' && isMigrating(machine.kernel, entry)) return 'moving'
  if (kind === 'swap') return isSwapSlotInUse(scene, entry) ? 'swapped out' : 'taken for swap'
  if (!(flags & VM_RIGHTS)) return 'guard'
  if (kind === 'empty') return 'untouched'
  if (isHinted(entry)) return 'hinted'
  return frameState(scene, page, entry)
}

/** Does the word name a swap slot that holds a page? A word made by hand seldom does. */
export function isSwapSlotInUse(scene: Scene, entry: Pte): boolean {
  const cell = scene.machine.swapSlots[swapOffset(scene.machine.kernel, entry)]
  return cell !== undefined && scene.words[cell]! > 0
}

/** Is the entry shut off from the CPU, with a mark in bit 8 or (3.19) bit 9, in a mapping that allows something? */
const isHinted = (entry: Pte): boolean => !has(entry, PRESENT) && has(entry, GLOBAL | NUMA)

function frameState(scene: Scene, page: number, entry: Pte): PageState {
  const frame = frameIndexAt(scene, entry)
  if (frame < 0) return 'unknown frame'
  if (scene.machine.frames.isForeign(frame)) return 'granted'
  const kind = kindAt(scene, frame)
  const { huge } = scene.machine.pages[page]!
  if (kind === FRAME.zero) return huge ? 'huge zero page' : 'zero page'
  if (kind === FRAME.file) return 'file page'
  if (kind !== FRAME.anon) return 'unknown frame'
  if (mapcountAt(scene, frame) > 1) return 'shared by fork'
  if (huge) return 'huge page'
  return scene.machine.pages[page]!.fileFrame >= 0 ? 'own copy' : ''
}

function changedBits(scene: Scene, process: number, page: number): readonly number[] {
  const slot = slotOf(scene, process, page)
  return (scene.tick?.writes ?? []).flatMap(({ cell, before, after }) =>
    cell === slot || cell === slot + 1 ? bitsOf(before ^ after).map((bit) => bit + 32 * (cell - slot)) : [],
  )
}

const bitsOf = (word: number): number[] =>
  Array.from({ length: 32 }, (_, bit) => bit).filter((bit) => (word >>> bit) & 1)

/** A Linux guest never asks for bit 8 or bit 52 in a present user entry, so Xen put them there, unless a hand did. */
function xenBits(scene: Scene, entry: Pte, slot: number, byHand: ReadonlyMap<number, number>): readonly number[] {
  if (scene.machine.platform.id !== 'xen' || !has(entry, PRESENT)) return []
  return [8, 52].filter((bit) => {
    const cell = bit < 32 ? slot : slot + 1
    return bitOf(entry, bit) && !(((byHand.get(cell) ?? 0) >>> (bit & 31)) & 1)
  })
}

/** For each cell the bits that the reader's hand set, with no store by Linux since. One pass over the run. */
function setByHand({ tape, cursor }: Scene): ReadonlyMap<number, number> {
  const byHand = new Map<number, number>()
  if (!tape.choices.some((choice) => choice.do === 'flip' || choice.do === 'poke')) return byHand
  for (const { writes, actor, step } of tape.ticks.slice(0, cursor)) {
    for (const { cell, before, after } of writes) {
      if (actor === HAND) byHand.set(cell, ((byHand.get(cell) ?? 0) | (before ^ after)) & after)
      // The CPU only adds A and D beside the bits that are there.
      else if (step.lane !== 'hardware') byHand.delete(cell)
    }
  }
  return byHand
}
