import { createStore } from 'zustand/vanilla'
import { CLINIC_DEFAULTS, parseClinicLink, type ClinicLink } from '../clinic/clinic-link'
import { firstEntry, type Choices } from '../clinic/examine'
import type { Paste } from '../clinic/paste'
import { readPaste } from '../clinic/read-paste'
import { readLongPaste } from './long-paste'
import type { Access } from '../arch/error-code'

/** What is in the Clinic. It stays while other rooms are shown, and is written nowhere. */
export interface ClinicState extends ClinicLink {
  readonly entry: number
  readonly paste: Paste
  /** A long text is being read. */
  readonly reading: boolean
}

/** Shorter texts are read while they are typed. */
const LONG = 200_000

export const clinicStore = createStore<ClinicState>(() => ({
  ...CLINIC_DEFAULTS,
  entry: 0,
  paste: readPaste(''),
  reading: false,
}))

const { setState: set, getState: get } = clinicStore

/** Ends the reading of a long text. */
let current: AbortController | null = null

/** Take a text. A long one is read beside the page; until that is done, what was found before stays. */
export function setText(text: string, entry: number | null = null): void {
  current?.abort()
  current = null
  const found = (paste: Paste): Partial<ClinicState> => ({
    paste,
    entry: Math.min(entry ?? firstEntry(paste), Math.max(0, paste.entries.length - 1)),
    reading: false,
  })
  if (text.length <= LONG) {
    set({ text, ...found(readPaste(text)) })
    return
  }
  const { signal } = (current = new AbortController())
  set({ text, reading: true })
  void readLongPaste(text, signal).then((paste) => paste && set(found(paste)))
}

export const selectEntry = (entry: number): void => set({ entry })
export const choose = (choices: Partial<Choices>): void => set({ choices: { ...get().choices, ...choices } })
export const setNextAccess = (access: Access): void => set({ access })

/** Take what an address carries, if it carries anything. Tells what of it was not understood. */
export function followClinicLink(hash: string): readonly string[] {
  const parsed = parseClinicLink(hash)
  if (!parsed) return []
  const { link, messages } = parsed
  set({ choices: link.choices, access: link.access })
  setText(link.text, link.entry)
  return messages
}
