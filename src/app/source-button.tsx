import { lazy, Suspense, useState, type ComponentType, type ReactNode } from 'react'
import type { Kernel } from '../kernel/variants'
import type { Subject } from '../trace/source-sheet'

interface DialogProps {
  readonly subject: Subject
  readonly kernel: Kernel
  readonly onClose: () => void
}

const SourceDialog = lazy<ComponentType<DialogProps>>(() =>
  import('./source-dialog').catch(() => ({ default: NotFetched })),
)

function NotFetched() {
  return <span role="alert"> (The source could not be fetched. Reload the page to try again.)</span>
}

/** The source itself, opened. */
export function SourceOf(props: DialogProps) {
  return (
    <Suspense>
      <SourceDialog {...props} />
    </Suspense>
  )
}

interface Props {
  readonly subject: Subject
  readonly kernel: Kernel
  readonly children: ReactNode
}

/** Text that opens its source: the rule, the file upstream, the commit. */
export function SourceButton({ subject, kernel, children }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        className="cursor-pointer text-left underline decoration-line underline-offset-2 hover:decoration-ink pointer-coarse:min-h-11 pointer-coarse:min-w-11"
        onClick={() => setOpen(true)}
      >
        {children}
      </button>
      {open && <SourceOf subject={subject} kernel={kernel} onClose={() => setOpen(false)} />}
    </>
  )
}
