import type { Recording } from './recordings'

/** The recorded programs of 2015's kernels, as the menu names them; they are read when one is opened. */
export const RECORDED_RUNS: readonly Recording[] = [
  {
    id: 'run-init',
    name: 'init',
    title: 'init of the 2015 kernel under Xen',
    look: 'Busybox is the first program to run. Every fault goes well, until it writes to a page of .data that it has read before.',
    machine: 'xen',
  },
  {
    id: 'run-zero',
    name: 'zero',
    title: 'Recorded 2015: zero page',
    look: 'The read got the zero page. See what each recorded kernel made of the write.',
    machine: 'xen',
  },
  {
    id: 'run-file',
    name: 'file',
    title: 'Recorded 2015: file neighbours',
    look: 'One read mapped pages that nobody had touched, read-only. The first write to the page decides.',
    machine: 'xen',
  },
  {
    id: 'run-fork',
    name: 'fork',
    title: 'Recorded 2015: parent and child',
    look: 'Both write to what they share. The parent’s stack is the first page of all.',
    machine: 'xen',
  },
  {
    id: 'run-none',
    name: 'none',
    title: 'Recorded 2015: PROT_NONE and back',
    look: 'The handler of the signal gives the rights back. The read is fine then; what about the write?',
    machine: 'xen',
  },
  {
    id: 'run-readonly',
    name: 'readonly',
    title: 'Recorded 2015: read-only and back',
    look: 'The write is refused, and a signal handler allows it. The same write again.',
    machine: 'xen',
  },
  {
    id: 'run-syscall',
    name: 'syscall',
    title: 'Recorded 2015: read(2) writes',
    look: 'The kernel writes for the program, in the middle of a system call. No signal is looked for there.',
    machine: 'xen',
  },
  {
    id: 'run-pin',
    name: 'pin',
    title: 'Recorded 2015: get_user_pages',
    look: 'vmsplice pins a page that has RW and needs nothing. No instruction faults at all.',
    machine: 'xen',
  },
  {
    id: 'run-hint',
    name: 'hint',
    title: 'Recorded 2015: NUMA hints',
    look: 'The scanner hinted both pages. Count the faults of the write under 3.19, 3.20-rc0 and 4.0-rc1.',
    machine: 'bare',
  },
]
