import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'

interface Props {
  readonly label: string
  readonly children: ReactNode
}

/** A button that opens a panel below it. Escape and a click elsewhere close it; Escape gives the focus back. */
export function Disclosure({ label, children }: Props) {
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
      <summary className="flex h-7 cursor-pointer items-center gap-2 border border-line px-2 hover:bg-bg-2">
        {label}
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
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="absolute top-full left-0 z-3 mt-1 grid max-h-[70vh] w-2xl max-w-[calc(100vw-2rem)] gap-3 overflow-y-auto border-2 border-ink bg-bg p-4"
      >
        {children}
      </section>
    </details>
  )
}
