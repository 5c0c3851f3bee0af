import { fromHex, type Pte } from '../arch/pte'

/** Who had the page brought in: a page-fault exception, or get_user_pages inside the kernel. */
export type FaultSource = 'hw' | 'gup'

/** One fault as the recorder in the kernels of 2015 noted it, before and after it was handled. */
export interface RecordedFault {
  readonly pid: number
  readonly scenario: string
  /** How many times in a row this task faulted on this page with this error code. */
  readonly repetition: number
  readonly source: FaultSource
  readonly address: number
  /** The test program's own name for the area, or empty. */
  readonly region: string
  /** Page within the area; empty where the area is not numbered. */
  readonly page: string
  /** Node of the CPU that faulted. */
  readonly cpuNode: number
  /** As the CPU delivered it; of get_user_pages only the bit for a write means something. */
  readonly error: number
  /** 4: an entry for 4 KB. 30: a huge page. 2 or less: there was no page table yet. */
  readonly levels: BeforeAfter<number>
  /** The word in memory. */
  readonly raw: BeforeAfter<Pte>
  /** The word as this Linux reads it: with the guest's frame while PRESENT is set. */
  readonly value: BeforeAfter<Pte>
  /** What do_numa_page asked to have stored; empty where it did not run. */
  readonly asked: Pte
  readonly flags: number
  readonly protection: Pte
  readonly fileBacked: boolean
  /** NUMA node of the page; -1 where none is mapped. */
  readonly nodes: BeforeAfter<number>
  /** Map count of the page: see `MAPCOUNT` for those below 0. */
  readonly mapcounts: BeforeAfter<number>
  /** Functions in order, and positions within them. */
  readonly path: readonly string[]
}

export interface BeforeAfter<T> {
  readonly before: T
  readonly after: T
}

/** What stands for a map count where no page is counted. */
export const MAPCOUNT = { none: -1, zeroPage: -2, hugeZeroPage: -3 } as const

/** Was the page on another node than the CPU that touched it? */
export const isRemote = ({ nodes, cpuNode }: RecordedFault): boolean => nodes.before >= 0 && nodes.before !== cpuNode

/** The columns of a recorded fault that are read, in the words of the recording. */
export const FAULT_COLUMNS = [
  'pid',
  'scenario',
  'rep',
  'src',
  'addr',
  'region',
  'page',
  'cpu',
  'ec',
  'lvl0',
  'lvl1',
  'pte0_raw',
  'pte0_val',
  'pte1_raw',
  'pte1_val',
  'want_raw',
  'vm_flags',
  'vm_page_prot',
  'file_backed',
  'nid0',
  'nid1',
  'mapc0',
  'mapc1',
  'path',
] as const

export type FaultCells = Record<(typeof FAULT_COLUMNS)[number], string>

/** Read one recorded fault; the name of the first cell that makes no sense, if there is one. */
export function readFault(cells: FaultCells): RecordedFault | string {
  const bad = FAULT_COLUMNS.find((name) => !PATTERNS[kindOf(name)].test(cells[name]))
  if (bad !== undefined) return bad
  const pair = <T>(name: string, read: (cell: string) => T): BeforeAfter<T> => ({
    before: read(cells[`${name}0` as keyof FaultCells]),
    after: read(cells[`${name}1` as keyof FaultCells]),
  })
  return {
    pid: Number(cells.pid),
    scenario: cells.scenario,
    repetition: Number(cells.rep),
    source: cells.src as FaultSource,
    address: hex(cells.addr),
    region: cells.region,
    page: cells.page,
    cpuNode: Math.floor(Number(cells.cpu) / CPUS_A_NODE),
    error: hex(cells.ec),
    levels: pair('lvl', Number),
    raw: { before: word(cells.pte0_raw), after: word(cells.pte1_raw) },
    value: { before: word(cells.pte0_val), after: word(cells.pte1_val) },
    asked: word(cells.want_raw),
    flags: hex(cells.vm_flags),
    protection: word(cells.vm_page_prot),
    fileBacked: cells.file_backed === '1',
    nodes: pair('nid', Number),
    mapcounts: pair('mapc', Number),
    path: cells.path.split('>'),
  }
}

/** Both machines that were recorded have two CPUs on a node; the one under Xen has no more than those. */
const CPUS_A_NODE = 2

const PATTERNS = {
  text: /^[^,]*$/,
  integer: /^-?\d{1,9}$/,
  hex: /^[\da-f]{1,16}$/,
  source: /^(?:hw|gup)$/,
} as const

function kindOf(name: keyof FaultCells): keyof typeof PATTERNS {
  if (name === 'src') return 'source'
  if (['scenario', 'region', 'page', 'path'].includes(name)) return 'text'
  return /^(?:pid|rep|cpu|lvl|nid|mapc|file)/.test(name) ? 'integer' : 'hex'
}

const hex = (digits: string): number => Number.parseInt(digits, 16)
const word = (digits: string): Pte => fromHex(digits)!
