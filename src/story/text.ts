/** A piece of a text of the story. */
export type Piece =
  | { readonly is: 'text' | 'code'; readonly text: string }
  | { readonly is: 'term'; readonly text: string; readonly term: string }
  | { readonly is: 'number'; readonly name: string }

const MARKS = /`([^`]+)`|\[([^\]|]+)(?:\|([^\]]+))?\]|\{(\w+)\}/g

/** A text in its pieces: `code`, [term] or [as it stands here|term], {number}, and what lies between. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const mark of text.matchAll(MARKS)) {
    if (mark.index > at) pieces.push({ is: 'text', text: text.slice(at, mark.index) })
    const [whole, code, shown, term, name] = mark
    if (code !== undefined) pieces.push({ is: 'code', text: code })
    else if (shown !== undefined) pieces.push({ is: 'term', text: shown, term: term ?? shown })
    else pieces.push({ is: 'number', name: name! })
    at = mark.index + whole.length
  }
  if (at < text.length) pieces.push({ is: 'text', text: text.slice(at) })
  return pieces
}

/** The text as it is read, with this in place of each number. */
export const plain = (text: string, number: (name: string) => string): string =>
  piecesOf(text)
    .map((piece) => (piece.is === 'number' ? number(piece.name) : piece.text))
    .join('')
