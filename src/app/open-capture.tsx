import './open-capture.css'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useApp, useCommands } from '../store/use-app'
import { useRoom } from './use-room'
import { PASTED, type Wanted } from './wanted-file'

const OpenDialog = lazy(async () => ({ default: (await import('./open-dialog')).OpenDialog }))

/** Where a reader's own recording is opened: when it is asked for, a file dropped on the page, or text pasted outside of a field. */
export function OpenCapture() {
  const asked = useApp((state) => state.askedForFile)
  const commands = useCommands()
  const [wanted, setWanted] = useState<Wanted | null>(null)
  // Fetched when it is first asked for, and there from then on, so that the focus can go back.
  const [fetched, setFetched] = useState(false)
  if (asked && !fetched) setFetched(true)
  const take = (next: Wanted) => {
    setWanted(next)
    commands.askForFile(true)
  }
  // The Lab stays while another room is shown: what is dropped or pasted there is not for it.
  const here = useRoom() === 'lab'
  return (
    <>
      {here && <Catcher onCaught={take} />}
      {fetched && (
        <Suspense>
          <OpenDialog
            open={asked}
            wanted={wanted}
            onClose={() => {
              setWanted(null)
              commands.askForFile(false)
            }}
          />
        </Suspense>
      )}
    </>
  )
}

/** Catches what is dropped on the page, or pasted outside of a field. */
function Catcher({ onCaught }: { readonly onCaught: (wanted: Wanted) => void }) {
  const dropping = useDrop(onCaught)
  usePaste(onCaught)
  return dropping && <p className="drop-target">Drop the file to open it</p>
}

/** True while files are dragged over the page. */
function useDrop(take: (wanted: Wanted) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const hasFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files')
    const onOver = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(true)
    }
    // Between two elements of the page there is always another one that is entered.
    const onLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false)
    const onDrop = (event: DragEvent) => {
      if (!hasFile(event)) return
      event.preventDefault()
      setOver(false)
      const wanted = wantedFrom(event.dataTransfer)
      if (wanted) take(wanted)
    }
    addEventListener('dragover', onOver)
    addEventListener('dragleave', onLeave)
    addEventListener('drop', onDrop)
    return () => {
      removeEventListener('dragover', onOver)
      removeEventListener('dragleave', onLeave)
      removeEventListener('drop', onDrop)
    }
  }, [take])
  return over
}

/** Elements that take pasted text themselves. */
const TAKES_TEXT = 'input, textarea, [contenteditable]'

function usePaste(take: (wanted: Wanted) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest(TAKES_TEXT)) return
      const wanted = wantedFrom(event.clipboardData)
      if (wanted) take(wanted)
    }
    addEventListener('paste', onPaste)
    return () => removeEventListener('paste', onPaste)
  }, [take])
}

/** The first file, or else the text, of what was dropped or pasted. */
function wantedFrom(data: DataTransfer | null): Wanted | null {
  const file = data?.files[0]
  if (file) return { title: file.name, file }
  const text = data?.getData('text/plain') ?? ''
  return text.trim() === '' ? null : { title: PASTED, file: new Blob([text]) }
}
