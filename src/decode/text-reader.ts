import type { Capture } from './capture'

/** What reads one kind of text, piece by piece; it throws a Refusal. */
export interface TextReader {
  /** Entries read so far. */
  readonly entries: number
  feed(text: string): void
  /** The text has ended. A warning: what was read is whole, but something is missing. */
  end(): { readonly captures: readonly Capture[]; readonly warning: string | null }
}
