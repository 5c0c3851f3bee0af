import { ACCESSES, type Access } from '../arch/error-code'
import { toHex } from '../arch/pte'
import { addressOf, readKeys } from '../trace/link-keys'
import { vmaFrom, vmaText } from './context'
import { ENTRY_LEVELS, type EntryLevel } from './entry-kind'
import { NO_CHOICES, type Choices } from './examine'
import type { Paste } from './paste'
import { linuxReader } from './readers'
import type { MachineId } from '../machine/platforms'

/** All that a link into the Clinic carries. */
export interface ClinicLink {
  readonly text: string
  /** Which of the entries is looked at. Null: the one to be looked at first. */
  readonly entry: number | null
  readonly choices: Choices
  readonly access: Access
}

export const CLINIC_DEFAULTS: ClinicLink = { text: '', entry: null, choices: NO_CHOICES, access: 'write' }

/** Longer texts are not put into an address: only the entry that is looked at is. */
export const LONGEST_IN_LINK = 1500

const ROOM = '#/clinic'

/** A place where nothing is mapped, as a link says it. */
const NO_MAPPING = 'no'

/** What the text leaves open stays open. */
const AS_IT_SAYS = 'as the text says'

/** The address of the Clinic with a text, or with one entry of a long one. `whole` says which. */
export function clinicLink(
  { text, entry, choices, access }: ClinicLink,
  paste: Paste,
): { readonly link: string; readonly whole: boolean } {
  const whole = text.length <= LONGEST_IN_LINK
  const found = paste.entries[entry ?? 0]
  const said = whole ? text : found ? `${found.level} ${toHex(found.word)}` : ''
  const address = addressOf(ROOM, [
    ['t', said || null],
    ['i', whole ? entry : null],
    ['m', choices.machine],
    ['k', choices.linux],
    ['g', choices.vma === 'none' ? NO_MAPPING : choices.vma && vmaText(choices.vma)],
    ['l', choices.level],
    ['a', access === CLINIC_DEFAULTS.access ? null : access],
  ])
  return { link: address, whole }
}

/** The inverse of `clinicLink`. Null where an address says nothing; what is not understood takes its default, and a message says so. */
export function parseClinicLink(
  hash: string,
): { readonly link: ClinicLink; readonly messages: readonly string[] } | null {
  if (!hash.includes('?')) return null
  const { keys, pick, messages } = readKeys(hash, ['t', 'i', 'm', 'k', 'g', 'l', 'a'])
  const asked = <T extends string>(key: string, what: string, fits: (value: string) => boolean): T | null => {
    const value = keys.has(key) ? pick(key, what, fits, AS_IT_SAYS) : AS_IT_SAYS
    return value === AS_IT_SAYS ? null : (value as T)
  }
  const among = (values: readonly string[]) => (value: string) => values.includes(value)
  const index = asked('i', 'an entry', (value) => /^\d{1,6}$/.test(value))
  const vma = asked('g', 'a mapping', (value) => value === NO_MAPPING || vmaFrom(value) !== null)
  const link: ClinicLink = {
    text: keys.get('t') ?? '',
    entry: index === null ? null : Number(index),
    choices: {
      machine: asked<MachineId>('m', 'a machine', among(['bare', 'xen'])),
      linux: asked('k', 'a Linux', (value) => linuxReader(value) !== undefined),
      vma: vma === NO_MAPPING ? 'none' : vma === null ? null : vmaFrom(vma),
      level: asked<EntryLevel>('l', 'a level', among(ENTRY_LEVELS)),
    },
    access: pick('a', 'an access', among(ACCESSES), CLINIC_DEFAULTS.access),
  }
  return { link, messages }
}
