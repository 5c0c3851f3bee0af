import { commit, date, isOneFile, version } from 'virtual:build-facts'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { trustedScript } from '../store/trusted-script'

/** Which build this is: its version, and the day and the name of its newest commit where they are known. */
export const BUILD = { version, date, commit } as const

/** Where the name of the app leads. Below a file there is no page but itself. */
export const HOME = isOneFile ? '#/' : './'

/** All of the app in one file, as an address; null where this page is that file, or was not built. */
export const ONE_FILE = isOneFile || import.meta.env.DEV ? null : './one-bit-two-names.html'

/** Will this page open again without a network? */
export type Offline =
  /** It is one file, which asks for nothing. */
  | 'one file'
  /** The browser keeps all of it. */
  | 'ready'
  /** The browser is fetching what it has not kept yet. */
  | 'fetching'
  /** The browser cannot keep it, or may not. */
  | 'impossible'

export interface OfflineState {
  readonly offline: Offline
  /** A newer version is there whole, and takes over when no page of the app is open any more. */
  readonly isNewerWaiting: boolean
}

const store = createStore<OfflineState>(() => ({
  offline: isOneFile ? 'one file' : 'impossible',
  isNewerWaiting: false,
}))

/** How far the app is with being kept for a time without a network. */
export const useOffline = (): OfflineState => useStore(store)

/** Let the browser keep the app, once the page is there and has time. Disturbs nobody, whatever becomes of it. */
export function startOffline(): void {
  if (isOneFile || import.meta.env.DEV || !('serviceWorker' in navigator)) return
  store.setState({ offline: 'fetching' })
  const begin = (): void => void register().catch(() => store.setState({ offline: 'impossible' }))
  if (document.readyState === 'complete') begin()
  else addEventListener('load', begin, { once: true })
}

async function register(): Promise<void> {
  const registration = await navigator.serviceWorker.register(trustedScript('./service-worker.js'))
  const look = (): void => {
    const { active, waiting, installing } = registration
    const offline = active ? 'ready' : installing || waiting ? 'fetching' : 'impossible'
    store.setState({ offline, isNewerWaiting: Boolean(active && waiting) })
  }
  const follow = (): void => {
    registration.installing?.addEventListener('statechange', look)
    look()
  }
  registration.addEventListener('updatefound', follow)
  follow()
  // The one that waits becomes the active one some time after it was told so.
  await navigator.serviceWorker.ready
  look()
}

/** A file of the app as the browser keeps it, in its newest version; null where it keeps none. Never rejects. */
export async function keptCopy(address: string): Promise<Blob | null> {
  try {
    for (const name of (await caches.keys()).toReversed()) {
      const kept = await (await caches.open(name)).match(address)
      if (kept) return await kept.blob()
    }
  } catch {
    // Storage was taken away since.
  }
  return null
}
