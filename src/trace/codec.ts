import type { Access } from '../arch/error-code'
import { fromHex, toHex } from '../arch/pte'
import type { Advice } from '../kernel/advice'
import type { Forgotten } from '../kernel/clear-refs'
import type { Rights } from '../kernel/protection'
import type { Choice, ProcessId } from '../machine/choice'

/** More choices than any run made by hand has; what a text says beyond them is dropped. */
export const CHOICE_LIMIT = 400

const ACCESS: Record<string, Access> = { r: 'read', w: 'write', x: 'exec' }
const ACCESS_LETTER: Record<Access, string> = { read: 'r', write: 'w', exec: 'x' }
const RIGHTS: Record<string, Rights> = { n: 'none', r: 'read', w: 'read-write' }
const RIGHTS_LETTER: Record<Rights, string> = { none: 'n', read: 'r', 'read-write': 'w' }

const ADVICE: Record<string, Advice> = { d: 'dontneed', f: 'free', p: 'pageout' }
const ADVICE_LETTER: Record<Advice, string> = { dontneed: 'd', free: 'f', pageout: 'p' }
/** By the number that is written into clear_refs. */
const FORGOTTEN: Record<number, Forgotten> = { 1: 'accessed', 4: 'soft-dirty' }

/** A run as short text: `w4.f.cw4`. */
export const encodeRun = (choices: readonly Choice[]): string => choices.map(encodeChoice).join('.')

function encodeChoice(choice: Choice): string {
  const child = 'process' in choice && choice.process === 1 ? 'c' : ''
  switch (choice.do) {
    case 'access':
      return `${choice.second ? 't' : ''}${child}${accessLetter(choice)}${choice.page}`
    case 'pin':
      return `${child}g${choice.page}${choice.force ? PIN_LETTER[choice.access].toUpperCase() : PIN_LETTER[choice.access]}`
    case 'exec':
      return `${child}e${choice.page}`
    case 'kill':
      return `${child}z`
    case 'fork':
      return 'f'
    case 'exit':
      return 'q'
    case 'scan':
      return `s${choice.page}`
    case 'mprotect':
      return `m${choice.page}${RIGHTS_LETTER[choice.rights]}`
    case 'reclaim':
      return `o${choice.page}`
    case 'madvise':
      return `a${choice.page}${ADVICE_LETTER[choice.advice]}`
    case 'writeback':
      return `l${choice.page}`
    case 'munmap':
      return `u${choice.page}`
    case 'grant':
      return `d${choice.page}`
    case 'clear-refs':
      return `y${choice.what === 'accessed' ? 1 : 4}`
    case 'flip':
      return `${child}b${choice.page}-${choice.bit}`
    case 'poke':
      return `${child}k${choice.page}-${toHex(choice.word).replace(/^0+(?=.)/, '')}`
    case 'store':
      return `${child}p${choice.page}`
    case 'hold':
      return `${choice.second ? 't' : ''}h${choice.ticks}`
  }
}

const PIN_LETTER = { read: 'r', write: 'w' } as const

/** A capital letter: the kernel does it for the program. */
const accessLetter = ({ access, byKernel }: Extract<Choice, { do: 'access' }>): string =>
  byKernel ? ACCESS_LETTER[access].toUpperCase() : ACCESS_LETTER[access]

/** What a text says was chosen, and what of it could not be used. */
export interface DecodedRun {
  readonly choices: readonly Choice[]
  readonly problem?: string
}

/** The inverse of `encodeRun`. Never throws: what is not understood is dropped and named. `pages` is how many pages there are. */
export function decodeRun(text: string, pages = Infinity): DecodedRun {
  const tokens = text === '' ? [] : text.split('.')
  const kept = tokens.slice(0, CHOICE_LIMIT).map((token) => [token, decodeChoice(token, pages)] as const)
  const choices = kept.flatMap(([, choice]) => (choice ? [choice] : []))
  const dropped = kept.flatMap(([token, choice]) => (choice ? [] : [token]))
  const problem = problemText(dropped, tokens.length - kept.length)
  return problem ? { choices, problem } : { choices }
}

function problemText(dropped: readonly string[], beyond: number): string {
  const quoted = dropped.slice(0, 3).map((token) => `“${token.slice(0, 20)}”`)
  const more = dropped.length > 3 ? ` and ${dropped.length - 3} more` : ''
  const unknown =
    dropped.length > 0
      ? `The run in this link has ${quoted.join(', ')}${more}, which is no step here. It was left out.`
      : ''
  const long = beyond > 0 ? `The run is cut after ${CHOICE_LIMIT} choices.` : ''
  return [unknown, long].filter(Boolean).join(' ')
}

const TOKEN = /^(t?)(c?)([rwxRWfqsmobkphauygzeld])(\d{0,5})(?:([nrwdfpRW])|-([0-9a-f]{1,16}))?$/

/** One choice; null for a token that is none. */
function decodeChoice(token: string, pages: number): Choice | null {
  const match = TOKEN.exec(token)
  if (!match) return null
  const [, t, c, letter, number, suffix, operand] = match
  const process: ProcessId = c ? 1 : 0
  const page = number === '' ? -1 : Number(number)
  const made = choiceOf(letter!, process, page, suffix, operand)
  const choice = made && t && (made.do === 'access' || made.do === 'hold') ? { ...made, second: true as const } : made
  // A token that says more than its choice needs was meant for another version.
  const exact = choice && encodeChoice(choice) === token
  return exact && !('page' in choice && choice.page >= pages) ? choice : null
}

function pinOf(process: ProcessId, page: number, letter: string): Choice | null {
  const access = letter.toLowerCase() === 'w' ? 'write' : letter.toLowerCase() === 'r' ? 'read' : null
  if (!access) return null
  const pin: Choice = { do: 'pin', process, page, access }
  return letter < 'a' ? { ...pin, force: true } : pin
}

function choiceOf(
  letter: string,
  process: ProcessId,
  number: number,
  suffix: string | undefined,
  operand: string | undefined,
): Choice | null {
  if (letter === 'f') return { do: 'fork' }
  if (letter === 'q') return { do: 'exit' }
  if (letter === 'z') return { do: 'kill', process }
  if (number < 0) return null
  if (letter === 'h') return { do: 'hold', ticks: number }
  if (letter === 'y') return FORGOTTEN[number] ? { do: 'clear-refs', what: FORGOTTEN[number] } : null
  const page = number
  switch (letter) {
    case 's':
      return { do: 'scan', page }
    case 'o':
      return { do: 'reclaim', page }
    case 'p':
      return { do: 'store', process, page }
    case 'm':
      return RIGHTS[suffix ?? ''] ? { do: 'mprotect', page, rights: RIGHTS[suffix!]! } : null
    case 'a':
      return ADVICE[suffix ?? ''] ? { do: 'madvise', page, advice: ADVICE[suffix!]! } : null
    case 'u':
      return { do: 'munmap', page }
    case 'd':
      return { do: 'grant', page }
    case 'l':
      return { do: 'writeback', page }
    case 'g':
      return suffix ? pinOf(process, page, suffix) : null
    case 'e':
      return { do: 'exec', process, page }
    case 'R':
    case 'W':
      return { do: 'access', process, page, access: ACCESS[letter.toLowerCase()]!, byKernel: true }
    case 'b':
      return operand && Number(operand) < 64 ? { do: 'flip', process, page, bit: Number(operand) } : null
    case 'k':
      return operand ? { do: 'poke', process, page, word: fromHex(operand)! } : null
    default:
      return { do: 'access', process, page, access: ACCESS[letter]! }
  }
}
