import { SCENARIOS } from '../machine/scenario'
import { linkText, parseLink, type LinkState } from '../trace/link'
import type { AppState, AppStore, Experiment } from './app-store'
import type { Commands } from './commands'
import { playbackOf, scenarioOf } from './derived'
import { fetchRecording, RECORDINGS } from './recorded'

/**
 * The address follows this much later. Writing it takes longer than a step does, so the picture comes first; and browsers
 * refuse too many changes in a row, as dragging along the tape would make them.
 */
const LATER_MS = 120

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

  const write = (): void => {
    timer = null
    const state = store.getState()
    const link = linkOf(state)
    if (link === location.hash) return
    if (state.scenario === scenario) history.replaceState(null, '', link)
    else history.pushState(null, '', link)
    scenario = state.scenario
  }
  const writeSoon = (): void => {
    if (!store.getState().playing) timer ??= setTimeout(write, LATER_MS)
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
