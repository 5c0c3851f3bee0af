import { accessCode, MODE } from '../arch/error-code'
import { OUTCOME } from '../arch/cpu'
import { clearScratch, idle, touch } from '../arch/mmu'
import { flipBit } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { switchTo } from '../arch/tlb'
import { faultOf, type KernelCx } from '../kernel/context'
import { ADVICE } from '../kernel/advice'
import { clearRefs, FORGOTTEN } from '../kernel/clear-refs'
import { newAddressSpace } from '../kernel/exec'
import { dupMm, exitMmap } from '../kernel/fork'
import { mapGrant } from '../kernel/grant'
import { getUserPages } from '../kernel/gup'
import { madvise } from '../kernel/madvise'
import { mprotectFixup } from '../kernel/mprotect'
import { RIGHTS } from '../kernel/protection'
import { operationDone, PIN } from '../kernel/return'
import { scanMapping } from '../kernel/scanner'
import { putStored, store } from '../kernel/set-pte'
import { reclaim } from '../kernel/swap'
import { pageMkclean } from '../kernel/writeback'
import { munmap } from '../kernel/zap'
import type { Choice } from './choice'
import { CPU, HAND, leafOf, SECOND_CPU, type Machine } from './machine'

type Mstep = Step<KernelCx>

/** The reader writes a word into memory: no rule is asked, no TLB is flushed. */
const editMemory: Mstep = step<KernelCx>({
  name: 'edit by hand',
  rule: null,
  lane: 'hand',
  to: () => [idle],
  run(cx, actor) {
    putStored(cx, actor)
    clearScratch(cx, actor)
    cx.world.put(cx.cpus[actor]!.outcome, OUTCOME.completed)
    return idle
  },
})

/** [SG1] SIGKILL is sent: it waits until the task looks for it. */
const sendKill: Mstep = step<KernelCx>({
  name: 'send SIGKILL',
  rule: 'SG1',
  lane: 'user',
  where: { file: 'kernel/signal.c', function: 'complete_signal' },
  to: () => [idle],
  run(cx, actor) {
    cx.world.put(faultOf(cx, actor).process.killed, 1)
    clearScratch(cx, actor)
    cx.world.put(cx.cpus[actor]!.outcome, OUTCOME.completed)
    return idle
  },
})

/** Linux stores the word that lies there once more, through the front door. */
const storeAgain: Mstep = step({
  name: 'set_pte',
  rule: null,
  lane: 'kernel',
  where: { file: 'arch/x86/include/asm/pgtable.h', function: 'set_pte_at' },
  to: (cx) => [cx.platform.setPte],
  run(cx, actor) {
    const { slot } = faultOf(cx, actor)
    return store(cx, actor, 'setPte', slot, cx.world.pte(slot), operationDone)
  },
})

/** First step of each kind of choice. */
const FIRST: Record<Exclude<Choice['do'], 'hold'>, Mstep> = {
  access: touch,
  pin: getUserPages,
  kill: sendKill,
  exec: newAddressSpace,
  fork: dupMm,
  exit: exitMmap,
  scan: scanMapping,
  mprotect: mprotectFixup,
  reclaim,
  madvise,
  munmap,
  grant: mapGrant,
  writeback: pageMkclean,
  'clear-refs': clearRefs,
  flip: editMemory,
  poke: editMemory,
  store: storeAgain,
}

/** Is it done to the machine from outside, whatever its CPUs are busy with? */
export const isFromOutside = ({ do: what }: Choice): boolean => what === 'flip' || what === 'poke' || what === 'kill'

/** Who carries a choice out. */
export function actorOf(choice: Choice): number {
  if (isFromOutside(choice)) return HAND
  return 'second' in choice ? SECOND_CPU : CPU
}

function modeOf(choice: Choice): number {
  if (choice.do === 'pin') return MODE.pin
  return 'byKernel' in choice ? MODE.kernel : MODE.user
}

/** What an operation needs to know beyond its page. */
function operandOf(choice: Choice): number {
  switch (choice.do) {
    case 'mprotect':
      return RIGHTS.indexOf(choice.rights)
    case 'madvise':
      return ADVICE.indexOf(choice.advice)
    case 'clear-refs':
      return FORGOTTEN.indexOf(choice.what)
    case 'pin':
      return (choice.access === 'write' ? PIN.write : 0) | (choice.force ? PIN.force : 0)
  }
  return 0
}

/**
 * Put an actor at the first step of an operation. False, and nothing changes, where it cannot begin: the task died in a
 * BUG, or there is no child to act. A program caught in an endless fault is taken off that instruction.
 */
export function begin(machine: Machine, choice: Exclude<Choice, { do: 'hold' }>): boolean {
  const actor = actorOf(choice)
  const cpu = machine.cpus[actor]!
  const process = 'process' in choice ? choice.process : 0
  const { world } = machine
  if (actor !== HAND && world.get(cpu.outcome) === OUTCOME.bug) return false
  const own = machine.processes[choice.do === 'exit' ? 1 : process]!
  if (!world.get(own.alive) || world.get(own.killed)) return false
  clearScratch(machine, actor)
  switchTo(machine, actor, process)
  world.put(cpu.page, 'page' in choice ? choice.page : 0)
  world.put(cpu.access, 'access' in choice ? accessCode(choice.access) : 0)
  world.put(cpu.mode, modeOf(choice))
  world.put(cpu.operand, operandOf(choice))
  world.put(cpu.outcome, OUTCOME.running)
  world.put(machine.faultsRaised[actor]!, 0)
  if (choice.do === 'flip' || choice.do === 'poke') {
    const word = choice.do === 'poke' ? choice.word : flipBit(leafOf(machine, process, choice.page), choice.bit)
    world.putPte(cpu.next, word)
    world.put(cpu.target, machine.processes[process]!.slots[choice.page]!)
  }
  world.put(cpu.pc, FIRST[choice.do].id)
  return true
}
