import { ACCESSES, type Access } from '../arch/error-code'
import { toHex } from '../arch/pte'
import { vmaFrom, vmaText } from './context'
import { ENTRY_LEVELS } from './entry-kind'
import { NO_CHOICES, type Choices } from './examine'
import type { Paste } from './paste'
import { linuxReader } from './readers'

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

/** The address of the Clinic with a text, or with one entry of a long one. `whole` says which. */
export function clinicLink(
  { text, entry, choices, access }: ClinicLink,
  paste: Paste,
): { readonly link: string; readonly whole: boolean } {
  const whole = text.length <= LONGEST_IN_LINK
  const found = paste.entries[entry ?? 0]
  const said = whole ? text : found ? `${found.level} ${toHex(found.word)}` : ''
  const keys: (readonly [string, string | number | null])[] = [
    ['t', said || null],
    ['i', whole ? entry : null],
    ['m', choices.machine],
    ['k', choices.linux],
    ['g', choices.vma === 'none' ? 'no' : choices.vma && vmaText(choices.vma)],
    ['l', choices.level],
    ['a', access === CLINIC_DEFAULTS.access ? null : access],
  ]
  const query = keys.filter(([, value]) => value !== null).map(([key, value]) => `${key}=${encodeURIComponent(value!)}`)
  return { link: query.length > 0 ? `${ROOM}?${query.join('&')}` : ROOM, whole }
}

/** What an address of the Clinic says; what is not understood takes its default. Null where it says nothing. */
export function parseClinicLink(hash: string): ClinicLink | null {
  if (!hash.includes('?')) return null
  const keys = new Map(
    hash
      .slice(hash.indexOf('?') + 1)
      .split('&')
      .map((part) => [part.slice(0, part.indexOf('=')), decoded(part.slice(part.indexOf('=') + 1))] as const),
  )
  const machine = keys.get('m')
  const linux = keys.get('k') ?? ''
  const vma = keys.get('g')
  const index = keys.get('i') ?? ''
  return {
    text: keys.get('t') ?? '',
    entry: /^\d{1,6}$/.test(index) ? Number(index) : null,
    choices: {
      machine: machine === 'bare' || machine === 'xen' ? machine : null,
      linux: linuxReader(linux) ? linux : null,
      vma: vma === 'no' ? 'none' : vma === undefined ? null : vmaFrom(vma),
      level: ENTRY_LEVELS.find((level) => level === keys.get('l')) ?? null,
    },
    access: ACCESSES.find((access) => access === keys.get('a')) ?? CLINIC_DEFAULTS.access,
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
