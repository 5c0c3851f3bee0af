import { errorCodeText, PF_USER, type Access } from '../arch/error-code'
import { hasReservedBit } from '../arch/mmu'
import { holds } from '../arch/predicate'
import { ACCESSED, bitOf, DIRTY, has, PRESENT, RW, USER, type Pte } from '../arch/pte'
import { addressText } from '../arch/vaddr'
import { raisePageFault } from '../arch/mmu'
import type { Choice } from '../machine/choice'
import { entryAfter, entryBefore, errorAfter, flagsText, nameOf, plural, type Moment } from './moment'
import { entryIn, isRefused, lastAsked } from './scene'

type Say = (at: Moment) => string

const VERBS: Record<Access, string> = { read: 'reads', write: 'writes to', exec: 'fetches code from' }
const NOUNS: Record<Access, string> = { read: 'read', write: 'write', exec: 'fetch' }
export const noun = (access: Access): string => NOUNS[access]

const DONE: Partial<Record<Choice['do'], string>> = {
  fork: 'fork returns, in the parent and in the child.',
  exit: 'The child is gone.',
  scan: 'The scanner has passed.',
  mprotect: 'mprotect returns.',
  reclaim: 'Reclaim is done.',
  store: 'The store is done.',
}

/** The sentences about programs and the CPU, by name of the step. */
export const ACCESS_SENTENCES: Record<string, Say> = {
  idle: () => 'Nothing runs.',
  access: (at) => `${attempt(at)} ${tlbAnswer(at)}`,
  'page walk': (at) => walkResult(at, entryBefore(at), entryAfter(at)),
  '#PF': (at) => (at.scene.outcome.lasso ? closing(at) : raised(at)),
  'access lands': (at) => {
    const faults = at.after[at.machine.faultsRaised[at.tick.actor]!]!
    return `The ${noun(at.access)} lands, ${faults === 0 ? 'without a fault' : `after ${plural(faults, 'fault')}`}.`
  },
  get_user_pages: pins,
  'follow_page_pte?': (at) => (at.scene.outcome.lasso ? closing(at) : looksUp(at)),
  'the page is pinned': () => 'The page is pinned: the device or the other task may use its frame.',
  'send SIGKILL': () => 'SIGKILL is sent. It is pending until the task looks for it.',
  'SIGKILL ends it': () => 'SIGKILL is delivered. The task ends.',
  fixup_exception: () => 'It was the kernel that tried, so there is no signal: the system call returns EFAULT.',
  'back in user mode': (at) => `${DONE[at.choice.do] ?? 'It is done.'} The program goes on.`,
}

function pins(at: Moment): string {
  const { choice } = at
  const [how, force] = choice.do === 'pin' ? [choice.access, choice.force] : ['read', false]
  const what = `The kernel wants to pin ${nameOf(at)}, to ${how} it${force ? ' by force, whatever the mapping says' : ''}.`
  return at.next === 'fixup_exception'
    ? `${what} The mapping does not allow it.`
    : `${what} No instruction touches the page, so the CPU will raise no fault.`
}

function looksUp(at: Moment): string {
  const entry = entryBefore(at)
  const found = `The kernel looks the page up and finds ${flagsText(entry)}.`
  if (at.next === 'SIGKILL ends it') return 'A SIGKILL is pending. This loop looks for it each time round, and ends.'
  if (at.next === 'the page is pinned') return `${found} It is what is wanted.`
  const { present, hint } = at.kernel
  if (!holds(present, entry.lo)) return `${found} No page is there: it has to be faulted in.`
  if (holds(hint, entry.lo) && !isForced(at))
    return `${found} ${hint.name} says yes, so this counts as no page. The fault handler is called.`
  return `${found} RW is 0 and the page is to be written. The fault handler is called.`
}

const isForced = ({ choice }: Moment): boolean => choice.do === 'pin' && choice.force === true

function attempt(at: Moment): string {
  const { scene, process, access, choice } = at
  const childAlive = scene.words[at.machine.processes[1]!.alive] === 1
  const first = scene.tape.begins[at.tick.choice] === scene.cursor - 1
  if (choice.do === 'access' && choice.byKernel)
    return first
      ? `In a system call the kernel itself ${VERBS[access]} ${nameOf(at)}.`
      : `The kernel tries the same ${noun(access)} again.`
  const who = process === 1 ? 'The child' : childAlive ? 'The parent' : 'The program'
  return first ? `${who} ${VERBS[access]} ${nameOf(at)}.` : `${who} tries the same ${noun(access)} again.`
}

function tlbAnswer(at: Moment): string {
  // The first tick of an operation also switches to its process, which empties the TLB; this step itself leaves it alone.
  const cached = entryIn(at.after, at.cpu.tlb + 2 * at.page)
  if (at.next === 'access lands') return 'The TLB holds the page and allows it.'
  if (at.next === '#PF') return 'The TLB holds the page and forbids it.'
  return has(cached, PRESENT) ? 'DIRTY is still 0 in the TLB, so the CPU walks.' : 'The TLB does not hold the page.'
}

function walkResult(at: Moment, entry: Pte, after: Pte): string {
  const found = `The walk finds ${flagsText(entry)}:`
  if (!has(entry, PRESENT)) return `${found} PRESENT is 0, and the CPU asks no other bit.`
  if (hasReservedBit(entry, at.machine.frameBits)) return `${found} PRESENT is 1, but a reserved bit is set.`
  if (!has(entry, USER) && errorAfter(at) & PF_USER) return `${found} PRESENT is 1, but USER is 0.`
  if (at.access === 'write' && !has(entry, RW)) return `${found} PRESENT is 1, but RW is 0. A write is not allowed.`
  if (at.access === 'exec' && bitOf(entry, 63)) return `${found} PRESENT is 1, but NX is 1. A fetch is not allowed.`
  return `${found} PRESENT is 1 and the ${noun(at.access)} is allowed.${usedText(entry, after)}`
}

function usedText(before: Pte, after: Pte): string {
  const set = after.lo & ~before.lo
  const names = [set & ACCESSED && 'ACCESSED', set & DIRTY && 'DIRTY'].filter(Boolean)
  return names.length > 0 ? ` The CPU sets ${names.join(' and ')}.` : ''
}

function raised(at: Moment): string {
  const number = at.after[at.machine.faultsRaised[at.tick.actor]!]!
  const error = errorAfter(at)
  return `Page fault ${number} at ${addressText(at.machine.addresses[at.page]!)}. Error ${error}: ${errorCodeText(error)}.`
}

/** The fault that proves it: two equal states, and so the same again for ever. */
function closing(at: Moment): string {
  const { tape, outcome } = at.scene
  const lasso = outcome.lasso!
  const numberOf = (last: number): number =>
    tape.ticks.slice(0, last + 1).filter(({ choice, step }) => choice === lasso.choice && step.comparesStates).length
  const [first, again] = [numberOf(lasso.first), numberOf(lasso.again)]
  const lap = (at.tick.step as unknown) === raisePageFault ? 'fault' : 'round'
  const same = `${capital(lap)} ${again} finds the very state that ${lap} ${first} found: nothing has changed, so nothing ever will.`
  return `${same} ${fixedPoint(at, lasso.first)}`
}

const capital = (text: string): string => text[0]!.toUpperCase() + text.slice(1)

function fixedPoint(at: Moment, since: number): string {
  const entry = flagsText(entryAfter(at))
  const slot = at.machine.processes[at.process]!.slots[at.page]!
  const last = lastAsked(at.scene, slot)
  if (!last || last.tick <= since) return `No step stores anything; the entry stays ${entry}.`
  const wanted = flagsText(last.value)
  if (wanted === entry) return `Each time round, ${entry} is stored over ${entry}.`
  return `Each time round, Linux asks for ${wanted} and Xen ${isRefused(at.scene, slot) ? 'refuses; the entry stays' : 'stores'} ${entry}.`
}
