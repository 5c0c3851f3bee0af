import { useEffect, useRef } from 'react'
import { Dialog } from '../views/ui/dialog'

interface Props {
  readonly what: string
  readonly text: string
  readonly onClose: () => void
}

/** The text to copy, selected already, where the browser lets no page put anything on the clipboard. */
export default function CopyDialog({ what, text, onClose }: Props) {
  const field = useRef<HTMLTextAreaElement>(null)
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
  }, [text])
  return (
    <Dialog title={`Copy ${what}`} open onClose={onClose}>
      <p className="text-label">
        This browser does not let the page copy. The text below is selected: press Ctrl C (Cmd C on a Mac), or copy it
        from its menu.
      </p>
      <textarea
        ref={field}
        readOnly
        aria-label={`Text to copy: ${what}`}
        value={text}
        rows={Math.min(14, text.split('\n').length + 1)}
        className="w-full resize-y border border-line bg-bg-2 p-2 font-mono text-label text-ink"
      />
    </Dialog>
  )
}
