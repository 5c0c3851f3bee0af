import type { Access } from '../arch/error-code'
import type { Pte } from '../arch/pte'
import type { Rights } from '../kernel/protection'

/** The parent, or the child that fork made. */
export type ProcessId = 0 | 1

/**
 * One thing somebody decides to do, with its operands and never as a place in today's list of open choices: the same run
 * means the same under another kernel. A run is a list of these and nothing more.
 */
export type Choice =
  /** A program touches a page. */
  | {
      readonly do: 'access'
      readonly process: ProcessId
      readonly page: number
      readonly access: Access
      /** Made by a second thread, on the other CPU. */
      readonly second?: true
    }
  | { readonly do: 'fork' }
  /** The child ends. */
  | { readonly do: 'exit' }
  /** The NUMA scanner passes over the mapping of this page. */
  | { readonly do: 'scan'; readonly page: number }
  | { readonly do: 'mprotect'; readonly page: number; readonly rights: Rights }
  /** Reclaim writes the page to swap. */
  | { readonly do: 'reclaim'; readonly page: number }
  /** The reader flips a bit of the entry in memory. Nobody is asked. */
  | { readonly do: 'flip'; readonly process: ProcessId; readonly page: number; readonly bit: number }
  /** The reader overwrites the entry in memory. Nobody is asked. */
  | { readonly do: 'poke'; readonly process: ProcessId; readonly page: number; readonly word: Pte }
  /** Linux stores the word as it lies there through set_pte, so that Xen sees it. */
  | { readonly do: 'store'; readonly process: ProcessId; readonly page: number }
  /** A CPU takes only so many ticks of what it is busy with before the next choice is made. */
  | { readonly do: 'hold'; readonly ticks: number; readonly second?: true }

/** The page a choice is about; undefined for one about a whole process. */
export const pageOf = (choice: Choice): number | undefined => ('page' in choice ? choice.page : undefined)
