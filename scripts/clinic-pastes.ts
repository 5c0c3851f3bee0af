import { examine, firstEntry, listOf, NO_CHOICES } from '../src/clinic/examine'
import { LONGEST_PASTE, readPaste } from '../src/clinic/read-paste'
import { caseText } from '../src/clinic/report'
import { listText } from '../src/clinic/list-report'
import { labWay, labWordId, labWordOf } from '../src/clinic/lab-word'

/** Numbers that look like chance and come again with the same seed (mulberry32). */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Pieces that readers of lines look for, and that pages must not take for their own. */
const PIECES = [
  'PGD ',
  'P4D ',
  'PUD ',
  'PMD ',
  'PTE ',
  'pte:',
  'pte = ',
  '*pte=',
  '{pte = ',
  '.pte = (pteval_t)',
  ' => ',
  '0x',
  '$0x',
  'ULL',
  '_',
  '`',
  "'",
  'BUG: unable to handle page fault for address: ',
  'Bad page map in process x ',
  'addr:',
  ' vm_flags:',
  '#PF: error_code(0x',
  ') - not-present',
  'Oops: 0003 [#1]',
  'CR2: ',
  'RIP: e030:',
  'CS:  0010 ',
  'Not tainted 4.0.0 #1',
  'Linux version 6.1.0',
  ' segfault at ',
  ' error 7 in ',
  '(XEN) ',
  'Pagetable walk from ',
  'L1[0x003] = ',
  'L4[0x1ff] = ',
  'crash> vtop ',
  'crash> pte ',
  'VIRTUAL     PHYSICAL\n',
  '  PTE     PHYSICAL  FLAGS\n',
  '      VMA           START       END     FLAGS FILE\n',
  '0x0000000000400000-0x0000000000401000 4K USR ro GLB NX pte\n',
  '0x1000 : 0x1000 | W:1 X:0 S:0',
  'level,va,raw,val,pfn,vma_flags\n',
  'label,va,pagemap\n',
  'PTE,0x400000,',
  'one-bit-two-names capture 2\n',
  'platform xen\n',
  'PTE 400000 ',
  'end 1\n',
  '8000000062345165',
  '12345160',
  '000fffff80100960',
  '07fffffffffbfe0a',
  '0010000071a07065',
  '8000 0000 6234 5165',
  'ffffffffffffffff',
  '0',
  '165',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '&lt;',
  '\u0000',
  '\ufffd',
  '\u202e',
  '💥',
  '…',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  ' ',
  ' ',
  ' ',
  ',',
  ';',
  ':',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '"',
  '=',
  '-',
  '.',
  'Mem abort info',
  '*pde = ',
  'pagemap ',
  'dead',
  'beef',
  'Stack:\n',
  'Code: 48 89',
] as const

/** A text of random pieces, or one of `seeds` with pieces of it changed, doubled, dropped or cut off. */
export function randomPaste(chance: () => number, seeds: readonly string[]): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!
  const digits = (): string =>
    Array.from({ length: 1 + Math.floor(chance() * 18) }, () => Math.floor(chance() * 16).toString(16)).join('')
  if (seeds.length === 0 || chance() < 0.6)
    return Array.from({ length: Math.floor(chance() * 24) }, () => (chance() < 0.3 ? digits() : pick(PIECES))).join('')
  let text = pick(seeds)
  for (let change = Math.floor(chance() * 6); change >= 0; change--) {
    const at = Math.floor(chance() * (text.length + 1))
    const to = Math.min(text.length, at + Math.floor(chance() * 40))
    const kind = chance()
    if (kind < 0.25) text = text.slice(0, at) + text.slice(to)
    else if (kind < 0.5) text = text.slice(0, at) + pick(PIECES) + text.slice(at)
    else if (kind < 0.7) text = text.slice(0, to) + text.slice(at, to) + text.slice(to)
    else if (kind < 0.9) text = text.slice(0, at) + digits() + text.slice(to)
    else text = text.slice(0, at)
  }
  return text
}

/** What is wrong with what was read out of a text; null where nothing is. `deep`: the first entry is run too. */
export function wrongIn(text: string, deep: boolean): string | null {
  const paste = readPaste(text)
  const { entries, marks, messages } = paste
  const within = Math.min(text.length, LONGEST_PASTE)
  let last = 0
  for (const { from, to, index, what } of marks) {
    if (from < last || to <= from || to > within) return `a mark from ${from} to ${to} behind ${last}`
    if (what === 'entry' && !entries[index]) return `a mark of entry ${index}, which is not there`
    last = to
  }
  for (const { word, from, to } of entries) {
    if (to < from || to > within) return `an entry from ${from} to ${to}`
    if (!isHalf(word.lo) || !isHalf(word.hi)) return `a word of ${word.hi} and ${word.lo}`
  }
  if (entries.length === 0)
    return messages.length + paste.ranges.length + paste.pagemap.length > 0 ? null : 'nothing found and nothing said'
  const list = listOf(paste, NO_CHOICES)
  if (list.rows.length !== entries.length || listText(list) === '') return 'a list of another length'
  return deep ? wrongInCase(paste) : null
}

function wrongInCase(paste: ReturnType<typeof readPaste>): string | null {
  const found = examine(paste, firstEntry(paste), NO_CHOICES)
  const text = caseText(found)
  if (!text.includes('CPU') || /undefined|NaN|\[object/.test(text)) return `a report that says ${text.slice(0, 200)}`
  const { link } = labWay(found, null)
  const id = link === null ? null : /[?&]s=([^&]*)/.exec(link)?.[1]
  const lab = id ? labWordOf(decodeURIComponent(id)) : null
  if (link !== null && (!lab || labWordId(lab) !== id)) return `a way into the Lab that leads nowhere: ${link}`
  return null
}

const isHalf = (half: number): boolean => Number.isInteger(half) && half >= 0 && half < 2 ** 32
