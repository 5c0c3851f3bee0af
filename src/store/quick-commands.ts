import type { Rights } from '../kernel/protection'
import { KERNELS } from '../kernel/variants'
import type { Choice, ProcessId } from '../machine/choice'
import { faultBeside, outcomePlace } from '../trace/jumps'
import { columnsDone } from '../trace/lockstep'
import type { NumaBalancing } from '../trace/replay'
import { childAlive } from '../trace/scene'
import type { AppStore } from './app-store'
import { lockstepOf, playbackOf, sceneOf, timeOf } from './derived'
import type { MachineId } from '../machine/platforms'

/** The painting that a reader's own test begins with: what 3.20-rc0 asks. */
export const FIRST_PAINTING = 'p10'

const NUMAS: readonly NumaBalancing[] = ['none', 'off', 'on']

/** What the quick commands are made of. */
interface Basic {
  readonly choose: (choice: Choice) => void
  readonly seek: (at: number) => void
  readonly setKernel: (kernel: string) => void
  readonly setMachine: (machine: MachineId) => void
  readonly setNuma: (numa: NumaBalancing) => void
  readonly setProcess: (process: ProcessId) => void
  /** Begin the chosen access, if time has ended and it may. */
  readonly beginAtEnd: () => void
}

/** Commands that one key or one button gives: they go to the neighbour of what is chosen, or act on the selected page. */
export function quickCommands({ getState }: AppStore, basic: Basic) {
  /** Go to so many ticks of the shown tape; the other world comes along. */
  const seekTick = (tick: number): void => {
    const state = getState()
    basic.seek(state.view === 'compare' ? columnsDone(lockstepOf(state), tick, 0) : tick)
  }
  return {
    /** To the next fault, or the end of time where none is left; the chosen access begins where time has ended. */
    toNextFault(): void {
      basic.beginAtEnd()
      const { tape } = playbackOf(getState())
      const place = faultBeside(tape, getState().cursor, 1)
      if (place === null) basic.seek(timeOf(getState()).length)
      else seekTick(place)
    },
    toFaultBefore: (): void => seekTick(faultBeside(playbackOf(getState()).tape, getState().cursor, -1) ?? 0),
    /** To where the operation under way has ended; the chosen access begins where time has ended. */
    toOutcome(): void {
      basic.beginAtEnd()
      seekTick(outcomePlace(playbackOf(getState()).tape, getState().cursor))
    },
    flip(bit: number): void {
      const { process, page } = getState()
      basic.choose({ do: 'flip', process, page, bit })
    },
    /** Nothing where NUMA balancing is not built in. */
    scan(): void {
      if (getState().numa !== 'none') basic.choose({ do: 'scan', page: getState().page })
    },
    reclaim: (): void => basic.choose({ do: 'reclaim', page: getState().page }),
    mprotect: (rights: Rights): void => basic.choose({ do: 'mprotect', page: getState().page, rights }),
    exitChild(): void {
      if (childAlive(sceneOf(getState()))) basic.choose({ do: 'exit' })
    },
    kill: (): void => basic.choose({ do: 'kill', process: getState().process }),
    /** The kernel beside this one; after the last comes the reader's own. */
    nextKernel(by: 1 | -1): void {
      const { kernel } = getState()
      const ids = [...KERNELS.map(({ id }) => id), /^p\d/.test(kernel) ? kernel : FIRST_PAINTING]
      basic.setKernel(beside(ids, kernel, by))
    },
    otherMachine: (): void => basic.setMachine(getState().machine === 'xen' ? 'bare' : 'xen'),
    nextNuma: (): void => basic.setNuma(beside(NUMAS, getState().numa, 1)),
    otherProcess(): void {
      const state = getState()
      if (state.process === 1) basic.setProcess(0)
      else if (childAlive(sceneOf(state))) basic.setProcess(1)
    },
  }
}

/** The neighbour in a ring; the first one where the value is not in it. */
export const beside = <T>(values: readonly T[], value: T, by: 1 | -1): T =>
  values[(values.indexOf(value) + by + values.length) % values.length]!
