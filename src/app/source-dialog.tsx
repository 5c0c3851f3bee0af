import { useEffect, useId, useRef, type KeyboardEvent, type MouseEvent } from 'react'
import { createPortal } from 'react-dom'
import type { Kernel } from '../kernel/variants'
import { sourceSheet, type SourceSheet, type Subject } from '../trace/source-sheet'
import { CommitList, FileLine, Upstream } from '../views/sources/upstream'
import { Button } from '../views/ui/button'
import { Marked } from '../views/ui/marked'
import { ruleById, testsOf } from './rule-books'

interface Props {
  readonly subject: Subject
  readonly kernel: Kernel
  readonly onClose: () => void
}

/** Where a fact on the screen comes from. Escape, Close and a click beside it close it; the focus goes back by itself. */
export default function SourceDialog({ subject, kernel, onClose }: Props) {
  const box = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const sheet = sourceSheet(subject, kernel)
  useEffect(() => {
    const dialog = box.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  // Escape is for this dialog alone, not for what it was opened from.
  const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && event.stopPropagation()
  const onClick = (event: MouseEvent) => event.target === box.current && box.current.close()
  return createPortal(
    // The keys that a click stands for are Escape and the button.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <dialog
      ref={box}
      aria-labelledby={heading}
      className="m-auto max-h-[85dvh] w-2xl max-w-[calc(100vw-2rem)] overflow-y-auto border-2 border-ink bg-bg text-ink backdrop:bg-bg backdrop:opacity-70"
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div className="grid gap-4 p-4 sm:p-6">
        <div className="flex items-start justify-between gap-4">
          <h2 id={heading} className="text-lead font-semibold wrap-anywhere">
            {sheet.title}
          </h2>
          <Button onPress={() => box.current?.close()}>Close</Button>
        </div>
        <Sheet sheet={sheet} kernel={kernel} />
      </div>
    </dialog>,
    document.body,
  )
}

/** What the dialog holds: all that is said about one source. */
export function Sheet({ sheet, kernel }: { readonly sheet: SourceSheet; readonly kernel: Kernel }) {
  const { says, where, rules, commits, at } = sheet
  return (
    <>
      {says.map((text) => (
        <p key={text} className="text-label">
          <Marked text={text} />
        </p>
      ))}
      {where && (
        <p className="text-label">
          <span className="text-ink-2">{where.file.startsWith('xen/') ? 'In Xen: ' : `In ${kernel.name}: `}</span>
          <FileLine place={{ file: where.file, names: [where.function] }} at={where.at ?? at} />
        </p>
      )}
      {commits.length > 0 && <CommitList ids={commits} />}
      {rules.map((id) => (
        <RuleSource key={id} id={id} />
      ))}
    </>
  )
}

function RuleSource({ id }: { readonly id: string }) {
  const rule = ruleById(id)
  if (!rule) return null
  const files = testsOf(id)
  return (
    <section aria-label={`Rule ${id}`} className="grid gap-2 border-t border-rule pt-3">
      <p className="text-label">
        <a href={`#/model?rule=${id}`} className="font-mono font-semibold underline underline-offset-2">
          {id}
        </a>{' '}
        <Marked text={rule.holds} />.
      </p>
      <Upstream rule={rule} />
      {files.length > 0 && <p className="text-note text-ink-2 wrap-anywhere">Checked in {files.join(', ')}</p>}
    </section>
  )
}
