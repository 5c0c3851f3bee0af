import type { ReactNode } from 'react'
import type { AppState } from '../store/app-store'
import type { RoomId } from '../store/rooms'
import { useNow } from '../store/use-app'
import { useClipboard, type Copied } from './clipboard'
import { COPIES, type CopyKind } from './copy-kinds'

/** How to copy something of the Lab, or the link of another room, what was copied last, and the dialog for browsers that let no page copy. */
export function useCopy(room: RoomId): {
  readonly copy: (kind: CopyKind) => void
  readonly copied: Copied
  readonly dialog: ReactNode
} {
  const now = useNow()
  const { copyText, copied, dialog } = useClipboard()
  const copy = async (kind: CopyKind) =>
    copyText(COPIES[kind], room === 'lab' ? await textOf(kind, now()) : location.href)
  return { copy: (kind) => void copy(kind), copied, dialog }
}

async function textOf(kind: CopyKind, state: AppState): Promise<string> {
  const { copyText } = await import('./copy-texts')
  return copyText(kind, state)
}
