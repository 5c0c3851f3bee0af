import { glossary } from '../../story/glossary'
import { piecesOf } from '../../story/text'
import type { BeatData, Known } from '../../story/beat'
import { usePlace, useStory } from './story-context'

interface Props {
  readonly text: string
  readonly numbers?: BeatData['numbers']
  readonly known: Known
}

/** A text of the story: code in code's type, numbers computed, terms that explain themselves when pressed. */
export function Told({ text, numbers, known }: Props) {
  return piecesOf(text).map((piece, index) => {
    // The pieces of a text have no other identity than their place.
    const key = index
    switch (piece.is) {
      case 'code':
        return <code key={key}>{piece.text}</code>
      case 'number':
        return (
          <span key={key} className="whitespace-nowrap">
            {numbers?.[piece.name]?.(known) ?? '…'}
          </span>
        )
      case 'term':
        return <Term key={key} term={piece.term} text={piece.text} />
      case 'text':
        return piece.text
    }
  })
}

function Term({ term, text }: { readonly term: string; readonly text: string }) {
  const story = useStory()
  const open = usePlace((place) => place.term === term)
  const entry = glossary(term)
  return (
    <button
      type="button"
      className="story-term"
      aria-expanded={open}
      onClick={() => story.explain(open ? null : term, open ? null : (entry.bit ?? null))}
    >
      {text}
    </button>
  )
}

/** What the term that was pressed means; nothing while none is. */
export function TermNote() {
  const term = usePlace((place) => place.term)
  if (term === null) return null
  const { title, says } = glossary(term)
  return (
    <p role="status" className="story-term-note">
      <strong>{title}</strong>: {says}
    </p>
  )
}
