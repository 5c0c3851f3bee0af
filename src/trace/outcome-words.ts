import type { Outcome } from './outcome'

const faults = (count: number): string => (count === 0 ? 'no fault' : count === 1 ? '1 fault' : `${count} faults`)

/** How a run ends, in a few words. */
export function outcomeWords({ name, faults: count }: Outcome): string {
  switch (name) {
    case 'idle':
      return 'no access'
    case 'running':
      return 'has not ended'
    case 'completed':
      return count === 0 ? 'no fault' : `${faults(count)}, then done`
    case 'endless':
      return 'forever'
    case 'sigsegv':
      return 'SIGSEGV'
    case 'efault':
      return 'EFAULT'
    case 'killed':
      return 'killed'
    case 'bug':
      return 'BUG'
  }
}

/** Is the end one that no reader of the program could have asked for? */
export const isSick = ({ name }: Outcome): boolean => name === 'endless' || name === 'bug'
