import type { PasteDraft } from './draft'
import { fromHex } from '../arch/pte'
import { hexWord, type HexWord } from './hex-word'
import { numberAfter, refuse } from './read-levels'
import { isMark, type Token } from './tokens'

/** Names under which a word is given without its level. */
const NAMES = ['raw', 'entry', 'word', 'val', 'value']

/** What may stand between words in lists of other languages. */
const LIST_MARKS = ',;()[]{}|&"'

/** A line that holds words and nothing else, or words behind an address, as debuggers print memory. */
export function readPlain(tokens: readonly Token[], draft: PasteDraft): boolean {
  return readGroups(tokens, draft) || readMemory(tokens, draft) || readWords(tokens, draft) || readNamed(tokens, draft)
}

/** `8000 0000 6234 5165`: groups of four digits, as this app writes a word. */
function readGroups(tokens: readonly Token[], draft: PasteDraft): boolean {
  if (tokens.length < 4 || tokens.length % 4 !== 0 || !tokens.every(({ text }) => /^[0-9a-f]{4}$/i.test(text)))
    return false
  for (let at = 0; at < tokens.length; at += 4) {
    const group = tokens.slice(at, at + 4)
    const word = fromHex(group.map(({ text }) => text).join(''))
    if (word) draft.entry({ from: group[0]!.from, to: group[3]!.to }, word, 'words')
  }
  return true
}

/** `0xffff88807a1c5af0: 0x8000000012345067 0x0`, with or without the bytes as characters behind. */
function readMemory(tokens: readonly Token[], draft: PasteDraft): boolean {
  const label = tokens.findIndex((token) => isMark(token, ':'))
  if (label < 1 || !isNumber(tokens[0]!) || tokens.length < label + 2) return false
  const words: { readonly token: Token; readonly number: HexWord }[] = []
  for (const token of tokens.slice(label + 1)) {
    const number = hexWord(token.text)
    if (!number || typeof number === 'string' || (!number.marked && number.digits !== 16)) break
    words.push({ token, number })
  }
  for (const { token, number } of words) draft.entry(token, number.word, 'debugger')
  return words.length > 0
}

function readWords(tokens: readonly Token[], draft: PasteDraft): boolean {
  const words = tokens.filter((token) => !isMark(token, LIST_MARKS))
  if (words.length === 0) return false
  const numbers = words.map((token) => hexWord(token.text))
  if (!numbers.every((number) => number !== null)) return false
  // “add a bad face” is prose.
  if (words.every(({ text }) => /^[a-f]+$/i.test(text))) return false
  for (const [index, number] of numbers.entries()) {
    const token = words[index]!
    if (number && typeof number !== 'string') draft.entry(token, number.word, 'words')
    else if (number) refuse(draft, token, number)
  }
  return true
}

function readNamed(tokens: readonly Token[], draft: PasteDraft): boolean {
  const found = NAMES.map((name) => numberAfter(tokens, name)).find((each) => each !== null && each.number.digits > 2)
  if (!found) return false
  draft.entry(found.token, found.number.word, 'words')
  return true
}

const isNumber = (token: Token): boolean => {
  const number = hexWord(token.text)
  return number !== null && typeof number !== 'string'
}
