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
  /** pte_val: the entry as Linux reads it out of memory. */
  pteVal(cx: Cx, raw: Pte): Pte
  /** __pte: a value as it has to lie in memory. */
  makePte(cx: Cx, value: Pte): Pte
}
