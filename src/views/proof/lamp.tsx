/**
 * How a statement stands. `narrower`: less holds than was said, or it holds under a condition. `given`: put into the model
 * and not computed. `unfinished`: the search was left off, or is still going on.
 */
export type Standing = 'holds' | 'narrower' | 'given' | 'fails' | 'unfinished'

export const standingOf = (holds: boolean | null): Standing =>
  holds === null ? 'unfinished' : holds ? 'holds' : 'fails'

const WORDS: Record<Standing, string> = {
  holds: 'holds',
  narrower: 'narrower',
  given: 'taken as given',
  fails: 'fails',
  unfinished: 'not finished',
}

/** A lamp that is told by its shape as well: full, half full, hatched, crossed out, or dashed. The word stands beside it, or is only spoken. */
export function Lamp({ standing, silent = false }: { readonly standing: Standing; readonly silent?: boolean }) {
  return (
    <span className="proof-lamp" data-standing={standing}>
      <svg viewBox="0 0 14 14" width="14" height="14" aria-hidden>
        <rect x="1.5" y="1.5" width="11" height="11" />
        {standing === 'narrower' && <path className="proof-lamp-half" d="M1.5 7 H12.5 V12.5 H1.5 Z" />}
        {standing === 'given' && <path d="M2 8 L8 2 M2 12.5 L12.5 2 M7 12.5 L12.5 7" />}
        {standing === 'fails' && <path d="M3 11 L11 3" />}
      </svg>
      {silent ? <span className="sr-only">{WORDS[standing]}</span> : WORDS[standing]}
    </span>
  )
}
