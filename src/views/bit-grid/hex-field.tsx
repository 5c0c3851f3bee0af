import { useEffect, useId, useRef, useState } from 'react'
import type { KeyboardEvent } from 'react'
import { groupedHex, type Pte } from '../../arch/pte'

export interface HexFieldProps {
  readonly entry: Pte
  readonly label: string
  /** Why the sent text is no entry, and what to do; null when it was taken. */
  readonly problem: string | null
  readonly onSend: (text: string) => void
  readonly onClose: () => void
}

/** The word as text. Enter sends it, Escape leaves it as it was; a refused text stays to be mended. */
export function HexField({ entry, label, problem, onSend, onClose }: HexFieldProps) {
  const [text, setText] = useState(() => groupedHex(entry))
  const [sent, setSent] = useState<string | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const id = useId()
  const refused = sent !== null && sent === text ? problem : null

  useEffect(() => field.current?.select(), [])
  useEffect(() => {
    if (sent !== null && problem === null) onClose()
  }, [sent, problem, onClose])

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape') onClose()
    if (event.key !== 'Enter') return
    event.preventDefault()
    onSend(text)
    setSent(text)
  }
  return (
    <span className="hex-field">
      <input
        ref={field}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        aria-label={`${label}, hex digits`}
        aria-invalid={refused !== null}
        aria-describedby={id}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
      />
      <span id={id} className="hex-reply">
        {refused ? <strong role="alert">{refused}</strong> : 'Enter stores it, Escape leaves it.'}
      </span>
    </span>
  )
}
