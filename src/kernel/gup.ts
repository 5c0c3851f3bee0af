import { OUTCOME } from '../arch/cpu'
import { PF_WRITE } from '../arch/error-code'
import { clearScratch, idle } from '../arch/mmu'
import { asks, holds } from '../arch/predicate'
import { RW, type Pte } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { faultOf, type Fault, type KernelCx } from './context'
import { faultHandler, handlePteFault } from './fault'
import { handleHugeFault } from './huge'
import { isWritable } from './linux-pte'
import { asksPage, countedFrame, isExclusive, linuxPresent } from './page'
import { isCopyOnWrite, VM_MAYREAD, VM_READ, VM_WRITE } from './protection'
import { fixupException, killed, PIN } from './return'

type Kstep = Step<KernelCx>

const where = (name: string) => ({ file: 'mm/gup.c', function: name })

/**
 * [GU1] Linux pins a page for a device or another task: no instruction touches it, so the CPU raises no fault. The mapping
 * is asked first; FOLL_FORCE asks only for what the mapping may ever have. Cut: a pin is of one page.
 */
export const getUserPages: Kstep = step({
  name: 'get_user_pages',
  rule: 'GU1',
  lane: 'kernel',
  where: where('__get_user_pages'),
  to: () => [fixupException, followPage],
  run(cx, actor) {
    const { cpu, page, flags } = faultOf(cx, actor)
    const allowed = cx.pages[page]!.mapping >= 0 && mayPin(cx.world.get(cpu.operand), flags)
    return allowed ? followPage : fixupException
  },
})

/** Does the mapping allow this kind of pin? */
function mayPin(kind: number, flags: number): boolean {
  if (kind & PIN.write) return (flags & VM_WRITE) !== 0 || ((kind & PIN.force) !== 0 && isCopyOnWrite(flags))
  return (flags & VM_READ) !== 0 || ((kind & PIN.force) !== 0 && (flags & VM_MAYREAD) !== 0)
}

/**
 * [GU2] Look the page up as Linux sees it. An entry that says "hint" counts as no page, unless the pin is forced: it is
 * faulted in, and looked up again. Each time round a fatal signal is heard, so SIGKILL ends a loop here.
 */
export const followPage: Kstep = step({
  name: 'follow_page_pte?',
  rule: 'GU2',
  lane: 'kernel',
  where: where('follow_page_pte'),
  comparesStates: true,
  asks: (cx) => asks(cx.kernel.present) | asks(cx.kernel.hint) | RW | (cx.kernel.gupWritesExclusive ? asksPage(cx) : 0),
  to: () => [killed, pinned, handlePteFault, handleHugeFault],
  run(cx, actor) {
    const { cpu, process, slot } = faultOf(cx, actor)
    if (cx.world.get(process.killed)) return killed
    const kind = cx.world.get(cpu.operand)
    if (mayFollow(cx, faultOf(cx, actor), cx.world.pte(slot), kind)) return pinned
    cx.world.put(cpu.error, kind & PIN.write ? PF_WRITE : 0)
    cx.world.put(cpu.backTo, followPage.id)
    return faultHandler(cx, actor)
  },
})

function mayFollow(cx: KernelCx, fault: Fault, entry: Pte, kind: number): boolean {
  if (!linuxPresent(cx, entry)) return false
  const forced = (kind & PIN.force) !== 0
  if (!forced && holds(cx.kernel.hint, entry.lo)) return false
  if (!(kind & PIN.write) || isWritable(entry)) return true
  return forced && cx.kernel.gupWritesExclusive && mayForceWrite(cx, fault, entry)
}

/**
 * [GU3] In 6.1 a forced write follows an entry without RW, if the page is the process's alone and the mapping forbids
 * writes. Cut: soft-dirty tracking is off.
 */
const mayForceWrite = (cx: KernelCx, { flags }: Fault, entry: Pte): boolean =>
  isCopyOnWrite(flags) && !(flags & VM_WRITE) && isExclusive(cx, countedFrame(cx, entry))

/** The page is pinned. Cut: the pin is not counted, and is given back at once. */
const pinned: Kstep = step({
  name: 'the page is pinned',
  rule: 'GU1',
  lane: 'kernel',
  where: where('__get_user_pages'),
  to: () => [idle],
  run(cx, actor) {
    cx.world.put(cx.cpus[actor]!.outcome, OUTCOME.completed)
    clearScratch(cx, actor)
    return idle
  },
})
