import { roomsOf, SHORTCUTS } from '../keys'

/** The keys of the Stage by what they do, at most so many caps each, from the table that binds them. */
const CAPS = 4

const rows = new Map<string, string[]>()
for (const each of SHORTCUTS.filter((shortcut) => roomsOf(shortcut).includes('stage')))
  rows.set(each.does, [...(rows.get(each.does) ?? []), each.cap])

export const LEGEND: readonly { readonly does: string; readonly caps: readonly string[] }[] = [...rows].map(
  ([does, caps]) => ({ does, caps: caps.slice(0, CAPS) }),
)
