import { EMPTY } from '../src/arch/pte'
import { allSteps } from '../src/arch/step'
import { FRAME } from '../src/kernel/frames'
import type { KernelCx } from '../src/kernel/context'
import { CPU, Machine } from '../src/machine/machine'
import { begin } from '../src/machine/operations'
import { carryOut } from './carried'
import { flagsOf, watch } from './episode'
import type { Place } from './kernels'
import { ANON_FRAMES, FIRST_ANON_PFN, flagsOfKind, frame, framesOf, onePage, vmaKind, type VmaKind } from './one-page'
import type { Operation } from './operations'

/** Where a sequence starts, in the words of the tables. */
export interface Start {
  /** 'anon-rw', 'file-shared-rw', 'none' … */
  readonly vma: string
  /** 'none', 'present', 'fork+scan' … */
  readonly init: string
  /** 'zero', 'file', 'anon1', 'filed', or '-' */
  readonly page: string
}

const MPROTECT = { do: 'mprotect', page: 0 } as const

/** What each word of `init` adds to the first touch. */
const ADDED: ReadonlyMap<string, readonly Operation[]> = new Map<string, readonly Operation[]>([
  ['present', []],
  ['fork', [{ do: 'fork' }]],
  ['fork-exit', [{ do: 'fork' }, { do: 'exit' }]],
  ['scan', [{ do: 'scan', page: 0 }]],
  ['mprotect-none', [{ ...MPROTECT, rights: 'none' }]],
])

/** How each kind of page is made to be there. */
const FIRST_TOUCH: ReadonlyMap<string, 'read' | 'write'> = new Map([
  ['zero', 'read'],
  ['file', 'read'],
  ['anon1', 'write'],
  ['filed', 'write'],
])

/** Why there is no such starting point; null if there is one. */
export function problemOfStart({ vma, init, page }: Start): string | null {
  if (vmaKind(vma) === undefined) return `vma: ${vma} is no kind of mapping known here`
  if (init === 'none') return page === '-' ? null : `page: ${page} is there before anything was done`
  const unknown = init.split('+').find((word) => !ADDED.has(word))
  if (unknown !== undefined) return `init: ${unknown} is no beginning known here`
  if (!FIRST_TOUCH.has(page)) return `page: ${page} is none of ${[...FIRST_TOUCH.keys()].join(' ')}`
  return vmaKind(vma) ? null : `init: nothing is mapped, so nothing can be ${init}`
}

/** The machines of starting points, each made once by running rules and taken back to its start when asked for again. */
export class StartingPoints {
  private readonly made = new Map<string, Machine>()

  /** A machine that stands at the start. What was done with it since it was last asked for is undone. */
  at(start: Start, place: Place): Machine {
    const key = [place.name, start.vma, start.init, start.page].join(' ')
    const machine = this.made.get(key) ?? makeStart(start, place)
    this.made.set(key, machine)
    machine.world.takeBack(0)
    return machine
  }
}

function makeStart({ vma, init, page }: Start, place: Place): Machine {
  const kind = vmaKind(vma) ?? null
  const access = FIRST_TOUCH.get(page)
  const missing = kind !== null && access !== undefined && !allows(kind, access)
  const lent = missing ? { ...kind, rights: 'rw' } : kind
  const free = Array.from({ length: ANON_FRAMES }, (_, index) => frame(FIRST_ANON_PFN + index, FRAME.free))
  const flags = flagsOfKind(lent)
  const image = onePage({ vma, kind, flags, entry: EMPTY, frames: framesOf(0, free), written: false })
  const machine = new Machine(image, place.kernel, place.platform)
  if (access) carryOut(machine, { do: 'access', process: 0, page: 0, access })
  if (missing) takeAway(machine, kind)
  for (const word of init.split('+')) for (const operation of ADDED.get(word) ?? []) carryOut(machine, operation)
  machine.world.takeNotes()
  return machine
}

const allows = ({ rights }: VmaKind, access: 'read' | 'write'): boolean =>
  rights.includes(access === 'read' ? 'r' : 'w')

/** The mapping was writable for its first touch only. */
function takeAway(machine: Machine, { rights }: VmaKind): void {
  if (rights === 'rx') makeExecutable(machine)
  else carryOut(machine, { ...MPROTECT, rights: rights === 'r' ? 'read' : 'none' })
}

const VM_EXEC = 0x4
const CHANGE_PTE_RANGE = 'change_pte_range'

/**
 * mprotect to read and execute, which no reader of the app can ask for: vm_flags are written here as mprotect_fixup would
 * write them, and the rule that changes the entry does the rest.
 */
function makeExecutable(machine: Machine): void {
  begin(machine, { ...MPROTECT, rights: 'read' })
  machine.tick(CPU)
  machine.world.put(machine.processes[0]!.flags[0]!, flagsOf(machine) | VM_EXEC)
  const change = allSteps<KernelCx>().find(({ name }) => name === CHANGE_PTE_RANGE)
  if (machine.nextStep(CPU) !== change) throw new Error('mprotect did not get to change_pte_range')
  watch(machine)
}
