import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useCommands } from '../store/use-app'
import { useLetterKeys } from './letter-keys'
import { NOT_KEPT } from './remembered'

const HelpDialog = lazy(() => import('./help-dialog'))

/** The help on keys, fetched when it is first asked for, and whether letters are keys. */
export function useHelp(): { readonly letters: boolean; readonly show: () => void; readonly dialog: ReactNode } {
  const commands = useCommands()
  const [asked, setAsked] = useState(false)
  const [open, setOpen] = useState(false)
  const [letters, setLetters] = useLetterKeys(() => commands.say(NOT_KEPT))
  const show = () => {
    setAsked(true)
    setOpen(true)
  }
  const dialog = asked && (
    <Suspense fallback={null}>
      <HelpDialog open={open} onClose={() => setOpen(false)} letters={letters} onLetters={setLetters} />
    </Suspense>
  )
  return { letters, show, dialog }
}
