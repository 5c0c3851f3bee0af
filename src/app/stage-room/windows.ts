import type { StageState } from '../../story/stage/stage'

/** What the room sees, as the speaker's window is told. */
export interface WallNow extends Omit<StageState, 'script' | 'shows' | 'spotlight'> {
  /** The script's id: nothing else of it crosses from window to window. */
  readonly script: string
  /** Has the wall left the script? */
  readonly off: boolean
  /** What this browser lacks, a sentence each. */
  readonly missing: readonly string[]
  readonly trim: Trim
}

/** Light and contrast of the picture, in per cent. */
export interface Trim {
  readonly brightness: number
  readonly contrast: number
}

type Told =
  /** From the speaker's window. */
  | { readonly to: 'stage'; readonly says: 'hello' }
  | { readonly to: 'stage'; readonly says: 'key'; readonly key: string }
  | { readonly to: 'stage'; readonly says: 'go'; readonly index: number }
  | { readonly to: 'stage'; readonly says: 'trim'; readonly trim: Trim }
  | { readonly to: 'stage'; readonly says: 'restart clock' }
  /** From the room's window. */
  | { readonly to: 'speaker'; readonly says: 'now'; readonly now: WallNow }

const NAME = 'one-bit-two-names.talk'

/** A line between the two windows of a talk. */
export interface Line {
  readonly tell: (told: Told) => void
  /** A window that messages go to beside the channel: from a file there is no channel between windows. */
  readonly know: (other: Window | null) => void
  readonly close: () => void
}

/** Opens the line for what is told to this side. Each message is heard once, whichever way it came. */
export function openLine<To extends Told['to']>(
  to: To,
  onTold: (told: Extract<Told, { readonly to: To }>) => void,
): Line {
  const heard = new Set<string>()
  let other: Window | null = null
  const hear = (data: unknown, source: MessageEventSource | null): void => {
    const message = data as { readonly talk?: unknown; readonly id?: unknown; readonly told?: Told } | null
    if (message?.talk !== NAME || typeof message.id !== 'string' || message.told?.to !== to) return
    if (source && 'closed' in source) other = source
    if (heard.has(message.id)) return
    if (heard.size > 200) heard.clear()
    heard.add(message.id)
    onTold(message.told as Extract<Told, { readonly to: To }>)
  }
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(NAME) : null
  const onChannel = ({ data }: MessageEvent): void => hear(data, null)
  const onMessage = ({ data, source }: MessageEvent): void => {
    // Only the window that opened this one, or that this one opened.
    if (source === other || source === window.opener || (source as Window | null)?.opener === window) hear(data, source)
  }
  channel?.addEventListener('message', onChannel)
  addEventListener('message', onMessage)
  return {
    tell(told) {
      const message = { talk: NAME, id: crypto.randomUUID?.() ?? `${Date.now()} ${Math.random()}`, told }
      channel?.postMessage(message)
      if (other && !other.closed) other.postMessage(message, '*')
    },
    know: (window_) => (other = window_),
    close() {
      channel?.close()
      removeEventListener('message', onMessage)
    },
  }
}
