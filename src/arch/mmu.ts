import type { Cell, Slot } from './brand'
import { OUTCOME, scratchOf } from './cpu'
import { accessOf, errorCode, MODE, type Access } from './error-code'
import type { Hardware } from './hardware'
import * as tlb from './tlb'
import { ACCESSED, bitOf, DIRTY, has, mfnOf, PRESENT, PSE, RW, same, USER, withFlags, type Pte } from './pte'
import { step, type Step } from './step'
import { indices } from './vaddr'

type Hw = Step<Hardware>

/** Nothing runs on this CPU: the operation is over. */
export const idle: Hw = step({
  name: 'idle',
  rule: null,
  lane: 'user',
  to: () => [idle],
  run: () => idle,
})

/** The access is done; the program goes on. */
export const landed: Hw = step({
  name: 'access lands',
  rule: 'HW1',
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
  rule: 'HW5',
  lane: 'hardware',
  comparesStates: true,
  to: (cx) => [cx.pageFault],
  run(cx, actor) {
    tlb.drop(cx, actor, cx.world.get(cx.cpus[actor]!.page))
    cx.world.add(cx.faultsRaised[actor]!, 1)
    return cx.pageFault
  },
})

/** Does the CPU take the access for one of ring 3? */
const isUser = (cx: Hardware, actor: number): boolean =>
  cx.kernelInRing3 || cx.world.get(cx.cpus[actor]!.mode) === MODE.user

/** [HW3] May an access use an entry with these rights? The kernel minds RW as well, for CR0.WP is set. (SDM 4.6) */
export const allowed = (access: Access, user: boolean, writable: boolean, noFetch: boolean): boolean =>
  user && (access !== 'write' || writable) && (access !== 'exec' || !noFetch)

/** Walk the four levels, check rights, set A and D, fill the TLB; or find out why not (SDM 4.5–4.8). */
export const pageWalk: Hw = step({
  name: 'page walk',
  rule: 'HW2',
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
    const byUser = isUser(cx, actor)
    if (!present || reserved || !allowed(access, user || !byUser, writable, noFetch)) {
      cx.world.put(cpu.error, errorCode(access, present, reserved, byUser))
      return raisePageFault
    }
    // [HW4] The use of an entry that lets the access pass.
    const used = withFlags(leaf!, access === 'write' ? ACCESSED | DIRTY : ACCESSED)
    if (!same(used, leaf!)) cx.world.putPte(slot, used)
    tlb.fill(cx, actor, page, used)
    return landed
  },
})

/** One instruction touches one page: use the TLB, or walk. */
export const touch: Hw = step({
  name: 'access',
  rule: 'HW1',
  lane: 'user',
  to: () => [landed, pageWalk, raisePageFault],
  run(cx, actor) {
    const cpu = cx.cpus[actor]!
    const access = accessOf(cx.world.get(cpu.access))
    const cached = tlb.lookUp(cx, actor, cx.world.get(cpu.page))
    if (!cached) return pageWalk
    const byUser = isUser(cx, actor)
    if (!allowed(access, has(cached, USER) || !byUser, has(cached, RW), bitOf(cached, 63) === 1)) {
      cx.world.put(cpu.error, errorCode(access, true, false, byUser))
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

/**
 * Descend from CR3 to the leaf entry of a page; a PMD with PSE is the leaf of a 2 MB page. Cut: no 1 GB pages, no
 * protection keys, no SMEP and SMAP.
 */
function walk(cx: Hardware, process: number, page: number): Walk {
  let table = cx.tableAt(cx.rootOf(process))
  let user = true
  let writable = true
  let noFetch = false
  for (const [level, index] of indices(cx.addresses[page]!).entries()) {
    if (table === null) break
    const slot = (table + 2 * index) as Slot
    const entry = cx.world.pte(slot)
    const leaf = level === 3 || (level === 2 && has(entry, PSE))
    if (!leaf && !has(entry, PRESENT)) break
    user &&= has(entry, USER)
    writable &&= has(entry, RW)
    noFetch ||= bitOf(entry, 63) === 1
    if (leaf) return { slot, leaf: entry, user, writable, noFetch }
    table = cx.tableAt(mfnOf(entry))
  }
  return { slot: null, leaf: null, user, writable, noFetch }
}

/** [HW6] Is a frame bit set beyond what the CPU drives? (SDM 4.5: reserved, must be 0 in a present entry) */
export function hasReservedBit(entry: Pte, frameBits: number): boolean {
  const reserved = 0xf_ffff & ~((1 << (frameBits - 20)) - 1)
  return (entry.hi & reserved) !== 0
}

/** Clear the words that are dead between accesses. */
export function clearScratch(cx: Hardware, actor: number): void {
  const [from, to] = scratchOf(cx.cpus[actor]!)
  for (let cell = from; cell < to; cell++) cx.world.clear(cell as Cell)
}
