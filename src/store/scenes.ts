import { SCENARIOS } from '../machine/scenario'
import type { AppStore } from './app-store'
import type { Commands } from './commands'
import { fetchRecording, OPENABLE } from './recorded'

/** All that the scenario menu offers, in its order. */
export const SCENES: readonly { readonly id: string; readonly title: string }[] = [...SCENARIOS, ...OPENABLE]

/** The scene that each store was asked for last. */
const asked = new WeakMap<AppStore, { readonly id: string }>()

/**
 * Open a scene; where a recording cannot be fetched nothing changes, and a message says why. One that arrives after the
 * reader has gone elsewhere stays closed.
 */
export async function openScene(store: AppStore, commands: Commands, id: string): Promise<void> {
  const request = { id }
  asked.set(store, request)
  const from = store.getState().scenario
  const recording = OPENABLE.find((each) => each.id === id)
  if (recording && !(await fetchRecording(store, commands, recording))) return
  if (asked.get(store) === request && store.getState().scenario === from) commands.openScenario(id)
}
