import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

interface Props {
  readonly label: string
  /** How many letters of the label stand on the button where room is short; all of it is spoken. */
  readonly shown?: number
  /** Which edge of the button the panel keeps to; at the end it is as narrow as what it holds. */
  readonly at?: 'start' | 'end'
  readonly children: ReactNode
}

const PLACE = { start: 'left-0 w-2xl', end: 'right-0 w-max' }

/** A button that opens a panel below it. Escape and a click elsewhere close it; Escape gives the focus back. */
export function Disclosure({ label, shown = label.length, at = 'start', children }: Props) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (!open) return
    const onPointerDown = ({ target }: PointerEvent) => {
      if (target instanceof Node && !box.current?.contains(target)) setOpen(false)
    }
    document.addEventListener('pointerdown', onPointerDown)
    return () => document.removeEventListener('pointerdown', onPointerDown)
  }, [open])
  const panel = usePanelInWindow(open)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !open) return
    event.stopPropagation()
    setOpen(false)
    box.current?.querySelector('summary')?.focus()
  }
  return (
    <details
      ref={box}
      open={open}
      className="relative text-label"
      onToggle={(event) => setOpen(event.currentTarget.open)}
      onKeyDown={onKeyDown}
    >
      <summary className="flex h-7 cursor-pointer items-center gap-2 border border-line px-2 hover:bg-bg-2 touch:h-11 touch:px-3">
        <span>
          {label.slice(0, shown)}
          <span className="sr-only">{label.slice(shown)}</span>
        </span>
        <svg
          viewBox="0 0 10 6"
          width="10"
          height="6"
          fill="none"
          aria-hidden="true"
          className={open ? 'rotate-180' : ''}
        >
          <path d="M1 1l4 4 4-4" stroke="currentColor" strokeWidth="1.5" />
        </svg>
      </summary>
      {/* Longer than its box on a small screen: then it scrolls, by keys too. */}
      <section
        ref={panel}
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className={`absolute top-full z-4 mt-1 grid max-h-[70vh] max-w-[calc(100vw-2rem)] gap-3 overflow-y-auto border-2 border-ink bg-bg p-4 ${PLACE[at]}`}
      >
        {children}
      </section>
    </details>
  )
}

/** From the panel to the edge of the window, at least. */
const AIR = 16

/** Moves an opened panel that would reach beyond the right edge of the window back into it, however wide the window gets. */
function usePanelInWindow(open: boolean) {
  const panel = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = panel.current
    if (!open || !element) return
    const place = () => {
      element.style.translate = ''
      const beyond = element.getBoundingClientRect().right + AIR - document.documentElement.clientWidth
      if (beyond > 0) element.style.translate = `${-beyond}px`
    }
    place()
    // Once what hangs on the width has been put in its new place.
    const onResize = () => requestAnimationFrame(place)
    addEventListener('resize', onResize)
    return () => removeEventListener('resize', onResize)
  }, [open])
  return panel
}
