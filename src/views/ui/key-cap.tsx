// Arrows are drawn: the fonts are cut to the signs in use, and a system font would leak in.
const ARROWS: Readonly<Record<string, { readonly path: string; readonly spoken: string }>> = {
  ArrowLeft: { path: 'M12 7H2.5M6.5 3l-4 4 4 4', spoken: 'left arrow' },
  ArrowRight: { path: 'M2 7h9.5M7.5 3l4 4-4 4', spoken: 'right arrow' },
  ArrowUp: { path: 'M7 12V2.5M3 6.5l4-4 4 4', spoken: 'up arrow' },
  ArrowDown: { path: 'M7 2v9.5M3 7.5l4 4 4-4', spoken: 'down arrow' },
}

/** A key to press, as it looks on the keyboard. `name` is a key name as in KeyboardEvent.key. */
export function KeyCap({ name }: { readonly name: string }) {
  const arrow = ARROWS[name]
  return (
    <kbd className="inline-flex h-[24px] min-w-[24px] items-center justify-center rounded-tag border border-ink-2 px-1 text-note text-ink">
      {arrow ? (
        <>
          <svg viewBox="0 0 14 14" width="14" height="14" fill="none" aria-hidden="true">
            <path d={arrow.path} stroke="currentColor" strokeWidth="1.5" />
          </svg>
          <span className="sr-only">{arrow.spoken}</span>
        </>
      ) : (
        name
      )}
    </kbd>
  )
}
