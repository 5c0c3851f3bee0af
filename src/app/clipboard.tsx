import { lazy, Suspense, useState, type ReactNode } from 'react'

const CopyDialog = lazy(() => import('./copy-dialog'))

/** What was copied last, and how often anything was: the same thing copied again is said again. */
export interface Copied {
  readonly what: string
  readonly times: number
}

/** How to put a text on the clipboard, what was put there last, and the dialog for browsers that let no page copy. */
export function useClipboard(): {
  readonly copyText: (what: string, text: string) => Promise<void>
  readonly copied: Copied
  readonly dialog: ReactNode
} {
  const [copied, setCopied] = useState<Copied>({ what: '', times: 0 })
  const [byHand, setByHand] = useState<{ readonly what: string; readonly text: string } | null>(null)
  const copyText = async (what: string, text: string) => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(({ times }) => ({ what, times: times + 1 }))
    } catch {
      // Forbidden, or not there at all where the page does not come over https.
      setByHand({ what, text })
    }
  }
  const dialog = byHand && (
    <Suspense fallback={null}>
      <CopyDialog {...byHand} onClose={() => setByHand(null)} />
    </Suspense>
  )
  return { copyText, copied, dialog }
}

/** What was copied: spoken, and shown over the page for a while. */
export const CopiedNote = ({ what, times }: Copied) => (
  <p aria-live="polite" className="copied">
    {times > 0 && <span key={times}>Copied: {what}</span>}
  </p>
)
