import type { Pte } from '../arch/pte'
import type { Step } from '../arch/step'

/**
 * What Linux asks of whatever lies below it (Linux calls this pv_mmu_ops). `kernel` owns the interface;
 * bare metal and Xen plug into it, and neither is known to any rule by name.
 */
export interface PlatformOf<Cx> {
  /** Stable id, for URLs. */
  readonly id: 'bare' | 'xen'
  readonly name: string
  /** Are there huge pages? A PV guest sees a CPU without PSE. */
  readonly hugePages: boolean
  /** NUMA nodes that Linux sees. */
  readonly nodes: number
  /** Does the guest's kernel run in ring 3, as its programs do? */
  readonly kernelInRing3: boolean
  /** Is CR4.PGE cleared around a switch to another process, so that no GLOBAL entry stays in the TLB? */
  readonly switchesWithoutPge: boolean
  /** First step after the CPU raised #PF. */
  readonly pageFault: Step<Cx>
  /** First step of set_pte_at: store `next` into `target`, then go on at `after`. */
  readonly setPte: Step<Cx>
  /** First step of ptep_modify_prot_commit. */
  readonly commit: Step<Cx>
  /** First step of a plain store into a live table (ptep_set_wrprotect, `*ptep = entry`, get_and_clear). */
  readonly plainStore: Step<Cx>
  /** First step that makes a finished address space usable (Xen: pin, which validates every table). */
  readonly activate: Step<Cx>
  /** First step of the hypercall that maps a page of another domain; left out where there are no other domains. */
  readonly mapGrant?: Step<Cx>
  /** pte_val: the entry as Linux reads it out of memory. */
  pteVal(cx: Cx, raw: Pte): Pte
  /** __pte: a value as it has to lie in memory. */
  makePte(cx: Cx, value: Pte): Pte
}
