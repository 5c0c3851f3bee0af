import type { ReactNode } from 'react'

interface Props {
  readonly href: string
  readonly children: ReactNode
}

/** A link out of the app, in a tab of its own. Nothing is fetched before the reader follows it. */
export function OutwardLink({ href, children }: Props) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className="underline decoration-line underline-offset-2 hover:decoration-ink"
    >
      {children}
      <span className="sr-only"> (in a new tab)</span>
    </a>
  )
}
