interface Props {
  readonly letter: 'A' | 'B'
  /** Filled: this world is the one meant here. */
  readonly filled?: boolean
}

/** The letter that one of two worlds goes by. Worlds have no colours. */
export const LetterPlate = ({ letter, filled = false }: Props) => (
  <span
    className={`inline-grid size-6 shrink-0 place-items-center border-[1.5px] border-ink text-label leading-none font-semibold ${filled ? 'bg-ink text-bg' : 'bg-bg text-ink'}`}
  >
    {letter}
  </span>
)
