/** A word that not every reader brings along. */
export interface Entry {
  readonly title: string
  readonly says: string
  /** The bit of an entry that it names. */
  readonly bit?: number
}

/** Every word that is explained where it first stands in the story. */
export const GLOSSARY: Readonly<Record<string, Entry>> = {
  oops: { title: 'Oops', says: 'what Linux prints when it finds that it went wrong itself.' },
  'page fault': {
    title: 'Page fault',
    says: 'the CPU could not carry out an access as the page table stands. It calls the kernel, which repairs the table or stops the program.',
  },
  'page table': {
    title: 'Page table',
    says: 'the table by which the CPU turns a program’s addresses into places in memory, page by page of 4 KB.',
  },
  PTE: { title: 'PTE', says: 'page-table entry: the word of one page. Frame number and flags.' },
  'frame number': {
    title: 'Frame number',
    says: 'which piece of memory a page lies in. Memory is counted in frames, each as large as a page.',
  },
  RW: { title: 'RW', says: 'bit 1: writes are allowed.', bit: 1 },
  PRESENT: { title: 'PRESENT', says: 'bit 0: the CPU may use this entry. Where it is 0, every access faults.', bit: 0 },
  GLOBAL: {
    title: 'GLOBAL',
    says: 'bit 8, to the CPU, where PRESENT is 1: keep this translation when other page tables are taken up.',
    bit: 8,
  },
  PROTNONE: {
    title: 'PROTNONE',
    says: 'bit 8, to Linux, where PRESENT is 0: the page is there, but nobody may touch it now.',
    bit: 8,
  },
  'NUMA balancing': {
    title: 'NUMA balancing',
    says: 'Linux’s way to learn which CPU uses which page, so that pages can lie near who uses them. NUMA: memory with near and far parts.',
  },
  'NUMA hint': {
    title: 'NUMA hint',
    says: 'the fault of a page that Linux has hidden in order to see who touches it.',
  },
  'copy-on-write': {
    title: 'Copy-on-write',
    says: 'two processes share a page that neither may write. Who writes first gets a copy, by way of a fault.',
  },
  VMA: {
    title: 'VMA',
    says: 'one mapping of a process: a range of addresses, what lies behind it, and what the program may do there.',
  },
  'Xen PV': {
    title: 'Xen PV',
    says: 'a guest, a system below which another one runs, that knows it is one: it asks the hypervisor for what it must not do itself.',
  },
  Xen: { title: 'Xen', says: 'a hypervisor: it runs below Linux and lets several systems share a machine.' },
}

/** The entry of a word; the story's test sees to it that there is one. */
export const glossary = (term: string): Entry => GLOSSARY[term] ?? { title: term, says: '' }
