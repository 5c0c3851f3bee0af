import './dialog.css'
import { useEffect, useId, useRef, type MouseEvent, type ReactNode } from 'react'
import { Button } from './button'

interface Props {
  readonly title: string
  readonly open: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A native modal dialog: Escape, its button and a click beside it close it, and the focus goes back where it was. */
export function Dialog({ title, open, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const element = dialog.current
    if (open && !element?.open) element?.showModal()
    if (!open && element?.open) element.close()
  }, [open])
  const onClick = (event: MouseEvent<HTMLDialogElement>) => {
    // Only the backdrop is the dialog itself: its content fills it.
    if (event.target === dialog.current) onClose()
  }
  return (
    // Escape is what closes a dialog without a pointer.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <dialog ref={dialog} aria-labelledby={id} className="dialog" onClose={onClose} onClick={onClick}>
      {open && (
        <div className="dialog-content">
          <div className="dialog-head">
            <h2 id={id} className="text-body font-semibold">
              {title}
            </h2>
            <Button small onPress={onClose}>
              Close
            </Button>
          </div>
          {children}
        </div>
      )}
    </dialog>
  )
}
