import { roomsOf, rowsOf, SHORTCUTS, type KeyRow } from '../keys'

/** So many caps stand for what more keys do as well. */
const CAPS = 4

/** The keys of the Stage by what they do, from the table that binds them. */
export const LEGEND: readonly KeyRow[] = rowsOf(SHORTCUTS.filter((each) => roomsOf(each).includes('stage'))).map(
  ({ does, caps }) => ({ does, caps: caps.slice(0, CAPS) }),
)
