import { ACCESSES, type Access } from '../arch/error-code'
import { kernelById } from '../kernel/variants'
import { TOUCHERS, type Choice, type ProcessId, type Toucher } from '../machine/choice'
import { decodeRun, encodeRun } from './codec'
import type { MachineId } from '../machine/platforms'
import { addressOf, readKeys } from './link-keys'
import type { NumaBalancing } from './replay'
import { TABLES_DEFAULTS, type TablesInput } from './tables-input'
import { TABLES_KEYS, tablesFrom, tablesKeys } from './tables-link'

/** What the Lab shows: one world, two side by side, or the whole page table from afar. */
export const LAB_VIEWS = ['one', 'compare', 'tables'] as const
export type LabView = (typeof LAB_VIEWS)[number]

/** What a run runs on, by ids. */
export interface World {
  readonly machine: MachineId
  readonly kernel: string
  readonly numa: NumaBalancing
}

/** All that a link carries. */
export interface LinkState extends World {
  readonly view: LabView
  readonly scenario: string
  /** The world that this one is compared with. */
  readonly other: World
  /** The access that Step begins next. */
  readonly access: Access
  /** Who makes it. Null: whoever the scenario says. */
  readonly by: Toucher | null
  /** Null: the scenario's own opening. */
  readonly choices: readonly Choice[] | null
  /** Null: the end of the tape. */
  readonly cursor: number | null
  /** Steps that the other world took alone since then. Null: none in the middle of the tape, all at its end. */
  readonly beyond: number | null
  /** Null: the page the scenario shows first. */
  readonly page: number | null
  readonly process: ProcessId
  /** Is it to be played, from the end of the scenario's opening to the cursor? An address that is written says no. */
  readonly play: boolean
  /** What is asked of the tables from afar; written while they are shown. */
  readonly tables: TablesInput
}

/** What a link without a single key says. */
export const LINK_DEFAULTS: LinkState = {
  view: 'one',
  scenario: 'cow',
  machine: 'xen',
  kernel: 'rc0',
  numa: 'on',
  other: { machine: 'xen', kernel: 'rc1', numa: 'on' },
  access: 'write',
  by: null,
  choices: null,
  cursor: null,
  beyond: null,
  page: null,
  process: 0,
  play: false,
  tables: TABLES_DEFAULTS,
}

/** What this build can show. */
export interface Known {
  readonly scenarios: readonly string[]
  /** The scenarios that are recordings. */
  readonly recordings?: readonly string[]
  /** How many pages a scenario has; undefined where that is not known before it is opened. */
  readonly pages?: (scenario: string) => number | undefined
}

const ROOM = '#/lab'
const MACHINES = ['bare', 'xen'] as const
const NUMAS: readonly NumaBalancing[] = ['none', 'off', 'on']
const PROCESSES = ['parent', 'child'] as const

/** A state as the part of an address after `#`; only what differs from the defaults is written. */
export function linkText(state: LinkState): string {
  const keys: (readonly [string, string | number | null])[] = [
    ['z', differs(state, 'view')],
    ['s', differs(state, 'scenario')],
    ['m', differs(state, 'machine')],
    ['k', differs(state, 'kernel')],
    ['n', differs(state, 'numa')],
    ['o', worldText(state.other) === worldText(LINK_DEFAULTS.other) ? null : worldText(state.other)],
    ['a', differs(state, 'access')],
    ['y', state.by],
    ['c', state.process === 1 ? 'child' : null],
    ['p', state.page],
    ['r', state.choices && encodeRun(state.choices)],
    ['t', state.cursor],
    ['u', state.beyond],
    ['g', state.play ? 1 : null],
    ...(state.view === 'tables' ? tablesKeys(state.tables) : []),
  ]
  return addressOf(ROOM, keys)
}

function differs(state: LinkState, key: 'view' | 'scenario' | 'machine' | 'kernel' | 'numa' | 'access'): string | null {
  return state[key] === LINK_DEFAULTS[key] ? null : state[key]
}

const worldText = ({ machine, kernel, numa }: World): string => [machine, kernel, numa].join('-')

/** The inverse of `worldText`; null for a text that names no world. */
function worldOf(text: string): World | null {
  const [machine, kernel, numa, ...rest] = text.split('-') as (string | undefined)[]
  const known =
    isAmong(MACHINES, machine) &&
    kernel !== undefined &&
    kernelById(kernel) &&
    isAmong(NUMAS, numa) &&
    rest.length === 0
  return known ? { machine, kernel, numa } : null
}

const isAmong = <T extends string>(values: readonly T[], value: string | undefined): value is T =>
  values.some((each) => each === value)

/** A link read: a state that can be shown, and a message for each thing it said that cannot. */
export interface ParsedLink {
  readonly state: LinkState
  readonly messages: readonly string[]
}

/** Read a link. Never throws: what is not understood takes its default and gives a message. */
export function parseLink(hash: string, known: Known): ParsedLink {
  const { keys, pick, messages } = readKeys(hash, KEYS)
  const among = (values: readonly string[]) => (value: string) => values.includes(value)
  const d = LINK_DEFAULTS
  const scenario = pick('s', 'a scenario', among(known.scenarios), d.scenario)
  const pages = known.pages?.(scenario) ?? Infinity
  const run = keys.get('r')
  const decoded = run === undefined ? null : decodeRun(run, pages)
  if (decoded?.problem) messages.push(decoded.problem)
  const other = pick('o', 'a world', (text) => worldOf(text) !== null, worldText(d.other))
  const state: LinkState = {
    view: pick('z', 'a view', among(LAB_VIEWS), d.view),
    scenario,
    machine: pick('m', 'a machine', among(MACHINES), d.machine),
    kernel: pick('k', 'a kernel', (id) => kernelById(id) !== undefined, d.kernel),
    numa: pick('n', 'a state of NUMA balancing', among(NUMAS), d.numa),
    other: worldOf(other) ?? d.other,
    access: pick('a', 'an access', among(ACCESSES), d.access),
    by: keys.has('y') ? pick('y', 'someone', among(TOUCHERS), 'program') : null,
    process: pick<'parent' | 'child'>('c', 'a process', among(PROCESSES), 'parent') === 'child' ? 1 : 0,
    choices: decoded?.choices ?? null,
    cursor: numberOf(keys, 't', 'a place in time', 'the end', Infinity, messages),
    beyond: numberOf(keys, 'u', 'a place in the other world’s time', 'none', Infinity, messages),
    page: numberOf(keys, 'p', 'a page', "the scenario's own page", pages, messages),
    play: keys.get('g') === '1',
    tables: tablesFrom(keys, pick, known.recordings ?? []),
  }
  return { state, messages }
}

const KEYS: readonly string[] = ['z', 's', 'm', 'k', 'n', 'o', 'a', 'y', 'c', 'p', 'r', 't', 'u', 'g', ...TABLES_KEYS]

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
