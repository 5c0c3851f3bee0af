import type { Difference, Side } from '../../trace/difference'
import { LetterPlate } from '../ui/letter-plate'
import './difference-panel.css'

interface Props {
  readonly difference: Difference
  /** Goes to this place in time. */
  readonly onGo: () => void
}

/** Where two worlds differ, with the numbers of each in its own test. */
export function DifferencePanel({ difference, onGo }: Props) {
  const { step, parts, words, a, b } = difference
  return (
    <section aria-label="The difference" className="grid content-start gap-2">
      <h2 className="flex flex-wrap items-center gap-x-2 text-body leading-snug font-semibold">
        <Flag />
        <button
          type="button"
          className="cursor-pointer touch:min-h-11 underline decoration-line underline-offset-4"
          onClick={onGo}
        >
          Step {step}
        </button>
        <span>
          {parts ? 'The worlds part here.' : 'The first difference.'} {words}
        </span>
      </h2>
      <div className="difference-sides">
        <SideRow letter="A" side={a} />
        <SideRow letter="B" side={b} />
      </div>
    </section>
  )
}

const Flag = () => (
  <svg viewBox="0 0 18 14" width="18" height="14" aria-hidden="true" className="fill-ink">
    <path d="M0 0h11l7 7-7 7H0z" />
  </svg>
)

const SideRow = ({
  letter,
  side: { asked, numbers, verdict, next },
}: {
  readonly letter: 'A' | 'B'
  readonly side: Side
}) => (
  <div role="group" aria-label={letter} className="difference-side">
    <LetterPlate letter={letter} />
    <div className="font-mono text-label font-mono">
      <p>{asked}</p>
      {numbers !== '' && <p>{numbers}</p>}
    </div>
    <p className="difference-next text-label">
      {verdict && <strong className="mr-3 font-semibold">{verdict}</strong>}
      {next === '' ? <span className="text-ink-2">and it is over</span> : <span className="text-ink-2">to {next}</span>}
    </p>
  </div>
)
