import type { PasteDraft } from './draft'
import type { EntryLevel } from './entry-kind'
import { decimalWord, hexWord, notHexText, pageOf, type HexWord, type NotHex } from './hex-word'
import type { PasteKind } from './paste'
import { vmaOfFlags } from './context'
import { isMark, type Token } from './tokens'

const LEVEL_OF: Readonly<Record<string, EntryLevel>> = {
  pgd: 'PGD',
  pml4: 'PGD',
  pml4e: 'PGD',
  p4d: 'P4D',
  pud: 'PUD',
  pdpt: 'PUD',
  pdpte: 'PUD',
  pmd: 'PMD',
  pde: 'PMD',
  pte: 'PTE',
}

/** The level a word of the text names, and whether what follows is as Linux counts or as it lies in memory. */
function levelNamed(text: string): { readonly level: EntryLevel; readonly form: string } | null {
  const [, name, form = ''] = /^\.?([a-z][a-z0-9]{2,4})(_raw|_val)?$/.exec(text.toLowerCase()) ?? []
  const level = name === undefined ? undefined : LEVEL_OF[name]
  return level ? { level, form } : null
}

/** Words that may stand between the name of a level and the entry. */
const BETWEEN = new Set(['is', 'was', 'entry', 'value', 'now', 'val', 'raw', 'BAD'])

/** Where the number behind a level's name is, and how it is spelled. */
function valueAfter(tokens: readonly Token[], name: number): { at: number; decimal: boolean; apart: boolean } {
  let at = name + 1
  let apart = false
  while (BETWEEN.has(tokens[at]?.text ?? '')) at++
  while (isMark(tokens[at], ':=>"')) {
    apart = true
    at++
  }
  // drgn names the type before the number, which is decimal.
  if (isMark(tokens[at], '(') && isMark(tokens[at + 2], ')') && (tokens[at + 1]?.text ?? '').endsWith('val_t'))
    return { at: at + 3, decimal: true, apart: true }
  const braced = isMark(tokens[name - 1], '{') || tokens[name]!.text.startsWith('.')
  return { at, decimal: braced && apart, apart }
}

/** `PTE 80000000032e2965`, `pte:8000000062345165`, `PTE: 7a1c5af0 => 8000000012345067`, `{pte = 9223372038505591141}`. */
export function readLevels(tokens: readonly Token[], draft: PasteDraft, kind: PasteKind): boolean {
  let found = false
  for (let name = 0; name < tokens.length; name++) {
    const named = levelNamed(tokens[name]!.text)
    if (!named) continue
    const { at, decimal, apart } = valueAfter(tokens, name)
    const token = tokens[at]
    if (!token) continue
    if (decimal && !/^0x/i.test(token.text)) {
      const word = decimalWord(token.text)
      if (word) {
        draft.entry(token, word, 'debugger', { level: named.level })
        found = true
        name = at
      }
      continue
    }
    const number = hexWord(token.text)
    if (number === null || !belongs(number, tokens[name]!.text, apart)) continue
    found = true
    name = at
    if (typeof number === 'string') {
      refuse(draft, token, number)
      continue
    }
    // crash: where the entry lies, and then the entry.
    const arrow = isMark(tokens[at + 1], '=') && isMark(tokens[at + 2], '>') ? tokens[at + 3] : undefined
    const behind = arrow && hexWord(arrow.text)
    if (arrow && behind && typeof behind !== 'string') {
      draft.entry(arrow, behind.word, 'crash', { level: named.level })
      name = at + 3
    } else {
      const asVal = named.form === '' ? kind === 'oops' || kind === 'bad page map' : named.form === '_val'
      draft.entry(token, number.word, kind, { level: named.level, asVal })
    }
  }
  return found
}

/** Is the number meant as the level's entry? `pte add` is prose. */
function belongs(number: HexWord | NotHex, name: string, apart: boolean): boolean {
  if (typeof number === 'string') return apart
  return apart || name === name.toUpperCase() || number.marked || number.digits >= 8
}

/** Mark a piece that is no entry, and say why. */
export function refuse(draft: PasteDraft, token: Token, why: NotHex): void {
  draft.mark(token, 'wrong')
  draft.say('truncated', notHexText(token.text, why))
}

/** `Bad page map`: the mapping and the address follow on a line of their own. */
export function readMapping(tokens: readonly Token[], draft: PasteDraft): boolean {
  const flags = numberAfter(tokens, 'vm_flags')
  if (!flags) return false
  const address = numberAfter(tokens, 'addr')
  if (address) draft.setAddress(address.token, pageOf(address.number.word))
  draft.setVma(flags.token, vmaOfFlags(flags.number.word.lo))
  return true
}

/** The number behind a name and a colon or an equals sign. */
export function numberAfter(
  tokens: readonly Token[],
  name: string,
): { readonly token: Token; readonly number: HexWord } | null {
  const at = tokens.findIndex(({ text }) => text === name)
  if (at < 0) return null
  const token = tokens[isMark(tokens[at + 1], ':=') ? at + 2 : at + 1]
  const number = token && hexWord(token.text)
  return token && number && typeof number !== 'string' ? { token, number } : null
}
