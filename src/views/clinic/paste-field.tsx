import { useLayoutEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type ReactNode } from 'react'
import type { Mark } from '../../clinic/paste'

interface Props {
  readonly text: string
  readonly marks: readonly Mark[]
  /** Index of the entry that is looked at. */
  readonly selected: number
  readonly onText: (text: string) => void
  /** Ctrl Enter: into the Lab. */
  readonly onLab: () => void
}

/** Characters that are marked; beyond them the text is plain. */
const MARKED = 30_000

/** The field for the text. What was found in it is marked by a second text that lies below the first, letter on letter. */
export function PasteField({ text, marks, selected, onText, onLab }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  const below = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useLayoutEffect(() => {
    // As wide as the lines of the field are, its scroll bar not counted: else they would break elsewhere.
    const observer = new ResizeObserver(() => setWidth(field.current!.clientWidth + SLACK))
    observer.observe(field.current!)
    return () => observer.disconnect()
  }, [])
  const follow = () => {
    below.current!.style.translate = `0 ${-field.current!.scrollTop}px`
  }
  useLayoutEffect(follow, [text])
  const onPaste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData('text/plain').replaceAll('\r\n', '\n')
    if (pasted.length < LONG) return
    event.preventDefault()
    const { selectionStart, selectionEnd } = event.currentTarget
    onText(text.slice(0, selectionStart) + pasted + text.slice(selectionEnd))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    onLab()
  }
  return (
    <div className="clinic-paste">
      <div ref={below} className="clinic-paste-below" style={{ width }} aria-hidden="true">
        {marked(text, marks, selected)}
        {/* A last line end alone is no line to a browser. */}
        {'\n '}
      </div>
      <textarea
        ref={field}
        aria-label="What your machine printed"
        aria-describedby="clinic-keys"
        value={text}
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        placeholder={PLACEHOLDER}
        onChange={(event) => onText(event.target.value)}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
        onScroll={follow}
      />
    </div>
  )
}

/** Browsers take many thousand lines into a field one by one: a longer paste is put there whole. */
const LONG = 20_000

/** Pixels: a line in pieces is a trifle longer than the same line in one, and must not break where that one just fits. */
const SLACK = 1

const PLACEHOLDER = 'PGD … PTE 80000000032e2965\ncrash> vtop …\n0x8000000062345165'

/** The text in pieces: plain, and marked by what they were understood as. React writes all of it as text. */
function marked(text: string, marks: readonly Mark[], selected: number): ReactNode[] {
  const pieces: ReactNode[] = []
  let at = 0
  for (const { from, to, what, index } of marks) {
    if (to > MARKED) break
    if (from > at) pieces.push(text.slice(at, from))
    const chosen = what === 'entry' && index === selected
    pieces.push(
      <mark key={from} data-what={what} data-selected={chosen || undefined}>
        {text.slice(from, to)}
      </mark>,
    )
    at = to
  }
  pieces.push(text.slice(at, MARKED))
  return pieces
}
