import type { ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  readonly onPress: () => void
  /** The one thing to do next: at most one on a screen. */
  readonly primary?: boolean
  /** Stays focusable, so that a key held down does not lose its button. */
  readonly disabled?: boolean
}

const SHAPE = 'inline-flex h-10 items-center justify-center gap-2 border px-3 text-label font-semibold'
const PLAIN = 'border-line hover:bg-bg-2 hover:shadow-[inset_0_-4px_0_var(--ink)]'
const PRIMARY = 'border-ink bg-ink text-bg hover:shadow-[inset_0_-4px_0_var(--ink-3)] forced-colors:border-4'
const DISABLED = 'cursor-default border-rule text-ink-3 forced-colors:text-[GrayText]'

/** A button in ink: filled for the primary one, outlined for all others. */
export function Button({ children, onPress, primary = false, disabled = false }: Props) {
  const look = disabled ? DISABLED : primary ? PRIMARY : PLAIN
  return (
    <button
      type="button"
      className={`${SHAPE} ${look}`}
      aria-disabled={disabled || undefined}
      onClick={() => !disabled && onPress()}
    >
      {children}
    </button>
  )
}
