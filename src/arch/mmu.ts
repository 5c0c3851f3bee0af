import type { Slot } from './brand'
import { OUTCOME, scratchOf } from './cpu'
import { accessOf, errorCode, type Access } from './error-code'
import type { Hardware } from './hardware'
import * as tlb from './tlb'
import { ACCESSED, bitOf, DIRTY, has, mfnOf, PRESENT, RW, same, USER, withFlags, type Pte } from './pte'
import { step, type Step } from './step'
import { indices } from './vaddr'

type Hw = Step<Hardware>

/** Nothing runs on this CPU: the operation is over. */
export const idle: Hw = step({
  name: 'idle',
  lane: 'user',
  to: () => [idle],
  run: () => idle,
})

/** The access is done; the program goes on. */
export const landed: Hw = step({
  name: 'access lands',
  lane: 'user',
  to: () => [idle],
  run(cx, actor) {
    cx.world.put(cx.cpus[actor]!.outcome, OUTCOME.completed)
    return idle
  },
})

/** Raise #PF: the faulting address leaves the TLB, so a loop of real faults is caused by memory (SDM 4.10.4.1). */
export const raisePageFault: Hw = step({
  name: '#PF',
  lane: 'hardware',
  comparesStates: true,
  to: (cx) => [cx.pageFault],
  run(cx, actor) {
    tlb.drop(cx, actor, cx.world.get(cx.cpus[actor]!.page))
    cx.world.add(cx.faultsRaised[actor]!, 1)
    return cx.pageFault
  },
})

/** May a user-mode access use an entry with these rights? (SDM 4.6) */
const allowed = (access: Access, user: boolean, writable: boolean, noFetch: boolean): boolean =>
  user && (access !== 'write' || writable) && (access !== 'exec' || !noFetch)

/** Walk the four levels, check rights, set A and D, fill the TLB; or find out why not (SDM 4.5–4.8). */
export const pageWalk: Hw = step({
  name: 'page walk',
  lane: 'hardware',
  asks: () => PRESENT | RW | USER,
  to: () => [landed, raisePageFault],
  run(cx, actor) {
    const cpu = cx.cpus[actor]!
    const page = cx.world.get(cpu.page)
    const access = accessOf(cx.world.get(cpu.access))
    const { slot, leaf, user, writable, noFetch } = walk(cx, cx.world.get(cpu.process), page)
    const present = slot !== null && has(leaf!, PRESENT)
    const reserved = present && hasReservedBit(leaf!, cx.frameBits)
    if (!present || reserved || !allowed(access, user, writable, noFetch)) {
      cx.world.put(cpu.error, errorCode(access, present, reserved))
      return raisePageFault
    }
    const used = withFlags(leaf!, access === 'write' ? ACCESSED | DIRTY : ACCESSED)
    if (!same(used, leaf!)) cx.world.putPte(slot, used)
    tlb.fill(cx, actor, page, used)
    return landed
  },
})

/** One user-mode instruction touches one page: use the TLB, or walk. */
export const touch: Hw = step({
  name: 'access',
  lane: 'user',
  to: () => [landed, pageWalk, raisePageFault],
  run(cx, actor) {
    const cpu = cx.cpus[actor]!
    const access = accessOf(cx.world.get(cpu.access))
    const cached = tlb.lookUp(cx, actor, cx.world.get(cpu.page))
    if (!cached) return pageWalk
    if (!allowed(access, has(cached, USER), has(cached, RW), bitOf(cached, 63) === 1)) {
      cx.world.put(cpu.error, errorCode(access, true, false))
      return raisePageFault
    }
    return access === 'write' && !has(cached, DIRTY) ? pageWalk : landed
  },
})

interface Walk {
  /** Where the leaf lies; null when an upper level is not present. */
  readonly slot: Slot | null
  readonly leaf: Pte | null
  /** Rights of all levels together. */
  readonly user: boolean
  readonly writable: boolean
  readonly noFetch: boolean
}

/** Descend from CR3 to the leaf entry of a page. Cut: no large pages, no protection keys, no SMEP and SMAP. */
function walk(cx: Hardware, process: number, page: number): Walk {
  let table = cx.tableAt(cx.rootOf(process))
  let user = true
  let writable = true
  let noFetch = false
  for (const [level, index] of indices(cx.addresses[page]!).entries()) {
    if (table === null) break
    const slot = (table + 2 * index) as Slot
    const entry = cx.world.pte(slot)
    const leaf = level === 3
    if (!leaf && !has(entry, PRESENT)) break
    user &&= has(entry, USER)
    writable &&= has(entry, RW)
    noFetch ||= bitOf(entry, 63) === 1
    if (leaf) return { slot, leaf: entry, user, writable, noFetch }
    table = cx.tableAt(mfnOf(entry))
  }
  return { slot: null, leaf: null, user, writable, noFetch }
}

/** Is a frame bit set beyond what the CPU drives? (SDM 4.5: reserved, must be 0 in a present entry) */
export function hasReservedBit(entry: Pte, frameBits: number): boolean {
  const reserved = 0xf_ffff & ~((1 << (frameBits - 20)) - 1)
  return (entry.hi & reserved) !== 0
}

/** Clear the words that are dead between accesses. */
export function clearScratch(cx: Hardware, actor: number): void {
  const [from, to] = scratchOf(cx.cpus[actor]!)
  for (let cell = from; cell < to; cell++) if (cx.world.words[cell]) cx.world.put(cell as never, 0)
}
