import type { MachineId } from '../machine/platforms'

/** A recorded process that comes with the app. */
export interface Recording {
  /** Id of the scenario that it becomes. */
  readonly id: string
  /** Its name in the packed text. */
  readonly name: string
  readonly title: string
  /** One sentence: what to look for. */
  readonly look: string
  /** The machine that it was recorded on. */
  readonly machine: MachineId
}

interface Kind {
  readonly name: string
  readonly title: string
  readonly look: Record<Recording['machine'], string>
}

const both = (look: string): Kind['look'] => ({ xen: look, bare: look })

const KINDS: readonly Kind[] = [
  {
    name: 'parent',
    title: '',
    look: {
      xen: 'A real process of Linux 6.1. Its words were read out of memory, bit 8 and all. Write to a page that fork shares.',
      bare: 'The same program without Xen. No present page of it has bit 8. Write to a page that fork shares.',
    },
  },
  {
    name: 'child',
    title: ', child',
    look: both('The child of the fork. Its copied entries came without ACCESSED. Write to a page that it shares.'),
  },
  {
    name: 'init',
    title: ', init',
    look: both('Process 1 of the recorded machine, a shell. Nearly all of its pages are those of one file, read-only.'),
  },
  {
    name: 'numa-0',
    title: ', NUMA 1',
    look: both('A program that writes a lot, walked before the NUMA scanner has marked much of it.'),
  },
  ...[1, 2, 3].map((walk) => ({
    name: `numa-${walk}`,
    title: `, NUMA ${walk + 1}`,
    look: both(
      `The same program ${2 * walk} seconds later. Most pages are hinted: bit 8 without PRESENT. Read one, and see what comes back.`,
    ),
  })),
]

const MACHINES = [
  { machine: 'xen', title: 'Recorded: Xen PV' },
  { machine: 'bare', title: 'Recorded: bare metal' },
] as const

/** Recorded under Xen alone: on bare metal nothing happens between the two. */
const UNDER_XEN: readonly Kind[] = [
  {
    name: 'exec-0',
    title: ', exec 1',
    look: both('The one page of a program that execve is about to start. Xen does not know its tables yet: no bit 8.'),
  },
  {
    name: 'exec-1',
    title: ', exec 2',
    look: both(
      'The same page a moment later. Xen has taken the tables, and the word has bit 8; nothing else in it changed.',
    ),
  },
]

/** All of them, in the order of the menu. */
export const RECORDINGS: readonly Recording[] = MACHINES.flatMap(({ machine, title }) =>
  [...KINDS, ...(machine === 'xen' ? UNDER_XEN : [])].map((kind) => ({
    // The first ones were once the only ones, and links name them so.
    id: kind.name === 'parent' ? `capture-${machine}` : `capture-${machine}-${kind.name}`,
    name: `${machine}-${kind.name}`,
    title: title + kind.title,
    look: kind.look[machine],
    machine,
  })),
)
