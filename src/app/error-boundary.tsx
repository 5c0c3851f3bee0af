import { Component, type ReactNode } from 'react'
import { HOME } from './offline'

interface Props {
  readonly children: ReactNode
}

interface State {
  /** What was thrown while drawing; null while all is well. */
  readonly error: Error | null
}

/** Turns a mistake while drawing into a page that says what to do. The address holds the state, so reloading loses nothing. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(thrown: unknown): State {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main role="alert" className="flex max-w-(--measure) flex-col items-start gap-4 px-4 py-12 lg:px-10">
        <h1 className="text-lead font-semibold">This page could not be drawn</h1>
        <p>
          The mistake is in this program, not in what you did. Where you were is written in the address of the page, so
          reloading brings you back there. If it happens again, open the start page.
        </p>
        <p className="font-mono text-label text-ink-2">{error.message}</p>
        <div className="flex gap-4">
          <button type="button" className="border border-line px-4 py-2" onClick={() => window.location.reload()}>
            Reload
          </button>
          <a href={HOME} className="px-4 py-2 underline">
            Open the start page
          </a>
        </div>
      </main>
    )
  }
}
