import { accessCode } from '../arch/error-code'
import { OUTCOME } from '../arch/cpu'
import { clearScratch, idle, touch } from '../arch/mmu'
import { flipBit } from '../arch/pte'
import { step, type Step } from '../arch/step'
import { switchTo } from '../arch/tlb'
import { faultOf, type KernelCx } from '../kernel/context'
import { dupMm, exitMmap } from '../kernel/fork'
import { mprotectFixup } from '../kernel/mprotect'
import { RIGHTS } from '../kernel/protection'
import { operationDone } from '../kernel/return'
import { scanMapping } from '../kernel/scanner'
import { putStored, store } from '../kernel/set-pte'
import { reclaim } from '../kernel/swap'
import type { Choice } from './choice'
import { CPU, HAND, leafOf, SECOND_CPU, type Machine } from './machine'

type Mstep = Step<KernelCx>

/** The reader writes a word into memory: no rule is asked, no TLB is flushed. */
const editMemory: Mstep = step<KernelCx>({
  name: 'edit by hand',
  lane: 'hand',
  to: () => [idle],
  run(cx, actor) {
    putStored(cx, actor)
    clearScratch(cx, actor)
    cx.world.put(cx.cpus[actor]!.outcome, OUTCOME.completed)
    return idle
  },
})

/** Linux stores the word that lies there once more, through the front door. */
const storeAgain: Mstep = step({
  name: 'set_pte',
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
  fork: dupMm,
  exit: exitMmap,
  scan: scanMapping,
  mprotect: mprotectFixup,
  reclaim,
  flip: editMemory,
  poke: editMemory,
  store: storeAgain,
}

/** Who carries a choice out. */
export function actorOf(choice: Choice): number {
  if (choice.do === 'flip' || choice.do === 'poke') return HAND
  return 'second' in choice && choice.second ? SECOND_CPU : CPU
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
  if (!world.get(machine.processes[choice.do === 'exit' ? 1 : process]!.alive)) return false
  clearScratch(machine, actor)
  switchTo(machine, actor, process)
  world.put(cpu.page, 'page' in choice ? choice.page : 0)
  world.put(cpu.access, choice.do === 'access' ? accessCode(choice.access) : 0)
  world.put(cpu.operand, choice.do === 'mprotect' ? RIGHTS.indexOf(choice.rights) : 0)
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
