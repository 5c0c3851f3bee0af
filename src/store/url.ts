import { SCENARIOS } from '../machine/scenario'
import { linkText, parseLink, type LinkState } from '../trace/link'
import type { AppState, AppStore, Experiment } from './app-store'
import type { Commands } from './commands'
import { playbackOf, scenarioOf } from './derived'
import { fetchRecording, RECORDINGS } from './recorded'

/**
 * Two changes of the address lie at least this far apart: browsers refuse too many in a row, as dragging along the tape
 * would make them.
 */
const APART_MS = 120

const KNOWN = { scenarios: [...SCENARIOS, ...RECORDINGS].map(({ id }) => id) }

/** The state as a link: what the scenario says by itself is left out. */
export function linkOf(state: AppState): string {
  const scenario = scenarioOf(state)
  const { tape, opening } = playbackOf(state)
  const untouched = opening === scenario.opening.length && tape.choices.length === opening
  const choices = untouched ? null : state.choices
  const cursor = state.cursor === tape.ticks.length ? null : state.cursor
  const page = state.page === scenario.page ? null : state.page
  return linkText({ ...state, choices, cursor, page })
}

/** The experiment a link asks for, in a scenario that the store knows. */
function experimentFrom(state: AppState, link: LinkState): Experiment {
  const scenario = scenarioOf({ ...state, scenario: link.scenario })
  return {
    ...link,
    scenario: scenario.id,
    choices: link.choices ?? scenario.opening,
    page: link.page ?? scenario.page,
    cursor: link.cursor ?? Infinity,
  }
}

/** Go where the address points; what it says that is not understood becomes a message. */
async function follow(store: AppStore, commands: Commands, hash: string): Promise<void> {
  const { state: link, messages } = parseLink(hash, {
    ...KNOWN,
    pages: (id) => pageCount(store.getState(), id),
  })
  messages.forEach(commands.say)
  const recording = RECORDINGS.find(({ id }) => id === link.scenario)
  if (recording && !(await fetchRecording(store, commands, recording))) return
  commands.open(experimentFrom(store.getState(), link))
}

/** How many pages a scenario has; undefined for a recording that is not here yet. */
function pageCount(state: AppState, id: string): number | undefined {
  if (RECORDINGS.some((recording) => recording.id === id) && !state.recorded.has(id)) return undefined
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
    if (link === location.hash) return
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

  await follow(store, commands, location.hash)
  scenario = store.getState().scenario
  write()
  store.subscribe(writeSoon)
  // Reloading or leaving at once must lose nothing.
  addEventListener('pagehide', () => timer !== null && write())
  addEventListener('popstate', () => {
    if (location.hash === linkOf(store.getState())) return
    // The place is where the browser says: what is shown follows, and the address is not written again.
    void follow(store, commands, location.hash).then(() => {
      scenario = store.getState().scenario
    })
  })
}
