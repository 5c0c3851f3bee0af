import { expect, test } from 'vitest'
import { shownTexts, textsOf } from '../../scripts/story-prose'
import { CHAPTERS } from './chapters/chapters'
import { GLOSSARY } from './glossary'
import { beatsOf } from './place'
import { piecesOf } from './text'

const BEATS = beatsOf(CHAPTERS)

/** A text without code; what is marked as a term stands in brackets. */
const marked = (text: string): string =>
  piecesOf(text)
    .map((piece) => {
      if (piece.is === 'term') return `[${piece.term}]`
      return piece.is === 'text' ? piece.text : ' '
    })
    .join('')

const termsIn = (text: string): readonly string[] =>
  [...marked(text).matchAll(/\[([^\]]+)\]/g)].map(([, term]) => term!)

/** The term where it stands unmarked. Words in capitals are names; others may begin a sentence. */
const unmarked = (term: string): RegExp =>
  new RegExp(String.raw`(?<![\w[-])${term}(?![\w\]-])`, /^\p{Lu}/u.test(term) ? 'u' : 'iu')

test('every term that is marked is explained, and every one that is explained is marked somewhere', () => {
  const used = new Set(BEATS.flatMap(({ words }) => textsOf(words).flatMap(termsIn)))
  expect([...used].filter((term) => !(term in GLOSSARY))).toEqual([])
  expect(Object.keys(GLOSSARY).filter((term) => !used.has(term))).toEqual([])
})

test.each(Object.keys(GLOSSARY))('“%s” is explained where it first stands', (term) => {
  const first = BEATS.find(({ words }) => shownTexts(words).some((text) => mentions(text, term)))!
  const texts = shownTexts(first.words)
  expect(texts.flatMap(termsIn), `${first.chapter.id}/${first.id}`).toContain(term)
  // Only what is drawn with its marks can be pressed.
  const { lead, body = '', question = '' } = first.words
  expect([lead, body, question].flatMap(termsIn)).toContain(term)
})

/** A longer term that holds this one, “NUMA hint” in “NUMA hints”, is another. */
function mentions(text: string, term: string): boolean {
  const others = Object.keys(GLOSSARY).filter((each) => each !== term && each.includes(term))
  const rest = others.reduce((left, other) => left.replaceAll(`[${other}]`, '').replaceAll(other, ''), marked(text))
  return rest.includes(`[${term}]`) || unmarked(term).test(rest)
}

/** What an engineer who knows C and has heard of page tables brings along, and names of products. */
const BROUGHT = ['CPU', 'SIGSEGV', 'RISC-V']

/** Words of the trade that such a reader need not know: none may stand on the screen but as a term. */
const TRADE =
  /\b(TLB|NX|DIRTY|ACCESSED|MFN|PFN|VMAs?|PTEs?|hypercalls?|relocation|domain|mprotect|scanner|vm_\w+|nG|VALID|lasso|predicate|quadrant)\b/

test('no word in capitals and no word of the trade stands unexplained on the screen', () => {
  const explained = new Set<string>(BROUGHT)
  const unknown: string[] = []
  for (const { chapter, id, words } of BEATS) {
    for (const term of shownTexts(words).flatMap(termsIn)) for (const word of term.split(' ')) explained.add(word)
    for (const text of shownTexts(words)) {
      const plain = marked(text).replaceAll(/[[\]]/g, ' ')
      const found = [...(plain.match(/\b\p{Lu}[\p{Lu}-]+\b/gu) ?? []), ...(TRADE.exec(plain)?.slice(0, 1) ?? [])]
      for (const word of found) if (!explained.has(word)) unknown.push(`${chapter.id}/${id}: ${word}`)
    }
  }
  expect(unknown).toEqual([])
})

test('a term and its bit: what is marked on the word is the bit of that name', () => {
  const bits = Object.entries(GLOSSARY).flatMap(([term, { bit, says }]) =>
    bit === undefined ? [] : [{ term, bit, says }],
  )
  expect(bits.length).toBeGreaterThan(3)
  for (const { term, bit, says } of bits) expect(says, term).toMatch(new RegExp(String.raw`^bit ${bit}\b`))
})
