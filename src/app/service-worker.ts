/**
 * Keeps every file of the app in the browser, so that it opens without a network. A script of its own: no module imports it,
 * and scripts/offline.mjs fills in what there is to keep.
 *
 * A newer version is fetched whole beside the one in use and waits: it takes over when no page of the app is open any more.
 */

/** Paths of all files, from the folder of this script. */
declare const FILES: readonly string[]
/** Another one for other content of any of them. */
declare const VERSION: string

/** What the types of a page do not know of a service worker. */
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Asked extends Event {
  readonly request: Request
  respondWith(response: Promise<Response>): void
}
interface Scope {
  readonly registration: { readonly scope: string }
  readonly clients: { claim(): Promise<void> }
  addEventListener(type: 'install' | 'activate', hear: (event: Extendable) => void): void
  addEventListener(type: 'fetch', hear: (event: Asked) => void): void
}
const worker = self as unknown as Scope

const { scope } = worker.registration
const { hostname } = new URL(scope)
const PAGE = 'index.html'
const paths = new Set(FILES)

/** Other copies of the app may live at the same host. */
const OURS = `one-bit-two-names ${scope} `
const CACHE = OURS + VERSION

/**
 * On the machine where it is built, another version may be served at any moment, or another program: there the page is asked for
 * first, and what is kept is for the time when nobody serves it.
 */
const isWorkshop = ['localhost', '127.0.0.1', '[::1]'].includes(hostname)

/** Its name changes with its content. */
const isHashed = (path: string): boolean => path.startsWith('assets/')

/** The page is asked for by its folder: some hosts send those who ask for index.html there. */
const addressOf = (path: string): string => new URL(path === PAGE ? './' : path, scope).href

async function keepAll(): Promise<void> {
  const cache = await caches.open(CACHE)
  await Promise.all([...paths].map(async (path) => cache.put(addressOf(path), await fresh(path))))
}

/** What an earlier version has kept already, or the server has. Rejects where there is neither. */
async function fresh(path: string): Promise<Response> {
  const kept = isHashed(path) ? await caches.match(addressOf(path)) : undefined
  if (kept) return kept
  const response = await fetch(addressOf(path), { cache: isHashed(path) ? 'default' : 'reload' })
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  // A browser refuses to show as a page what came by a detour.
  return response.redirected ? new Response(await response.blob(), { headers: response.headers }) : response
}

async function forgetOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(OURS) && name !== CACHE).map((name) => caches.delete(name)))
}

/** Which of the files is asked for; null where it is none. */
function pathAsked({ method, url }: Request): string | null {
  const { origin, pathname } = new URL(url)
  const address = origin + pathname
  if (method !== 'GET' || !address.startsWith(scope)) return null
  const path = address.slice(scope.length) || PAGE
  return paths.has(path) ? path : null
}

async function keptFirst(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(addressOf(path))) ?? fetch(request)
}

worker.addEventListener('install', (event) => event.waitUntil(keepAll()))

// The first visit's page is served by what it has kept, too.
worker.addEventListener('activate', (event) => event.waitUntil(forgetOthers().then(() => worker.clients.claim())))

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const path = pathAsked(request)
  if (path === null) return
  const askFirst = isWorkshop && !isHashed(path)
  event.respondWith(askFirst ? fetch(request).catch(() => keptFirst(path, request)) : keptFirst(path, request))
})
