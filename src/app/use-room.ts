import { useEffect, useSyncExternalStore } from 'react'
import { roomOf, type RoomId } from '../store/rooms'

const current = (): RoomId => roomOf(location.hash)

/** The room that is drawn, and the one that was drawn last before it. */
let shown: RoomId | null = null
/** How far each room was scrolled when it was left. */
const scrolled = new Map<RoomId, number>()

function subscribe(changed: () => void): () => void {
  const onPlace = () => {
    // The room that is left is still drawn: how far it is scrolled can be seen now.
    if (shown !== null && shown !== current()) scrolled.set(shown, window.scrollY)
    // In a task of its own: whoever pressed the key has had an answer from the browser by then.
    setTimeout(changed)
  }
  addEventListener('popstate', onPlace)
  return () => removeEventListener('popstate', onPlace)
}

/** The room that the address names. */
export const useRoom = (): RoomId => useSyncExternalStore(subscribe, current)

/**
 * Call in what is drawn once a room is there. A reader who comes from another room stands at its heading; one who comes back
 * to the Lab stands at the link that led away, and sees what was seen before.
 */
export function useArrival(room: RoomId): void {
  useEffect(() => {
    const from = shown
    shown = room
    if (from === null || from === room) return
    // What lay over the room that was left is over with it: a modal dialog would keep this one out of reach.
    for (const dialog of document.querySelectorAll<HTMLDialogElement>('dialog[open]')) dialog.close()
    // The room has to be laid out for this: with the frame that shows it, and not beside it.
    requestAnimationFrame(() => standIn(room, from))
  }, [room])
}

function standIn(room: RoomId, from: RoomId): void {
  const link = room === 'lab' ? document.querySelector<HTMLElement>(`nav a[href^="#/${from}"]`) : null
  // On a small screen the links are folded away.
  const target = (link?.checkVisibility() && link) || document.querySelector<HTMLElement>(`[data-room="${room}"] h1`)
  target?.focus({ preventScroll: true })
  window.scrollTo(0, room === 'lab' ? (scrolled.get(room) ?? 0) : 0)
}
