import { lazy, Suspense, useState, type ReactNode } from 'react'
import type { AppState } from '../store/app-store'
import type { RoomId } from '../store/rooms'
import { useNow } from '../store/use-app'
import { COPIES, type CopyKind } from './copy-kinds'

const CopyDialog = lazy(() => import('./copy-dialog'))

/** What was copied last, and how often anything was: the same thing copied again is said again. */
export interface Copied {
  readonly what: string
  readonly times: number
}

/** How to copy something of the Lab, or the link of another room, what was copied last, and the dialog for browsers that let no page copy. */
export function useCopy(room: RoomId): {
  readonly copy: (kind: CopyKind) => void
  readonly copied: Copied
  readonly dialog: ReactNode
} {
  const now = useNow()
  const [copied, setCopied] = useState<Copied>({ what: '', times: 0 })
  const [byHand, setByHand] = useState<{ readonly what: string; readonly text: string } | null>(null)
  const copy = async (kind: CopyKind) => {
    const text = room === 'lab' ? await textOf(kind, now()) : location.href
    try {
      await navigator.clipboard.writeText(text)
      setCopied(({ times }) => ({ what: COPIES[kind], times: times + 1 }))
    } catch {
      // Forbidden, or not there at all where the page does not come over https.
      setByHand({ what: COPIES[kind], text })
    }
  }
  const dialog = byHand && (
    <Suspense fallback={null}>
      <CopyDialog {...byHand} onClose={() => setByHand(null)} />
    </Suspense>
  )
  return { copy: (kind) => void copy(kind), copied, dialog }
}

async function textOf(kind: CopyKind, state: AppState): Promise<string> {
  const { copyText } = await import('./copy-texts')
  return copyText(kind, state)
}
