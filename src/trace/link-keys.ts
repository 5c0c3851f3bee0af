/** Links of this version; a later one may carry what this version does not understand. */
const LINK_VERSION = 1

/** Takes the value of a key, or the fallback with a message where the value does not fit. */
export type Pick = <T extends string>(key: string, what: string, fits: (value: string) => boolean, fallback: T) => T

/** What an address says behind its question mark. */
export interface LinkKeys {
  readonly keys: ReadonlyMap<string, string>
  readonly pick: Pick
  /** One for each thing that is not understood; `pick` adds its own. */
  readonly messages: string[]
}

/** A room's address with these keys; those that say null are left out. */
export function addressOf(room: string, keys: readonly (readonly [string, string | number | null])[]): string {
  const said = keys.filter(([, value]) => value !== null)
  if (said.length === 0) return room
  return `${room}?v=${LINK_VERSION}&${said.map(([key, value]) => `${key}=${encodeURIComponent(value!)}`).join('&')}`
}

/** The inverse of `addressOf`, for a room that understands these keys. Never throws. */
export function readKeys(hash: string, understood: readonly string[]): LinkKeys {
  const messages: string[] = []
  const keys = new Map<string, string>()
  const query = hash.includes('?') ? hash.slice(hash.indexOf('?') + 1) : ''
  const unknown: string[] = []
  for (const part of query.split('&').filter(Boolean)) {
    const [key = '', ...rest] = part.split('=')
    const value = decoded(rest.join('='))
    if (value === null || (key !== 'v' && !understood.includes(key))) unknown.push(part.slice(0, 20))
    else keys.set(key, value)
  }
  const version = Number(keys.get('v') ?? LINK_VERSION)
  if (version !== LINK_VERSION)
    messages.push('This link was made by another version of this app. What this version understands is shown.')
  if (unknown.length > 0)
    messages.push(
      `This link also says ${unknown
        .slice(0, 3)
        .map((part) => `“${part}”`)
        .join(', ')}, which this version does not understand.`,
    )
  const pick: Pick = <T extends string>(key: string, what: string, fits: (value: string) => boolean, fallback: T) => {
    const value = keys.get(key)
    if (value === undefined) return fallback
    if (fits(value)) return value as T
    messages.push(
      `This link names ${what} “${value.slice(0, 40)}” that this version does not know. Showing “${fallback}” instead.`,
    )
    return fallback
  }
  return { keys, pick, messages }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
