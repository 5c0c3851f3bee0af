const PREFIX = 'one-bit-two-names.'

/** What an earlier visit left under this name; null when there is nothing, or when storage is forbidden. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name)
  } catch {
    return null
  }
}

/** Keeps a setting for the next visit, or forgets it (null). False when storage is forbidden or full: it then holds until the page is closed. */
export function remember(name: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(PREFIX + name)
    else localStorage.setItem(PREFIX + name, value)
    return true
  } catch {
    return false
  }
}

/** What the reader is told then. */
export const NOT_KEPT =
  'This browser keeps nothing for this page: what you set here holds until the page is closed. Allow it to store data, or make room, if it should last.'
