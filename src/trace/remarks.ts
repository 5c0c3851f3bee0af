import { bitOf, frameOf, GLOBAL, has, PRESENT, type Pte } from '../arch/pte'
import { hasReservedBit } from '../arch/mmu'
import { backingOf } from '../kernel/context'
import { FRAME } from '../kernel/frames'
import { isNone, NUMA, swapOffset } from '../kernel/linux-pte'
import { VM_RIGHTS } from '../kernel/protection'
import { entryKind, isSwapSlotInUse } from './page-row'
import { entryAt, flagsAt, frameIndexAt, isRefused, kindAt, slotOf, type Scene, frameNumberAt } from './scene'

/** Something worth knowing about an entry as it stands. */
export interface Remark {
  readonly text: string
  readonly kind: 'note' | 'warning'
}

const note = (text: string): Remark => ({ text, kind: 'note' })
const warning = (text: string): Remark => ({ text, kind: 'warning' })
type Said = Remark | null

/** What is to be said about the entry of a page: warnings first. */
export function remarksOn(scene: Scene, process: number, page: number): readonly Remark[] {
  const entry = entryAt(scene, process, page)
  if (isNone(entry)) return []
  const said = [
    refused(scene, process, page),
    reserved(scene, entry),
    frame(scene, page, entry),
    withoutBit8(scene, entry),
    protnone(scene, process, page, entry),
    swap(scene, entry),
  ]
  const remarks = said.filter((each) => each !== null)
  return [...remarks.filter(({ kind }) => kind === 'warning'), ...remarks.filter(({ kind }) => kind === 'note')]
}

/** Did the last store that Linux asked for end in a refusal? */
function refused(scene: Scene, process: number, page: number): Said {
  if (!isRefused(scene, slotOf(scene, process, page))) return null
  return warning('Xen refused the last store: the frame is not one that this guest may map. The old word still stands.')
}

function reserved(scene: Scene, entry: Pte): Said {
  if (!hasReservedBit(entry, scene.machine.frameBits)) return null
  // Inverted frames fill these bits on purpose; the CPU reads none of them while PRESENT is 0.
  if (scene.machine.kernel.invertsFrames && !has(entry, PRESENT)) return null
  return has(entry, PRESENT)
    ? warning(
        'Bits 46–51 are reserved on this CPU and one is set: any use raises a fault that Linux answers by killing the task.',
      )
    : warning('One of bits 46–51 is set. They are reserved: harmless while PRESENT is 0, fatal once it is 1.')
}

function frame(scene: Scene, page: number, entry: Pte): Said {
  if (entryKind(scene, entry) !== 'entry') return machineFrameInSwap(scene, entry)
  const number = frameNumberAt(scene, entry)
  const hex = `0x${number.toString(16)}`
  const index = frameIndexAt(scene, entry)
  if (index >= 0) {
    const kind = kindAt(scene, index)
    if (kind === FRAME.table) return warning(`Frame ${hex} is a page table. No program may see one.`)
    if (kind === FRAME.free) return warning(`Frame ${hex} is free: nobody's page. This word was made by hand.`)
    return null
  }
  if (!has(entry, PRESENT) && scene.machine.frames.indexOfMfn(number) >= 0) return machineFrame(hex)
  const behind = backingOf(scene.machine, page)
  return warning(`Frame ${hex} lies outside the modelled memory, so no struct page describes this ${behind} page.`)
}

const machineFrame = (hex: string): Remark =>
  warning(
    `PRESENT is 0, but ${hex} is still Xen's machine frame. Linux now reads it as its own frame ${hex}: another page, or none.`,
  )

/** PRESENT was cleared by hand under Xen and nothing marks the entry: the machine frame is now part of a swap offset. */
function machineFrameInSwap(scene: Scene, entry: Pte): Said {
  const number = frameOf(entry)
  const own = scene.machine.frames.indexOfPfn(number) >= 0
  const isMachineFrame = scene.machine.platform.id === 'xen' && scene.machine.frames.indexOfMfn(number) >= 0
  if (!isMachineFrame || own || isSwapSlotInUse(scene, entry)) return null
  return warning(
    `The frame bits still hold Xen's machine frame 0x${number.toString(16)}. Linux reads them as a place in swap.`,
  )
}

function withoutBit8({ machine }: Scene, entry: Pte): Said {
  if (machine.platform.id !== 'xen' || !has(entry, PRESENT) || has(entry, GLOBAL) || bitOf(entry, 52)) return null
  return note('PRESENT without bit 8: Xen never saw this word. It adds bit 8 to every present user entry it stores.')
}

function protnone(scene: Scene, process: number, page: number, entry: Pte): Said {
  if (has(entry, PRESENT) || !has(entry, GLOBAL | NUMA) || entryKind(scene, entry) !== 'entry') return null
  const allows = (flagsAt(scene, process, page) & VM_RIGHTS) !== 0
  if (scene.machine.kernel.marking === 'bit 9' && has(entry, NUMA)) return bit9Hint(entry)
  if (!has(entry, GLOBAL)) return null
  return allows
    ? note(
        'PRESENT is 0, so bit 8 is PROTNONE. The mapping allows access, so this stands for a NUMA hint; the word alone cannot tell.',
      )
    : note(
        'PRESENT is 0, so bit 8 is PROTNONE. The mapping allows nothing, so this is a guard set by mprotect; the word alone cannot tell.',
      )
}

const bit9Hint = (entry: Pte): Remark =>
  has(entry, GLOBAL)
    ? warning('Bit 9 marks a NUMA hint, but bit 8 is set as well, so pte_numa says no: nobody will undo this hint.')
    : note('PRESENT is 0 and bit 9 is 1: a NUMA hint as Linux 3.16 to 3.19 wrote it.')

function swap(scene: Scene, entry: Pte): Said {
  if (entryKind(scene, entry) !== 'swap') return null
  const slot = `0x${swapOffset(scene.machine.kernel, entry).toString(16)}`
  return isSwapSlotInUse(scene, entry)
    ? note(`A swap entry: the page lies in swap slot ${slot}. Its bits are no flags.`)
    : warning(
        `Linux takes this word for a swap entry, slot ${slot}, where no page lies. An access never gets its page.`,
      )
}

export type SwitchName = 'PRESENT' | 'GLOBAL' | 'PROTNONE'

/** The three switches as the word has them. GLOBAL and PROTNONE are one bit, so never both. */
export const switchState = (entry: Pte): { present: boolean; global: boolean; protnone: boolean } => ({
  present: has(entry, PRESENT),
  global: has(entry, PRESENT) && has(entry, GLOBAL),
  protnone: !has(entry, PRESENT) && has(entry, GLOBAL),
})

/** What pressing a switch comes to: the bits to flip, and what to tell the reader. */
export interface SwitchReply {
  readonly flips: readonly number[]
  readonly text: string
}

/** Press one of three switches that act on two bits. */
export function switchReply(entry: Pte, name: SwitchName): SwitchReply {
  const { present } = switchState(entry)
  const bit8 = has(entry, GLOBAL)
  switch (name) {
    case 'PRESENT':
      return { flips: [0], text: presentText(entry, present, bit8) }
    case 'GLOBAL':
      return { flips: [8], text: globalText(present, bit8) }
    case 'PROTNONE':
      return protnoneReply(entry, present, bit8)
  }
}

function presentText(entry: Pte, present: boolean, bit8: boolean): string {
  if (!present) return bit8 ? 'PRESENT on: bit 8 now means GLOBAL.' : 'PRESENT on: the CPU uses this entry again.'
  if (bit8) return 'PRESENT off: bit 8 stays, and now means PROTNONE.'
  return remains({ lo: entry.lo & ~PRESENT, hi: entry.hi }, 'PRESENT off')
}

function globalText(present: boolean, bit8: boolean): string {
  if (present) return bit8 ? 'GLOBAL off: bit 8 is 0.' : 'GLOBAL on: bit 8 is 1.'
  return bit8
    ? 'Bit 8 is off. While PRESENT is 0 it was PROTNONE, not GLOBAL.'
    : 'Bit 8 is on, but PRESENT is 0: there the same bit is PROTNONE, not GLOBAL.'
}

function protnoneReply(entry: Pte, present: boolean, bit8: boolean): SwitchReply {
  if (!present && bit8) return { flips: [8], text: remains({ lo: entry.lo & ~GLOBAL, hi: entry.hi }, 'PROTNONE off') }
  if (!present) return { flips: [8], text: 'PROTNONE on: bit 8 is 1, and PRESENT is 0 already.' }
  const set = bit8
    ? 'Bit 8 was set as GLOBAL; clearing PRESENT makes it PROTNONE.'
    : 'PROTNONE on: bit 8 set, PRESENT cleared.'
  return { flips: bit8 ? [0] : [8, 0], text: set }
}

/** What is left of a word with neither PRESENT nor bit 8. */
function remains(entry: Pte, done: string): string {
  if (isNone(entry)) return `${done}: all bits are 0, so Linux sees an untouched page.`
  const hint = has(entry, NUMA) ? ' Linux 3.19 may read bit 9 as a NUMA hint.' : ''
  return `${done}: neither PRESENT nor PROTNONE, so Linux takes the rest for a swap entry.${hint}`
}
