import { bitOf, frameOf, GLOBAL, has, PRESENT, same, type Pte } from '../arch/pte'
import { asked, carried, entryAfter, entryBefore, flagsText, nameOf, word, type Moment } from './moment'
import { entryIn, lastAsked } from './scene'

type Say = (at: Moment) => string

/** The sentences about a word on its way into a page table, by name of the step. */
export const STORE_SENTENCES: Record<string, Say> = {
  store: (at) => `Memory now holds ${word(target(at, at.after))}.`,
  mmu_update: (at) => `Linux asks Xen by hypercall to store ${word(carried(at))}.${towards(at)}`,
  'mmu_update, keep A and D': (at) =>
    `Linux asks Xen by hypercall to store ${word(carried(at))} and to keep ACCESSED and DIRTY.${towards(at)}`,
  'trap and emulate': (at) =>
    `A page table is read-only to Linux, so its plain store of ${word(carried(at))} traps and Xen emulates it.${towards(at)}`,
  adjust_guest_l1e: adjusts,
  'Xen stores': stores,
  'Xen refuses': (at) =>
    `Xen refuses: the frame is not one this guest may map. Memory stays as it was.${isGranted(at) ? ' So the sources say: nobody has recorded this.' : ''}`,
  'the grant is unmapped': () =>
    'The entry was the mapping of a grant. Xen takes it away, and Linux has no other by which to give the grant back.',
  map_grant_ref: (at) =>
    `Xen writes the entry itself, with the other domain’s machine frame: ${word(asked(at))}. Bit 8 comes with it.`,
  'Xen bounce': (at) =>
    `Xen takes every page fault first. It hands this one to Linux, error ${at.after[at.cpu.error]!}.`,
  'pin the tables': pins,
  activate_mm: () => 'The tables are ready. On bare metal nobody has to be asked.',
  set_pte: (at) => `Linux stores the word that is there once more, through set_pte: ${word(asked(at))}.`,
  'edit by hand': edits,
}

/** Is the word on its way one with a frame of another domain? */
const isGranted = (at: Moment): boolean =>
  at.machine.frames.isForeign(at.machine.frames.indexOfMfn(frameOf(carried(at))))

/** The entry that the store aims at, in these words. */
const target = (at: Moment, words: Uint32Array): Pte => entryIn(words, at.before[at.cpu.target]!)

function towards(at: Moment): string {
  if (at.next !== 'Xen stores') return ''
  return has(carried(at), PRESENT)
    ? ' The table is not validated yet, so Xen adds nothing.'
    : ' PRESENT is 0, so Xen adds nothing.'
}

function adjusts(at: Moment): string {
  const [value, result] = [carried(at), asked(at)]
  if (same(value, result))
    return `PRESENT and USER are set, and so is bit 8 already. Xen adds nothing to ${flagsText(value)}.`
  if (bitOf(result, 52))
    return `PRESENT is set and USER is not: a mapping of the guest's kernel. Xen adds USER and bit 52.`
  return `PRESENT and USER are set, so Xen adds bit 8, GLOBAL: ${flagsText(value)} becomes ${flagsText(result)}.`
}

function stores(at: Moment): string {
  const stored = target(at, at.after)
  const wanted = lastAsked(at.scene, at.before[at.cpu.target]! as never)?.value ?? stored
  if (same(wanted, stored)) return `Memory now holds ${word(stored)}, as Linux asked.`
  return `Linux asked for ${word(wanted)}. Memory now holds ${word(stored)}.`
}

function pins(at: Moment): string {
  const changed = at.machine.processes[1]!.slots.filter((slot) =>
    at.tick.writes.some(({ cell, before, after }) => cell === slot && (before ^ after) & GLOBAL),
  ).length
  const done = 'Xen validates the tables of the child.'
  return changed === 0
    ? `${done} Every present entry has bit 8 already.`
    : `${done} ${changed} present ${changed === 1 ? 'entry gets' : 'entries get'} bit 8.`
}

function edits(at: Moment): string {
  const [before, after] = [entryBefore(at), entryAfter(at)]
  const unasked = 'No rule was asked and no TLB flushed.'
  if (at.choice.do !== 'flip') return `You wrote ${word(after)} into the entry of ${nameOf(at)}. ${unasked}`
  const { bit } = at.choice
  const name =
    bit === 8 ? ` That is ${has(after, PRESENT) ? 'GLOBAL' : 'PROTNONE'}, for PRESENT is ${bitOf(after, 0)}.` : ''
  const renamed = bit === 0 && has(after, GLOBAL) ? ` Bit 8 is now ${has(after, PRESENT) ? 'GLOBAL' : 'PROTNONE'}.` : ''
  const which = bit === 0 ? 'PRESENT' : bit === 1 ? 'RW' : `bit ${bit}`
  const shown = bit < 12 ? `${flagsText(before)} is now ${flagsText(after)}` : `now ${word(after)}`
  return `You set ${which} of ${nameOf(at)} to ${bitOf(after, bit)}: ${shown}.${name}${renamed} ${unasked}`
}
