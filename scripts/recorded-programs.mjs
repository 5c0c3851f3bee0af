// The programs whose recorded runs the app opens: what they touch, and in which order. Every recorded fault has to find its
// access in this order, or packing stops.
//
// An order is a list of `r`, `w`, `x` (read, write, execute) with a page, `R`, `W` (the kernel does so for the program),
// `gr`, `gw` (get_user_pages: read, write), `e` (execve, which copies its arguments there), `mn`, `mr`, `mw` (mprotect to
// none, read, read and write), `s` (the NUMA scanner passes), and without a page `f` (fork) and `q` (the child exits). A
// `c` in front: the child does it. What stands after the bar is done by a program that gets that far.

/** @typedef {[name: string, from: number, to: number]} Range */

/**
 * @typedef {object} Program
 * @property {string} id
 * @property {string} scenario as the recording names it
 * @property {string} page the page shown first
 * @property {string[]} areas areas of the test program's own that it touches
 * @property {string[]} [only] these pages of them and no others
 * @property {Range[]} mappings the other mappings, by their addresses
 * @property {string} before what was done before the tape begins
 * @property {string} order empty: as the faults of the longest run were recorded, with the bar after the one named in `until`
 * @property {string} [until] address of that fault
 * @property {number} [faults] so many faults of each run are taken
 * @property {[run: string, kernel: string, machine: string][]} runs
 */

/** Runs of the whole test program on the kernels that get to its end, and the one run that this scenario had to itself. */
const runsWith = (/** @type {string} */ literal) =>
  /** @type {[string, string, string][]} */ ([
    [literal, 'rc0', 'xen'],
    ['xen-fixed-all', 'rc1', 'xen'],
    ['xen-v319-all', '3.19', 'xen'],
    ['bare2node-broken-all', 'rc0', 'bare'],
    ['bare2node-fixed-all', 'rc1', 'bare'],
    ['bare2node-v319-all', '3.19', 'bare'],
  ])

const STACK = /** @type {Range} */ (['[stack]', 0x7ffffffdd000, 0x7ffffffff000])
const CODE = /** @type {Range} */ (['program, code', 0x401000, 0x404000])

/** @type {Program[]} */
export const PROGRAMS = [
  {
    id: 'init',
    scenario: 'boot',
    page: 'data5e0',
    areas: [],
    mappings: [
      ['headers', 0x400000, 0x401000],
      ['code', 0x401000, 0x585000],
      ['constants', 0x585000, 0x5db000],
      ['data', 0x5db000, 0x5e5000],
      ['bss', 0x5e5000, 0x600000],
      STACK,
    ],
    before: '',
    order: '',
    until: '5e0cd8',
    faults: 28,
    runs: [
      ['xen-broken-literal-busybox', 'rc0', 'xen'],
      ['xen-fixed-busybox', 'rc1', 'xen'],
    ],
  },
  {
    id: 'zero',
    scenario: 'anon0rw',
    page: 'anon0',
    areas: ['anon'],
    mappings: [],
    before: '',
    order: 'r anon0, w anon0 | w anon1, r anon1',
    runs: runsWith('xen-broken-literal-init_all'),
  },
  {
    id: 'file',
    scenario: 'filepriv',
    page: 'fpriv0',
    areas: ['fpriv'],
    mappings: [],
    before: '',
    order: 'w fpriv8, r fpriv0, w fpriv0 | w fpriv1, r fpriv4, w fpriv4',
    runs: runsWith('xen-broken-literal-s2'),
  },
  {
    id: 'fork',
    scenario: 'forkcow',
    page: 'cow0',
    areas: ['cow'],
    mappings: [CODE, STACK],
    before: 'w stack, x code401',
    order: 'w cow0, w cow1, f, w stack, cx code401, cr cow0, cw cow0 | q, w cow0, w cow1',
    runs: runsWith('xen-broken-literal-s4'),
  },
  {
    id: 'none',
    scenario: 'protnone',
    page: 'pnone0',
    areas: ['pnone'],
    mappings: [],
    before: '',
    order:
      'w pnone0, w pnone1, mn pnone0, mn pnone1, r pnone0, mw pnone0, r pnone0, w pnone0 | w pnone1, mw pnone1, w pnone1',
    runs: runsWith('xen-broken-literal-s5'),
  },
  {
    id: 'readonly',
    scenario: 'rdonly',
    page: 'ro0',
    areas: ['ro'],
    mappings: [],
    before: '',
    order: 'r ro0, w ro0, mw ro0, w ro0 | mw ro1, w ro1, mr ro1, r ro1, w ro1, mw ro1, w ro1',
    runs: runsWith('xen-broken-literal-s6'),
  },
  {
    id: 'syscall',
    scenario: 'kwrite',
    page: 'kwr0',
    areas: ['kwr'],
    mappings: [],
    before: '',
    order: 'r kwr0, W kwr0',
    runs: runsWith('xen-broken-literal-s8'),
  },
  {
    id: 'pin',
    scenario: 'guprd',
    page: 'gupr1',
    areas: ['gupr'],
    mappings: [],
    before: '',
    order: 'r gupr0, w gupr1, gr gupr1 | gr gupr0',
    runs: runsWith('xen-broken-literal-s10'),
  },
  {
    id: 'hint',
    scenario: 'numa',
    page: 'numa_w0',
    areas: ['numa_w', 'numa_r'],
    only: ['numa_w0', 'numa_r0'],
    mappings: [],
    before: '',
    order: 'w numa_w0, w numa_r0, s numa_w0, s numa_r0, w numa_w0, r numa_r0',
    runs: [
      ['bare2node-broken-all', 'rc0', 'bare'],
      ['bare2node-fixed-all', 'rc1', 'bare'],
      ['bare2node-v319-all', '3.19', 'bare'],
    ],
  },
]
