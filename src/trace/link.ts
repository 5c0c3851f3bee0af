import { ACCESSES, type Access } from '../arch/error-code'
import { kernelById } from '../kernel/variants'
import type { Choice, ProcessId } from '../machine/choice'
import { decodeRun, encodeRun } from './codec'
import type { NumaBalancing } from './replay'

/** All that a link carries. */
export interface LinkState {
  readonly scenario: string
  readonly machine: 'bare' | 'xen'
  readonly kernel: string
  readonly numa: NumaBalancing
  /** The access that Step begins next. */
  readonly access: Access
  /** Null: the scenario's own opening. */
  readonly choices: readonly Choice[] | null
  /** Null: the end of the tape. */
  readonly cursor: number | null
  /** Null: the page the scenario shows first. */
  readonly page: number | null
  readonly process: ProcessId
}

/** What a link without a single key says. */
export const LINK_DEFAULTS: LinkState = {
  scenario: 'cow',
  machine: 'xen',
  kernel: 'rc0',
  numa: 'on',
  access: 'write',
  choices: null,
  cursor: null,
  page: null,
  process: 0,
}

/** Links of this version; a later one may carry what this version does not understand. */
export const LINK_VERSION = 1

/** What this build can show. */
export interface Known {
  readonly scenarios: readonly string[]
  /** How many pages a scenario has; undefined where that is not known before it is opened. */
  readonly pages?: (scenario: string) => number | undefined
}

const ROOM = '#/lab'
const MACHINES = ['bare', 'xen'] as const
const NUMAS: readonly NumaBalancing[] = ['none', 'off', 'on']
const PROCESSES = ['parent', 'child'] as const

/** A state as the part of an address after `#`; only what differs from the defaults is written. */
export function linkText(state: LinkState): string {
  const keys: [string, string | number | null][] = [
    ['s', differs(state, 'scenario')],
    ['m', differs(state, 'machine')],
    ['k', differs(state, 'kernel')],
    ['n', differs(state, 'numa')],
    ['a', differs(state, 'access')],
    ['c', state.process === 1 ? 'child' : null],
    ['p', state.page],
    ['r', state.choices && encodeRun(state.choices)],
    ['t', state.cursor],
  ]
  const said = keys.filter(([, value]) => value !== null)
  if (said.length === 0) return ROOM
  return `${ROOM}?v=${LINK_VERSION}&${said.map(([key, value]) => `${key}=${encodeURIComponent(value!)}`).join('&')}`
}

function differs(state: LinkState, key: 'scenario' | 'machine' | 'kernel' | 'numa' | 'access'): string | null {
  return state[key] === LINK_DEFAULTS[key] ? null : state[key]
}

/** A link read: a state that can be shown, and a message for each thing it said that cannot. */
export interface ParsedLink {
  readonly state: LinkState
  readonly messages: readonly string[]
}

/** Read a link. Never throws: what is not understood takes its default and gives a message. */
export function parseLink(hash: string, known: Known): ParsedLink {
  const messages: string[] = []
  const keys = keysOf(hash, messages)
  const pick = <T extends string>(key: string, what: string, fits: (value: string) => boolean, fallback: T): T => {
    const value = keys.get(key)
    if (value === undefined) return fallback
    if (fits(value)) return value as T
    messages.push(
      `This link names ${what} “${value.slice(0, 40)}” that this version does not know. Showing “${fallback}” instead.`,
    )
    return fallback
  }
  const among = (values: readonly string[]) => (value: string) => values.includes(value)
  const d = LINK_DEFAULTS
  const scenario = pick('s', 'a scenario', among(known.scenarios), d.scenario)
  const pages = known.pages?.(scenario) ?? Infinity
  const run = keys.get('r')
  const decoded = run === undefined ? null : decodeRun(run, pages)
  if (decoded?.problem) messages.push(decoded.problem)
  const state: LinkState = {
    scenario,
    machine: pick('m', 'a machine', among(MACHINES), d.machine),
    kernel: pick('k', 'a kernel', (id) => kernelById(id) !== undefined, d.kernel),
    numa: pick('n', 'a state of NUMA balancing', among(NUMAS), d.numa),
    access: pick('a', 'an access', among(ACCESSES), d.access),
    process: pick<'parent' | 'child'>('c', 'a process', among(PROCESSES), 'parent') === 'child' ? 1 : 0,
    choices: decoded?.choices ?? null,
    cursor: numberOf(keys, 't', 'a place in time', 'the end', Infinity, messages),
    page: numberOf(keys, 'p', 'a page', "the scenario's own page", pages, messages),
  }
  return { state, messages }
}

const KEYS = ['v', 's', 'm', 'k', 'n', 'a', 'c', 'p', 'r', 't']

function keysOf(hash: string, messages: string[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>()
  const query = hash.includes('?') ? hash.slice(hash.indexOf('?') + 1) : ''
  const unknown: string[] = []
  for (const part of query.split('&').filter(Boolean)) {
    const [key = '', ...rest] = part.split('=')
    const value = decoded(rest.join('='))
    if (value === null || !KEYS.includes(key)) unknown.push(part.slice(0, 20))
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
  return keys
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

function numberOf(
  keys: ReadonlyMap<string, string>,
  key: string,
  what: string,
  instead: string,
  end: number,
  messages: string[],
): number | null {
  const value = keys.get(key)
  if (value === undefined) return null
  if (/^\d{1,6}$/.test(value) && Number(value) < end) return Number(value)
  messages.push(`This link names ${what} “${value.slice(0, 20)}” that is not there. Showing ${instead}.`)
  return null
}
