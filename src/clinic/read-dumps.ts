import {
  ACCESSED,
  DIRTY,
  frameOf,
  GLOBAL,
  NX_HI,
  PCD,
  PRESENT,
  PSE,
  pte,
  PWT,
  RW,
  USER,
  withFrame,
  type Pte,
} from '../arch/pte'
import type { PasteDraft } from './draft'
import type { EntryLevel } from './entry-kind'
import { hexWord, pageOf } from './hex-word'
import { vmaOfFlags } from './context'
import { isMark, type Token } from './tokens'

const numberOf = (token: Token | undefined) => {
  const number = token && hexWord(token.text)
  return number && typeof number !== 'string' ? number : null
}

const XEN_LEVEL = { L1: 'PTE', L2: 'PMD', L3: 'PUD', L4: 'PGD' } as const

/** Xen's page-table walk: ` L1[0x003] = 0010000072a03067 0000000000002a03`, entry and guest frame. */
export function readXenWalk(tokens: readonly Token[], draft: PasteDraft): boolean {
  const walk = tokens.findIndex(({ text }) => text === 'Pagetable' || text === 'pagetable')
  if (walk >= 0 && tokens[walk + 1]?.text === 'walk') {
    const address = tokens[walk + 3]
    const number = numberOf(address)
    if (!address || !number) return false
    draft.piece()
    draft.setAddress(address, pageOf(number.word))
    return true
  }
  const at = tokens.findIndex(({ text }) => text in XEN_LEVEL)
  if (at < 0 || !isMark(tokens[at + 1], '[') || !isMark(tokens[at + 3], ']') || !isMark(tokens[at + 4], '='))
    return false
  const token = tokens[at + 5]
  const number = numberOf(token)
  if (!token || !number) return false
  const level = XEN_LEVEL[tokens[at]!.text as keyof typeof XEN_LEVEL]
  const guest = numberOf(tokens[at + 6])
  const pfn = guest && guest.word.hi < 0x100 ? guest.word.hi * 2 ** 32 + guest.word.lo : null
  draft.machine ??= {
    from: token.from,
    to: token.to,
    value: 'xen',
    why: 'Xen printed this walk through its guest’s tables.',
  }
  draft.entry(token, number.word, 'Xen walk', { level, pfn })
  return true
}

/** crash: the rows of its tables under their heads, and what it repeats. */
export function readCrash(line: string, tokens: readonly Token[], draft: PasteDraft): boolean {
  const { head } = draft
  draft.head = null
  if (/^\s*VIRTUAL\s+PHYSICAL\s*$/.test(line)) draft.head = 'crash address'
  else if (/^\s*PTE\s+(?:PHYSICAL|SWAP)\s+(?:FLAGS|OFFSET)\s*$/.test(line)) draft.head = 'crash pte'
  else if (/^\s*VMA\s+START\s+END\s+FLAGS(?:\s+FILE)?\s*$/.test(line)) draft.head = 'crash vma'
  if (draft.head) return true
  const first = tokens[0]
  const number = numberOf(first)
  if (head === 'crash address' && first && number) {
    draft.piece()
    draft.setAddress(first, pageOf(number.word))
    return true
  }
  if (head === 'crash pte' && first && number) {
    draft.entry(first, number.word, 'crash', { level: 'PTE' })
    return true
  }
  const flags = head === 'crash vma' ? numberOf(tokens[3]) : null
  if (flags) {
    draft.setVma(tokens[3]!, vmaOfFlags(flags.word.lo))
    return true
  }
  return readCrashCommand(tokens, draft) || /^\s*PAGE:\s+[0-9a-f]+/.test(line)
}

/** `crash> vtop 7f5e…` begins a piece; `crash> pte 12345160` is an entry itself. */
function readCrashCommand(tokens: readonly Token[], draft: PasteDraft): boolean {
  if (tokens[0]?.text !== 'crash' || !isMark(tokens[1], '>')) return false
  draft.piece()
  const [command, ...rest] = tokens.slice(2)
  const operand = rest.find((token) => numberOf(token))
  const number = numberOf(operand)
  if (operand && number && command?.text === 'pte') draft.entry(operand, number.word, 'crash', { level: 'PTE' })
  if (operand && number && command?.text === 'vtop') draft.setAddress(operand, pageOf(number.word))
  return true
}

/** `0x0000000000400000-0x0000000000401000   4K USR ro   NX pte`: what the kernel's own dumper prints of a stretch. */
const PTDUMP = /^\s*0x([0-9a-f]{8,16})-0x([0-9a-f]{8,16})\s+\d+[KMGTPE]\s(.*)$/i

/** Words of that dumper and their bits. */
const PTDUMP_FLAGS: Readonly<Record<string, Pte>> = {
  USR: pte(USER, 0),
  RW: pte(RW, 0),
  PWT: pte(PWT, 0),
  PCD: pte(PCD, 0),
  PSE: pte(PSE, 0),
  GLB: pte(GLOBAL, 0),
  NX: pte(0, NX_HI),
}
const PTDUMP_LEVELS = { pte: 'PTE', pmd: 'PMD', pud: 'PUD', p4d: 'P4D', pgd: 'PGD' } as const

/** The kernel's dumper, gdb-pt-dump and QEMU's `info tlb`: stretches with flags, the last with frames. */
export function readDump(line: string, tokens: readonly Token[], draft: PasteDraft): boolean {
  return readPtdump(line, tokens, draft) || readGdbPtDump(line, tokens, draft) || readInfoTlb(line, tokens, draft)
}

function readPtdump(line: string, tokens: readonly Token[], draft: PasteDraft): boolean {
  const [, start, end, rest] = PTDUMP.exec(line) ?? []
  if (start === undefined) return false
  const words = rest!.split(/\s+/).filter(Boolean)
  const level = PTDUMP_LEVELS[words.at(-1) as keyof typeof PTDUMP_LEVELS] ?? null
  // Without a single flag nothing is mapped there: the dumper prints nothing but the size.
  const said = words.slice(0, -1)
  const flags = said.length === 0 ? null : said.reduce((sum, word) => or(sum, PTDUMP_FLAGS[word]), pte(PRESENT, 0))
  addRange(tokens, draft, pageOf(wordOf(start)), pageOf(wordOf(end!)), flags, level)
  return true
}

const or = (a: Pte, b: Pte = pte(0, 0)): Pte => pte(a.lo | b.lo, a.hi | b.hi)

const wordOf = (digits: string): Pte => {
  const number = hexWord(`0x${digits}`)
  return number && typeof number !== 'string' ? number.word : pte(0, 0)
}

/** `0x555555554000 : 0x1000 | W:0 X:0 S:0 UC:0 WB:1` of gdb-pt-dump; S is the kernel's. */
const GDB_PT_DUMP = /^\s*0x([0-9a-f]{1,16})\s*:\s*0x([0-9a-f]{1,16})\s*\|\s*W:([01])\s+X:([01])\s+S:([01])/i

function readGdbPtDump(line: string, tokens: readonly Token[], draft: PasteDraft): boolean {
  const [, start, length, writable, executable, kernels] = GDB_PT_DUMP.exec(line) ?? []
  if (start === undefined) return false
  const first = pageOf(wordOf(start))
  const lo = PRESENT | (writable === '1' ? RW : 0) | (kernels === '1' ? 0 : USER)
  addRange(tokens, draft, first, first + pageOf(wordOf(length!)), pte(lo, executable === '1' ? 0 : NX_HI), null)
  return true
}

function addRange(
  tokens: readonly Token[],
  draft: PasteDraft,
  start: number,
  end: number,
  flags: Pte | null,
  level: EntryLevel | null,
): void {
  const span = { from: tokens[0]!.from, to: tokens.at(-1)!.to }
  draft.mark(span, 'range', draft.ranges.length)
  if (draft.ranges.length < MOST_RANGES) draft.ranges.push({ ...span, start, end, flags, level })
}

const MOST_RANGES = 100_000

/** `0000000000400000: 0000000041112000 XGPDACTUW` of QEMU: address, physical address, a letter for each flag that is set. */
const INFO_TLB = /^\s*([0-9a-f]{16}): ([0-9a-f]{16}) ([X-][G-][P-][D-][A-][C-][T-][U-][W-])\s*$/i
const TLB_FLAGS = [0, GLOBAL, PSE, DIRTY, ACCESSED, PCD, PWT, USER, RW]

function readInfoTlb(line: string, tokens: readonly Token[], draft: PasteDraft): boolean {
  const [, address, physical, letters] = INFO_TLB.exec(line) ?? []
  if (address === undefined) return false
  const flags = [...letters!].reduce((sum, letter, index) => (letter === '-' ? sum : sum | TLB_FLAGS[index]!), PRESENT)
  const frame = wordOf(physical!)
  const word = withFrame(pte(flags, letters!.startsWith('X') ? NX_HI : 0), frameOf(frame))
  const token = tokens.find(({ text }) => text === physical)
  const level = letters![2] === 'P' ? 'PMD' : 'PTE'
  draft.entry(token ?? tokens[0]!, word, 'debugger', { level, address: pageOf(wordOf(address)) })
  return true
}
