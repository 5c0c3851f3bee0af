import type { Step } from '../../arch/step'
import type { KernelCx } from '../../kernel/context'
import { mapCopy } from '../../kernel/write-protect'

/** The shape of a station says who acts: square CPU or Linux, diamond a question, circle NUMA, hatched square Xen. */
export type Shape = 'cpu' | 'linux' | 'question' | 'numa' | 'xen' | 'switch' | 'exit'

/** A place on the picture of the fault path, and the steps that happen there. */
export interface Station {
  readonly id: StationId
  readonly shape: Shape
  /** Names of the steps (see Step.name) that stand here. */
  readonly steps: readonly string[]
  /** Mono name on the picture; a question's name comes from the kernel. */
  readonly label: string
  /** One plain line under it. */
  readonly note: string
}

export type StationId =
  | 'access'
  | 'walk'
  | 'lands'
  | 'fault'
  | 'bounce'
  | 'entry'
  | 'vma'
  | 'rights'
  | 'signal'
  | 'pte'
  | 'present'
  | 'anonymous'
  | 'file'
  | 'swap'
  | 'hint'
  | 'numa'
  | 'bug'
  | 'same'
  | 'write'
  | 'young'
  | 'protect'
  | 'mkwrite'
  | 'reuse'
  | 'copy'
  | 'clear'
  | 'map'
  | 'ask'
  | 'adjust'
  | 'store'
  | 'count'
  | 'return'
  | 'elsewhere'

const station = (id: StationId, shape: Shape, steps: readonly string[], label: string, note = ''): Station => ({
  id,
  shape,
  steps,
  label,
  note,
})

/** Every station, in the order in which a fault may meet them. Places are in geometry.ts. */
export const STATIONS: readonly Station[] = [
  station('access', 'cpu', ['access', 'get_user_pages', 'follow_page_pte?'], 'access', 'in user mode'),
  station('walk', 'cpu', ['page walk'], 'page walk', 'four levels, rights'),
  station('lands', 'exit', ['access lands', 'the page is pinned'], 'it lands', 'the program goes on'),
  station('fault', 'cpu', ['#PF'], '#PF'),
  station('bounce', 'xen', ['Xen bounce'], 'Xen bounce', 'hands the trap to the guest'),
  station('entry', 'linux', ['do_page_fault'], 'do_page_fault'),
  station('vma', 'linux', ['find_vma'], 'find_vma'),
  station('rights', 'question', ['access_error?'], 'access_error?', 'may the mapping do this?'),
  station(
    'signal',
    'exit',
    ['SIGSEGV, access', 'SIGSEGV, no mapping', 'corrupted page table', 'fixup_exception', 'SIGKILL ends it'],
    'SIGSEGV',
    'not allowed',
  ),
  station(
    'pte',
    'linux',
    ['handle_pte_fault', 'handle_mm_fault, huge page'],
    'handle_pte_fault',
    'reads the entry once',
  ),
  station('present', 'question', ['pte_present?', 'pmd_none?'], 'pte_present?', 'P or PROTNONE counts'),
  station('anonymous', 'linux', ['do_anonymous_page', 'do_huge_pmd_anonymous_page'], 'anonymous'),
  station(
    'file',
    'linux',
    [
      'do_fault',
      'do_read_fault',
      'map the neighbours',
      'do_cow_fault',
      'do_shared_fault',
      'do_page_mkwrite, first touch',
      'map the shared page',
    ],
    'file',
  ),
  station('swap', 'linux', ['do_swap_page'], 'swap'),
  station('hint', 'switch', ['hint?', 'huge hint?'], 'hint?'),
  station('numa', 'numa', ['do_numa_page', 'do_huge_pmd_numa_page'], 'do_numa_page', 'gives the protection back'),
  station('bug', 'exit', ['BUG'], 'BUG'),
  station('same', 'question', ['lock, pte_same?'], 'pte_same?'),
  station('write', 'question', ['write, not RW?', 'write, huge page not RW?'], 'write, !RW?'),
  station('young', 'linux', ['ptep_set_access_flags', 'huge_pmd_set_accessed'], 'set A, D'),
  station('protect', 'linux', ['swapped in, still shared', 'do_wp_page', 'do_huge_pmd_wp_page'], 'do_wp_page'),
  station('mkwrite', 'linux', ['do_page_mkwrite'], 'ask fs'),
  station('reuse', 'linux', ['reuse the page'], 'reuse'),
  station('copy', 'linux', ['copy the page'], 'copy'),
  station('clear', 'xen', [], 'clear'),
  station('map', 'linux', ['map the copy'], 'map'),
  station(
    'ask',
    'xen',
    ['mmu_update', 'mmu_update, keep A and D', 'trap and emulate', 'Xen refuses', 'the grant is unmapped'],
    'set_pte',
    'asks Xen',
  ),
  station('adjust', 'xen', ['adjust_guest_l1e'], 'Xen adjusts', 'adds bit 8'),
  station('store', 'xen', ['Xen stores', 'store', 'pin the tables', 'map_grant_ref', 'activate_mm'], 'store'),
  station(
    'count',
    'numa',
    ['count the hint', 'put the entry back', 'migrate_misplaced_page', 'remove_migration_pte'],
    'count the hint',
  ),
  station('return', 'linux', ['return'], 'return', 'to the same instruction'),
  station(
    'elsewhere',
    'linux',
    [
      'dup_mm',
      'bprm_mm_init',
      'copy_strings',
      'exec_mmap',
      'copy_one_pte',
      'flush_tlb_mm',
      'exit_mmap',
      'task_numa_work',
      'change_pte_range, hint',
      'flush_tlb_range, hint',
      'mprotect_fixup',
      'change_pte_range',
      'flush_tlb_range',
      'reclaim: try_to_unmap',
      'reclaimed',
      'madvise',
      'do_munmap',
      'gntdev_mmap',
      'page_mkclean_one',
      'map it clean, read-only',
      'zap_pte_range',
      'flush_tlb_range, zap',
      'madvise_free_pte_range',
      'map it clean and old',
      'madvise_cold_or_pageout_pte_range',
      'map it old',
      'clear_refs_write',
      'clear_refs_pte_range',
      'flush_tlb_mm, refs',
      'set_pte',
      'edit by hand',
      'send SIGKILL',
      'back in user mode',
      'idle',
    ],
    '',
  ),
]

const BY_STEP = new Map(STATIONS.flatMap((each) => each.steps.map((name) => [name, each.id] as const)))

/** Stations of a store that empties the old entry before a copy is mapped: drawn at the copy, not on the shared tail. */
const CLEARING = new Set<StationId>(['ask', 'adjust', 'store'])

/** Where a step stands; `after` is the number of the step that follows the store in progress. */
export function stationOf(step: Step<KernelCx>, after: number): StationId | null {
  const id = BY_STEP.get(step.name) ?? null
  return id && CLEARING.has(id) && after === mapCopy.id ? 'clear' : id
}

export const stationById = (id: StationId): Station => STATIONS.find((each) => each.id === id)!
