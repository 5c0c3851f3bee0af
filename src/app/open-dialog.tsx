import { useEffect, useId, useRef, useState } from 'react'
import type { Capture } from '../decode/capture'
import { grouped } from '../decode/refusal'
import { forgetFile, keptFiles, type KeptFile } from '../store/kept-files'
import { openFile } from '../store/open-file'
import { freshFileId, keepOwn, showOwn } from '../store/own-captures'
import type { Progress } from '../store/read-capture'
import { useCommands } from '../store/use-app'
import { Button } from '../views/ui/button'
import { Dialog } from '../views/ui/dialog'
import { PASTED, type Wanted } from './wanted-file'

interface Props {
  readonly open: boolean
  /** What was dropped or pasted; null where the dialog has to ask. */
  readonly wanted: Wanted | null
  readonly onClose: () => void
}

/** What the dialog is doing. */
type Phase =
  | { readonly is: 'asking'; readonly problem: string | null }
  | { readonly is: 'reading'; readonly title: string; readonly progress: Progress }
  | { readonly is: 'incomplete'; readonly warning: string; readonly open: () => void }

/** Opens a reader's own recording: from a file, dropped, pasted, or kept from before. */
export function OpenDialog({ open, wanted, onClose }: Props) {
  return (
    <Dialog title="Open a recording" open={open} onClose={onClose}>
      <Opening wanted={wanted} onDone={onClose} />
    </Dialog>
  )
}

/** What the dialog holds while it is open; what it reads ends with it. */
function Opening({ wanted, onDone }: { readonly wanted: Wanted | null; readonly onDone: () => void }) {
  const { phase, read, cancel } = useReading(onDone)
  useEffect(() => {
    if (wanted) read(wanted)
    // A new file begins anew; another identity of `read` does not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted])
  if (phase.is === 'reading') return <Reading {...phase} onCancel={cancel} />
  if (phase.is === 'incomplete') return <Incomplete {...phase} onCancel={cancel} />
  return <Asking problem={phase.problem} onRead={read} />
}

/** A reading that can be started, watched and cancelled. */
function useReading(onDone: () => void) {
  const commands = useCommands()
  const [phase, setPhase] = useState<Phase>({ is: 'asking', problem: null })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])

  const show = ({ id, title, file }: Wanted, captures: readonly Capture[]) => {
    const known = id ?? freshFileId()
    onDone()
    if (showOwn(commands, known, title, captures) && id === undefined) void keepOwn(commands, known, title, file)
  }
  const read = (wanted: Wanted) => {
    const { title, file } = wanted
    running.current?.abort()
    const controller = new AbortController()
    running.current = controller
    setPhase({ is: 'reading', title, progress: { share: 0, entries: 0 } })
    const onProgress = (progress: Progress) => setPhase({ is: 'reading', title, progress })
    void openFile(file, onProgress, controller.signal).then((result) => {
      if (controller.signal.aborted) return
      if (!result.ok)
        setPhase({
          is: 'asking',
          problem: 'message' in result ? `“${title}” could not be opened. ${result.message}` : null,
        })
      else if (result.warning === null) show(wanted, result.captures)
      else setPhase({ is: 'incomplete', warning: result.warning, open: () => show(wanted, result.captures) })
    })
  }
  const cancel = () => {
    running.current?.abort()
    setPhase({ is: 'asking', problem: null })
  }
  return { phase, read, cancel }
}

/** Asks for a recording, and says what was wrong with the one before. */
export function Asking({
  problem,
  onRead,
}: {
  readonly problem: string | null
  readonly onRead: (wanted: Wanted) => void
}) {
  return (
    <>
      {problem !== null && (
        <p role="alert" className="border-l-4 border-ink pl-3 text-label wrap-anywhere">
          {problem}
        </p>
      )}
      <p className="text-label">
        A page table as it was read out of a running Linux, or a bare list of its words in hexadecimal digits. It stays
        in this browser: nothing is sent anywhere.
      </p>
      <FileField onRead={onRead} />
      <PasteField onRead={onRead} />
      <Kept onRead={onRead} />
      <p className="text-note text-ink-2">
        <code>docs/capture-format.md</code> describes the format, and <code>tools/capture</code> holds a small kernel
        module that writes it.
      </p>
    </>
  )
}

function FileField({ onRead }: { readonly onRead: (wanted: Wanted) => void }) {
  const id = useId()
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <label htmlFor={id} className="text-label">
        A file, which can also be dropped anywhere on the page:
      </label>
      <input
        id={id}
        type="file"
        className="file-field"
        onChange={({ target }) => {
          const file = target.files?.[0]
          if (file) onRead({ title: file.name, file })
          // The same file can be chosen once more, after it was mended.
          target.value = ''
        }}
      />
    </div>
  )
}

function PasteField({ onRead }: { readonly onRead: (wanted: Wanted) => void }) {
  const [text, setText] = useState('')
  const id = useId()
  const empty = text.trim() === ''
  return (
    <div className="grid gap-2">
      <label htmlFor={id} className="text-label">
        Or paste it here:
      </label>
      <textarea
        id={id}
        rows={4}
        value={text}
        onChange={({ target }) => setText(target.value)}
        placeholder="8000000062345165 0000000062346125 0000000000000000"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        className="border border-line bg-bg-2 p-2 font-mono text-label text-ink placeholder:text-ink-3"
      />
      <div>
        <Button disabled={empty} onPress={() => onRead({ title: PASTED, file: new Blob([text]) })}>
          Read it
        </Button>
      </div>
    </div>
  )
}

/** Files that were opened before, as far as this browser has kept them. */
function Kept({ onRead }: { readonly onRead: (wanted: Wanted) => void }) {
  const [files, setFiles] = useState<readonly KeptFile[]>([])
  useEffect(() => void keptFiles().then(setFiles), [])
  if (files.length === 0) return null
  return (
    <section className="grid gap-2 border-t border-rule pt-3">
      <h3 className="text-label font-semibold">Opened before, kept in this browser</h3>
      <ul className="grid gap-2">
        {files.map((kept) => (
          <li key={kept.id} className="flex flex-wrap items-center gap-2 text-label">
            <span className="mr-auto wrap-anywhere">{kept.title}</span>
            <Button small onPress={() => onRead(kept)}>
              Open
            </Button>
            <Button
              small
              onPress={() => {
                void forgetFile(kept.id).catch(() => {})
                setFiles(files.filter(({ id }) => id !== kept.id))
              }}
            >
              Forget
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface ReadingProps {
  readonly title: string
  readonly progress: Progress
  readonly onCancel: () => void
}

/** How far the reading is. */
export function Reading({ title, progress, onCancel }: ReadingProps) {
  const id = useId()
  return (
    <>
      <label htmlFor={id} className="text-label wrap-anywhere">
        Reading “{title}”: {grouped(progress.entries)} entries so far
      </label>
      <progress id={id} className="read-progress" {...(progress.share === null ? {} : { value: progress.share })} />
      <div>
        <Button onPress={onCancel}>Cancel</Button>
      </div>
    </>
  )
}

interface IncompleteProps {
  readonly warning: string
  readonly open: () => void
  readonly onCancel: () => void
}

/** A recording that was cut short: to be opened as far as it goes, or not. */
export function Incomplete({ warning, open, onCancel }: IncompleteProps) {
  return (
    <>
      <p role="alert" className="border-l-4 border-ink pl-3 text-label">
        {warning}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button primary onPress={open}>
          Open what is there
        </Button>
        <Button onPress={onCancel}>Choose another</Button>
      </div>
    </>
  )
}
