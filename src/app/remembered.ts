const PREFIX = 'one-bit-two-names.'

/** Where something is kept. Asked for each time: a browser may forbid even the question. */
type Where = () => Storage

/** For every later visit. */
const forGood: Where = () => localStorage
/** Until the window is closed; over a reload too. */
export const forThisWindow: Where = () => sessionStorage

/** What was left under this name before; null when there is nothing, or when storage is forbidden. */
export function recall(name: string, where = forGood): string | null {
  try {
    return where().getItem(PREFIX + name)
  } catch {
    return null
  }
}

/** Keeps a setting for the next visit, or forgets it (null). False when storage is forbidden or full: it then holds until the page is closed. */
export function remember(name: string, value: string | null, where = forGood): boolean {
  try {
    if (value === null) where().removeItem(PREFIX + name)
    else where().setItem(PREFIX + name, value)
    return true
  } catch {
    return false
  }
}

/** What the reader is told then. */
export const NOT_KEPT =
  'This browser keeps nothing for this page: what you set here holds until the page is closed. Allow it to store data, or make room, if it should last.'
