import type { ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  readonly onPress: () => void
  /** The one thing to do next: at most one on a screen. */
  readonly primary?: boolean
  /** Stays focusable, so that a key held down does not lose its button. */
  readonly disabled?: boolean
  /** Small: one of many in a row. */
  readonly small?: boolean
}

const SHAPE = 'inline-flex flex-none items-center justify-center border text-label'
const LARGE = 'h-11 gap-2 px-4 font-semibold'
const SMALL = 'h-7 gap-1 px-2 touch:h-11 touch:min-w-11 touch:px-3'
const PLAIN = 'border-line hover:bg-bg-2 hover:shadow-[inset_0_-4px_0_var(--ink)]'
const PRIMARY = 'border-ink bg-ink text-bg hover:shadow-[inset_0_-4px_0_var(--ink-3)] forced-colors:border-4'
const DISABLED = 'cursor-default border-rule text-ink-3 forced-colors:text-[GrayText]'

/** A button in ink: filled for the primary one, outlined for all others. */
export function Button({ children, onPress, primary = false, disabled = false, small = false }: Props) {
  const look = disabled ? DISABLED : primary ? PRIMARY : PLAIN
  return (
    <button
      type="button"
      className={`${SHAPE} ${small ? SMALL : LARGE} ${look}`}
      aria-disabled={disabled || undefined}
      onClick={() => !disabled && onPress()}
    >
      {children}
    </button>
  )
}
