import type { Cell, Mfn, Slot } from './brand'
import type { Cpu } from './cpu'
import type { Step } from './step'
import type { World } from './world'

/** All that a hardware step may see. */
export interface Hardware {
  readonly world: World
  readonly cpus: readonly Cpu[]
  /** First address of each virtual page that the model can touch. */
  readonly addresses: readonly number[]
  /** Frame of the root table that CR3 holds while `process` runs. */
  rootOf(process: number): Mfn
  /** Where the 512 entries of a table frame lie, or null for a frame that holds no table of the model. */
  tableAt(frame: Mfn): Slot | null
  /** Does the CPU own address bits 46–51? Frames beyond it raise a reserved-bit fault. */
  readonly frameBits: number
  /** Does the kernel run in ring 3 as well? A paravirtual guest's does, so the CPU takes its accesses for a program's. */
  readonly kernelInRing3: boolean
  /** Is CR4.PGE cleared while another process's tables are taken up, so that GLOBAL entries go as well? */
  readonly switchesWithoutPge: boolean
  /** What the interrupt table names for vector 14. */
  readonly pageFault: Step<never>
  /** Faults raised so far for the operation in progress, per CPU. A statistic. */
  readonly faultsRaised: readonly Cell[]
}
