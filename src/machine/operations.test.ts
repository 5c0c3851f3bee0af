import { describe, expect, test } from 'vitest'
import { OUTCOME } from '../arch/cpu'
import { accessCode, MODE } from '../arch/error-code'
import { pte } from '../arch/pte'
import * as tlb from '../arch/tlb'
import { bareMetal } from '../kernel/bare-metal'
import { PIN } from '../kernel/return'
import { v4_0 } from '../kernel/variants'
import { isTouch, pageOf, touchBy, TOUCHERS, type Choice } from './choice'
import { CPU, HAND, leafOf, Machine, SECOND_CPU } from './machine'
import { actorOf, begin, isFromOutside } from './operations'
import { PAGE, smallProcess } from './scenarios/small-process'

type Begun = Exclude<Choice, { do: 'hold' }>

const { heap } = PAGE
const read: Begun = { do: 'access', process: 0, page: heap, access: 'read' }
const fresh = () => new Machine(smallProcess(), v4_0, bareMetal)
/** The words of the actor once the choice has begun. */
function begun(choice: Begun, machine = fresh()) {
  expect(begin(machine, choice)).toBe(true)
  const cpu = machine.cpus[actorOf(choice)]!
  const word = (cell: number) => machine.world.words[cell]
  return {
    machine,
    cpu,
    first: machine.nextStep(actorOf(choice)).name,
    words: [cpu.process, cpu.page, cpu.access, cpu.mode, cpu.operand].map(word),
  }
}

describe('an operation begins', () => {
  test.each<[Begun, string, number[]]>([
    [{ ...read, process: 0, access: 'write' }, 'access', [0, heap, accessCode('write'), MODE.user, 0]],
    [{ ...read, byKernel: true }, 'access', [0, heap, 0, MODE.kernel, 0]],
    [{ do: 'pin', process: 0, page: heap, access: 'read' }, 'get_user_pages', [0, heap, 0, MODE.pin, 0]],
    [{ do: 'pin', process: 0, page: heap, access: 'write' }, 'get_user_pages', [0, heap, 1, MODE.pin, PIN.write]],
    [
      { do: 'pin', process: 0, page: heap, access: 'write', force: true },
      'get_user_pages',
      [0, heap, 1, MODE.pin, PIN.write | PIN.force],
    ],
    [{ do: 'exec', process: 0, page: 10 }, 'bprm_mm_init', [0, 10, 0, 0, 0]],
    [{ do: 'kill', process: 0 }, 'send SIGKILL', [0, 0, 0, 0, 0]],
    [{ do: 'fork' }, 'dup_mm', [0, 0, 0, 0, 0]],
    [{ do: 'scan', page: heap }, 'task_numa_work', [0, heap, 0, 0, 0]],
    [{ do: 'mprotect', page: heap, rights: 'none' }, 'mprotect_fixup', [0, heap, 0, 0, 0]],
    [{ do: 'mprotect', page: heap, rights: 'read-write' }, 'mprotect_fixup', [0, heap, 0, 0, 2]],
    [{ do: 'reclaim', page: heap }, 'reclaim: try_to_unmap', [0, heap, 0, 0, 0]],
    [{ do: 'madvise', page: heap, advice: 'pageout' }, 'madvise', [0, heap, 0, 0, 2]],
    [{ do: 'munmap', page: heap }, 'do_munmap', [0, heap, 0, 0, 0]],
    [{ do: 'writeback', page: heap }, 'page_mkclean_one', [0, heap, 0, 0, 0]],
    [{ do: 'clear-refs', what: 'soft-dirty' }, 'clear_refs_write', [0, 0, 0, 0, 1]],
    [{ do: 'flip', process: 0, page: heap, bit: 1 }, 'edit by hand', [0, heap, 0, 0, 0]],
    [{ do: 'poke', process: 0, page: heap, word: pte(1, 2) }, 'edit by hand', [0, heap, 0, 0, 0]],
    [{ do: 'store', process: 0, page: heap }, 'set_pte', [0, heap, 0, 0, 0]],
  ])('%o: at %s', (choice, step, words) => {
    const { machine, cpu, ...at } = begun(choice)
    expect(at).toEqual({ first: step, words })
    expect(machine.world.get(cpu.outcome)).toBe(OUTCOME.running)
    // Only an edit by hand brings a word along.
    const edits = choice.do === 'flip' || choice.do === 'poke'
    expect([machine.world.get(cpu.target) > 0, machine.world.pte(cpu.next).lo > 0]).toEqual([edits, edits])
  })

  test('what is left of the operation before is gone, and its faults are no longer counted', () => {
    const machine = fresh()
    const cpu = machine.cpus[CPU]!
    machine.world.put(cpu.fresh, 7)
    machine.world.put(machine.faultsRaised[CPU]!, 3)
    begun(read, machine)
    expect([machine.world.get(cpu.fresh), machine.world.get(machine.faultsRaised[CPU]!)]).toEqual([0, 0])
  })

  test('[HW7] the CPU goes over to the process that acts, and its TLB is emptied', () => {
    const machine = fresh()
    machine.world.put(machine.processes[1]!.alive, 1)
    tlb.fill(machine, CPU, heap, pte(0x67, 0))
    begun(read, machine)
    expect(tlb.lookUp(machine, CPU, heap)).not.toBeNull()
    begun({ ...read, process: 1 }, machine)
    expect(tlb.lookUp(machine, CPU, heap)).toBeNull()
    expect(machine.world.get(machine.cpus[CPU]!.process)).toBe(1)
  })

  test('the hand flips one bit of the entry, or writes a word, and Linux stores what lies there', () => {
    const machine = fresh()
    const edit = (choice: Begun) => {
      begun(choice, machine)
      const taken = machine.tick(HAND)
      expect(taken.to(machine)).toContain(machine.nextStep(HAND))
      expect(machine.world.get(machine.cpus[HAND]!.outcome)).toBe(OUTCOME.completed)
      // Nothing of the edit is left over for the next one.
      expect(machine.world.get(machine.cpus[HAND]!.target)).toBe(0)
      return leafOf(machine, 0, heap)
    }
    expect(edit({ do: 'poke', process: 0, page: heap, word: pte(0x65, 0x8000_0000) })).toEqual(pte(0x65, 0x8000_0000))
    expect(edit({ do: 'flip', process: 0, page: heap, bit: 1 })).toEqual(pte(0x67, 0x8000_0000))
    expect(edit({ do: 'flip', process: 0, page: heap, bit: 63 })).toEqual(pte(0x67, 0))
    const { cpu } = begun({ do: 'store', process: 0, page: heap }, machine)
    const taken = machine.tick(CPU)
    expect(taken.to(machine)).toContain(machine.nextStep(CPU))
    expect(machine.world.pte(cpu.next)).toEqual(pte(0x67, 0))
  })
})

describe('an operation cannot begin', () => {
  const refused = (machine: Machine, choice: Begun) => {
    const { mark } = machine.world
    expect(begin(machine, choice)).toBe(false)
    expect(machine.world.mark).toBe(mark)
  }

  test('without a child: it cannot act, be killed or end', () => {
    refused(fresh(), { ...read, process: 1 })
    refused(fresh(), { do: 'kill', process: 1 })
    refused(fresh(), { do: 'exit' })
    const machine = fresh()
    machine.world.put(machine.processes[1]!.alive, 1)
    expect(begun({ do: 'exit' }, machine).first).toBe('exit_mmap')
  })

  test('[SG1] of a process that SIGKILL has reached; the other one goes on', () => {
    const machine = fresh()
    machine.world.put(machine.processes[1]!.alive, 1)
    begun({ do: 'kill', process: 0 }, machine)
    const taken = machine.tick(HAND)
    expect(taken.to(machine)).toContain(machine.nextStep(HAND))
    expect(machine.world.get(machine.processes[0]!.killed)).toBe(1)
    expect(machine.world.get(machine.cpus[HAND]!.outcome)).toBe(OUTCOME.completed)
    refused(machine, read)
    begun({ ...read, process: 1 }, machine)
  })

  test('[NF4] on a CPU whose task died in a BUG; the reader’s hand still can, and so can the other CPU', () => {
    const machine = fresh()
    for (const actor of [CPU, HAND]) machine.world.put(machine.cpus[actor]!.outcome, OUTCOME.bug)
    refused(machine, read)
    begun({ ...read, second: true }, machine)
    begun({ do: 'flip', process: 0, page: heap, bit: 0 }, machine)
  })
})

describe('choices', () => {
  const store: Begun = { do: 'store', process: 0, page: heap }
  const kill: Begun = { do: 'kill', process: 0 }
  test('edits and SIGKILL come from outside; all else is done by a CPU, the second thread’s by the second', () => {
    const flip: Begun = { do: 'flip', process: 0, page: heap, bit: 1 }
    const poke: Begun = { do: 'poke', process: 0, page: heap, word: pte(0, 0) }
    expect([flip, poke, kill, store, read].map(isFromOutside)).toEqual([true, true, true, false, false])
    expect([flip, poke, kill, store, read].map(actorOf)).toEqual([HAND, HAND, HAND, CPU, CPU])
    expect(actorOf({ ...read, second: true })).toBe(SECOND_CPU)
    expect(actorOf({ do: 'hold', ticks: 1, second: true })).toBe(SECOND_CPU)
    expect(actorOf({ do: 'hold', ticks: 1 })).toBe(CPU)
  })

  test('a touch is an access or a pin; the kernel fetches no code, and reads instead', () => {
    expect(
      [read, store, { do: 'pin', process: 0, page: heap, access: 'read' } as const, undefined].map(isTouch),
    ).toEqual([true, false, true, false])
    const page = heap
    expect(TOUCHERS.map((by) => touchBy(by, 1, page, 'exec'))).toEqual([
      { do: 'access', process: 1, page, access: 'exec' },
      { do: 'access', process: 1, page, access: 'exec', second: true },
      { do: 'access', process: 1, page, access: 'read', byKernel: true },
      { do: 'pin', process: 1, page, access: 'read' },
    ])
    expect(touchBy('pin', 0, page, 'write')).toEqual({ do: 'pin', process: 0, page, access: 'write' })
  })

  test('a choice is about a page, or about a whole process', () => {
    expect([read, kill, { do: 'fork' } as const].map(pageOf)).toEqual([heap, undefined, undefined])
  })
})
