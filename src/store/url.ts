import { RECORDINGS } from '../decode/recordings'
import { choicesOf, EXPLORED, SCENARIOS, toucherOf } from '../machine/scenario'
import { sameRun } from '../trace/replay'
import { linkText, parseLink, type LinkState } from '../trace/link'
import type { AppState, AppStore, Experiment } from './app-store'
import type { Commands } from './commands'
import { columnsDone, cursorOf } from '../trace/lockstep'
import { latest, lockstepOf, playbackOf, scenarioOf } from './derived'
import { fetchRecording, OPENABLE } from './recorded'
import { roomOf } from './rooms'

/**
 * Two changes of the address lie at least this far apart: browsers refuse too many in a row, as dragging along the tape
 * would make them.
 */
const APART_MS = 120

/** The address is the Lab's only there: other rooms have addresses of their own, and leave the Lab as it is. */
const isInLab = (): boolean => roomOf(location.hash) === 'lab'

const KNOWN = {
  scenarios: [...SCENARIOS, ...EXPLORED, ...OPENABLE].map(({ id }) => id),
  recordings: RECORDINGS.map(({ id }) => id),
}

/** The state as a link: what the scenario says by itself is left out. */
export const linkOf = latest((state: AppState): string => {
  const scenario = scenarioOf(state)
  const { tape } = playbackOf(state)
  const untouched = sameRun(state.choices, choicesOf(scenario))
  const choices = untouched ? null : state.choices
  const cursor = state.cursor === tape.ticks.length ? null : state.cursor
  const page = state.page === scenario.page ? null : state.page
  const by = state.by === toucherOf(scenario) ? null : state.by
  return linkText({ ...state, play: false, choices, cursor, page, by, beyond: beyondInLink(state, cursor === null) })
}, Object.is)

/** How far the other world went alone, where that is not what a link means by saying nothing. */
function beyondInLink(state: AppState, atEnd: boolean): number | null {
  if (state.view !== 'compare') return null
  const both = lockstepOf(state)
  const alone = (most: number): number => cursorOf(both, columnsDone(both, state.cursor, most)).beyond
  return alone(state.beyond) === alone(atEnd ? Infinity : 0) ? null : alone(state.beyond)
}

/** The experiment a link asks for, in a scenario that the store knows. */
export function experimentFrom(state: AppState, link: LinkState): Experiment {
  const scenario = scenarioOf({ ...state, scenario: link.scenario })
  const { machine, kernel, numa, other, access, process } = link
  return {
    machine,
    kernel,
    numa,
    other,
    access,
    by: link.by ?? toucherOf(scenario),
    process,
    scenario: scenario.id,
    choices: link.choices ?? choicesOf(scenario),
    page: link.page ?? scenario.page,
    cursor: link.cursor ?? Infinity,
    beyond: link.beyond ?? (link.cursor === null ? Infinity : 0),
  }
}

/** Go where the address points; what it says that is not understood becomes a message. */
async function follow(store: AppStore, commands: Commands, hash: string): Promise<void> {
  const own = /[?&]s=((?:own|word)-[^&]*)/.exec(hash)?.[1]
  // Of a recording that is not here, nothing else in the link means anything.
  if (own && !(await reopen(store, commands, own))) return follow(store, commands, '')
  const { state: link, messages } = parseLink(hash, {
    ...KNOWN,
    scenarios: [...KNOWN.scenarios, ...store.getState().recorded.keys()],
    pages: (id) => pageCount(store.getState(), id),
  })
  messages.forEach(commands.say)
  const recording = OPENABLE.find(({ id }) => id === link.scenario)
  if (recording && !(await fetchRecording(store, commands, recording))) return
  commands.show(link.view)
  commands.askTables(link.tables)
  commands.open(experimentFrom(store.getState(), link))
  if (link.play) commands.playHere()
}

/** Read a reader's own recording once more, if this browser has kept it; a pasted word stands in the link itself. */
async function reopen(store: AppStore, commands: Commands, own: string): Promise<boolean> {
  if (own.startsWith('word-')) return (await import('./pasted-words')).openPastedWord(store, commands, own)
  const { reopenOwn } = await import('./own-captures')
  return reopenOwn(store, commands, own)
}

/** How many pages a scenario has; undefined for a recording that is not here yet. */
function pageCount(state: AppState, id: string): number | undefined {
  if (OPENABLE.some((recording) => recording.id === id) && !state.recorded.has(id)) return undefined
  return playbackOf({ ...state, scenario: id, choices: [] }).machine.pages.length
}

/**
 * Keep address and store in step. Another scenario is a new place in the browser's history; all else replaces the address
 * of the place. Resolves once the address the page came with has been followed.
 */
export async function startUrl(store: AppStore, commands: Commands): Promise<void> {
  let scenario = store.getState().scenario
  let timer: ReturnType<typeof setTimeout> | null = null
  let writtenAt = -Infinity

  const write = (): void => {
    timer = null
    const state = store.getState()
    const link = linkOf(state)
    if (link === location.hash || !isInLab()) return
    writtenAt = performance.now()
    if (state.scenario === scenario) history.replaceState(null, '', link)
    else history.pushState(null, '', link)
    scenario = state.scenario
  }
  // At once where it has been quiet, so that a link copied right after a click is the state on screen; a drag waits.
  const writeSoon = (): void => {
    if (store.getState().playing || timer !== null) return
    const quiet = performance.now() - writtenAt
    // A command may set more than one field: the link is that of the last.
    if (quiet >= APART_MS) queueMicrotask(write)
    else timer = setTimeout(write, APART_MS - quiet)
  }

  await follow(store, commands, isInLab() ? location.hash : '')
  scenario = store.getState().scenario
  write()
  store.subscribe(writeSoon)
  // Reloading or leaving at once must lose nothing.
  addEventListener('pagehide', () => timer !== null && write())
  // A link may lead out of the Lab: the place it leaves is written before, as it stands.
  const leave = ({ target }: MouseEvent): void => {
    if (!(target instanceof Element && target.closest('a[href^="#"]'))) return
    commands.pause()
    write()
  }
  addEventListener('click', leave, true)
  addEventListener('popstate', () => {
    if (!isInLab() || location.hash === linkOf(store.getState())) return
    // The place is where the browser says: what is shown follows, and the address is not written again.
    void follow(store, commands, location.hash).then(() => {
      scenario = store.getState().scenario
    })
  })
}
