import { useId, useState, type FormEvent } from 'react'
import { Button } from '../ui/button'

interface Props {
  /** Goes to the entry of an address. What is wrong with it, or null. */
  readonly onJump: (text: string) => string | null
  readonly onPrevious: () => void
  readonly onNext: () => void
}

/** To an entry by its address, or to the next one in use. */
export function EntryJump({ onJump, onPrevious, onNext }: Props) {
  const id = useId()
  const [text, setText] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const jump = (event: FormEvent) => {
    event.preventDefault()
    setProblem(onJump(text))
  }
  return (
    <form className="entry-jump" onSubmit={jump}>
      <Button small onPress={onPrevious}>
        Previous in use
      </Button>
      <Button small onPress={onNext}>
        Next in use
      </Button>
      <label htmlFor={id} className="text-label text-ink-2">
        Address
      </label>
      <input
        id={id}
        value={text}
        spellCheck={false}
        autoComplete="off"
        placeholder="0x"
        aria-invalid={problem !== null}
        aria-describedby={problem === null ? undefined : `${id}problem`}
        className="entry-address"
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit" className="entry-go">
        Go
      </button>
      {problem !== null && (
        <p id={`${id}problem`} role="alert" className="text-note text-ink">
          {problem}
        </p>
      )}
    </form>
  )
}
