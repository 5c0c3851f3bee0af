import type { Kernel } from './variants'

/** A change of Linux or Xen that the story turns on, in our own words. */
export interface Commit {
  readonly id: string
  readonly tree: 'linux' | 'xen'
  readonly what: string
  /** The id was recalled and not looked up. */
  readonly recalled?: true
}

const linux = (id: string, what: string): Commit => ({ id, tree: 'linux', what })
const recalled = (id: string, what: string): Commit => ({ id, tree: 'linux', what, recalled: true })
const xen = (id: string, what: string): Commit => ({ id, tree: 'xen', what })

/** Every commit that the app names. */
export const COMMITS: readonly Commit[] = [
  linux('c46a7c817e66', 'A hint moves from bit 8 to bit 9, which it shares with SPECIAL. In 3.16.'),
  linux('29c7787075c9', 'The helpers that mark a hint translate the frame number again. In 3.15.'),
  linux('5d833062139d', 'The series of 2015 begins: no look at a PMD outside of the lock during a hinting fault.'),
  linux('e7bb4b6d1609', 'Adds pte_protnone and pmd_protnone, which look at bit 8 and not at PRESENT.'),
  linux('8a0516ed8b90', 'All who asked pte_numa ask the new test: the mistake goes live.'),
  linux('4d9424669946', 'pte_mknonnuma goes: a hinting fault takes the protection from the mapping.'),
  linux('21d9ee3eda77', 'Bit 9 is no hint any more; swap offsets may begin there.'),
  recalled('e944fd67b625', 'The scanner spares pages without a struct page again; the BUG on the zero page goes.'),
  recalled('c819f37e7e17', 'pte_special asks for SPECIAL alone again.'),
  recalled('c0e7cad9f2ae', 'A hinting fault in a mapping that allows nothing becomes a BUG.'),
  linux('e3a1f6cac1fe', 'The fix, by David Vrabel: bit 8 is PROTNONE only where PRESENT is clear. In 4.0-rc1.'),
  linux('b191f9b106ea', 'Write permission is kept while an entry is hinted. In 4.0-rc6.'),
  linux('38e088546522', 'Where the mapping allows nothing, a fault is no hinting fault. In 4.9.'),
  linux('9c17d96500f7', 'Mappings of grants are kept from NUMA balancing, as VM_IO. In 4.4; it broke direct I/O.'),
  recalled('30b5c851af79', 'They are VM_MIXEDMAP instead. In 4.10.'),
  recalled('6b28baca9b1f', 'Entries without PRESENT hold their frame inverted, against L1TF. 2018.'),
  recalled('f22cc87f6c1f', 'All of them do, if they are not zero.'),
  xen(
    '6f562e72cdc4',
    'Xen makes user mappings GLOBAL: they outlive the switch between guest kernel and guest user. 2006.',
  ),
  xen('eb976b2e4a96', 'The build option for that goes: it is always on. 2014.'),
]

/** Where one kernel's functions are read, and the commits that made it differ from the one before. */
export interface History {
  /** Tag or commit of Linux's public tree. */
  readonly at: string
  readonly commits: readonly string[]
  /** Why the links lead elsewhere than to this kernel itself, where they do. */
  readonly note?: string
}

const RC0: History = {
  at: 'v4.0-rc1',
  commits: ['4d9424669946', '21d9ee3eda77', 'e944fd67b625', 'c819f37e7e17', 'c0e7cad9f2ae'],
  note: 'This state of the tree, from about 12 to 20 February 2015, has no tag: files are linked as 4.0-rc1 has them, test aside.',
}
const V6_1: History = {
  at: 'v6.1',
  commits: ['38e088546522', '6b28baca9b1f', 'f22cc87f6c1f'],
  note: 'Functions carry their names of 4.0; some are called otherwise here.',
}

const HISTORIES: Readonly<Record<string, History>> = {
  '3.14': { at: 'v3.14', commits: [] },
  '3.19': { at: 'v3.19', commits: ['c46a7c817e66'] },
  '8a05': {
    at: '8a0516ed8b90c95ffa1363b420caa37418149f21',
    commits: ['5d833062139d', 'e7bb4b6d1609', '8a0516ed8b90'],
  },
  rc0: RC0,
  rc1: { at: 'v4.0-rc1', commits: ['e3a1f6cac1fe'] },
  '4.0': { at: 'v4.0', commits: ['b191f9b106ea'] },
  '6.1': V6_1,
  '6.1u': { ...V6_1, commits: [] },
}

/** The history of a kernel; a painted one is 3.20-rc0 but for its test. */
export const historyOf = ({ id }: Kernel): History => HISTORIES[id] ?? RC0

/** Is this one of the kernels whose history is told? */
export const hasHistory = ({ id }: Kernel): boolean => id in HISTORIES
