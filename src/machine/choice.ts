import type { Access } from '../arch/error-code'
import type { Pte } from '../arch/pte'
import type { Advice } from '../kernel/advice'
import type { Forgotten } from '../kernel/clear-refs'
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
      /** Made by the kernel for the program: read(2) writes into its memory, write(2) reads from it. */
      readonly byKernel?: true
    }
  /** The kernel pins a page (get_user_pages): to be read or written, as the mapping allows or by force. */
  | {
      readonly do: 'pin'
      readonly process: ProcessId
      readonly page: number
      readonly access: 'read' | 'write'
      readonly force?: true
    }
  /** A process calls execve; this is the page that its arguments go to. */
  | { readonly do: 'exec'; readonly process: ProcessId; readonly page: number }
  /** Somebody sends SIGKILL. */
  | { readonly do: 'kill'; readonly process: ProcessId }
  | { readonly do: 'fork' }
  /** The child ends. */
  | { readonly do: 'exit' }
  /** The NUMA scanner passes over the mapping of this page. */
  | { readonly do: 'scan'; readonly page: number }
  | { readonly do: 'mprotect'; readonly page: number; readonly rights: Rights }
  /** Reclaim writes the page to swap. */
  | { readonly do: 'reclaim'; readonly page: number }
  | { readonly do: 'madvise'; readonly page: number; readonly advice: Advice }
  | { readonly do: 'munmap'; readonly page: number }
  /** A page that another domain grants is mapped here. */
  | { readonly do: 'grant'; readonly page: number }
  /** The file's page is about to be written back. */
  | { readonly do: 'writeback'; readonly page: number }
  /** The program writes into its clear_refs file. */
  | { readonly do: 'clear-refs'; readonly what: Forgotten }
  /** The reader flips a bit of the entry in memory. Nobody is asked. */
  | { readonly do: 'flip'; readonly process: ProcessId; readonly page: number; readonly bit: number }
  /** The reader overwrites the entry in memory. Nobody is asked. */
  | { readonly do: 'poke'; readonly process: ProcessId; readonly page: number; readonly word: Pte }
  /** Linux stores the word as it lies there through set_pte, so that Xen sees it. */
  | { readonly do: 'store'; readonly process: ProcessId; readonly page: number }
  /** A CPU takes only so many ticks of what it is busy with before the next choice is made. */
  | { readonly do: 'hold'; readonly ticks: number; readonly second?: true }

/** Who touches a page for the program: it itself, its second thread, the kernel in a system call, or a pin. */
export const TOUCHERS = ['program', 'second', 'kernel', 'pin'] as const
export type Toucher = (typeof TOUCHERS)[number]

/** The touch of a page as a choice. The kernel fetches no code: it reads instead. */
export function touchBy(by: Toucher, process: ProcessId, page: number, access: Access): Choice {
  const data = access === 'write' ? 'write' : 'read'
  switch (by) {
    case 'program':
      return { do: 'access', process, page, access }
    case 'second':
      return { do: 'access', process, page, access, second: true }
    case 'kernel':
      return { do: 'access', process, page, access: data, byKernel: true }
    case 'pin':
      return { do: 'pin', process, page, access: data }
  }
}

/** Does a program touch a page, itself or through the kernel? These have an outcome. */
export const isTouch = (choice: Choice | undefined): choice is Extract<Choice, { do: 'access' | 'pin' }> =>
  choice?.do === 'access' || choice?.do === 'pin'

/** The page a choice is about; undefined for one about a whole process. */
export const pageOf = (choice: Choice): number | undefined => ('page' in choice ? choice.page : undefined)
