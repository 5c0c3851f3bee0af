/** A piece of a line: a word, or one character between words. */
export interface Token {
  readonly text: string
  /** Place in the whole text. */
  readonly from: number
  readonly to: number
}

const isWordChar = (code: number): boolean =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 95 ||
  code === 46 ||
  code === 36 ||
  code >= 128

/** Backquote and apostrophe part the digits of a long number, in some debuggers and languages. */
const isSeparator = (code: number): boolean => code === 96 || code === 39

/** The pieces of the line from `from` to before `to`. Linear, whatever the line is. */
export function tokensOf(text: string, from: number, to: number): readonly Token[] {
  const tokens: Token[] = []
  let at = from
  while (at < to) {
    const code = text.charCodeAt(at)
    if (code <= 32) {
      at++
      continue
    }
    const start = at++
    if (isWordChar(code)) {
      while (at < to) {
        const next = text.charCodeAt(at)
        const between = isSeparator(next) && at + 1 < to && isWordChar(text.charCodeAt(at + 1))
        if (!isWordChar(next) && !between) break
        at++
      }
    }
    tokens.push({ text: text.slice(start, at), from: start, to: at })
  }
  return tokens
}

/** Is the piece one of these characters between words? */
export const isMark = (token: Token | undefined, marks: string): boolean =>
  token !== undefined && token.text.length === 1 && marks.includes(token.text)
