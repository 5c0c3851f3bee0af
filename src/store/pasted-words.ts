import { labWordScenario } from '../clinic/lab-word'
import type { AppStore } from './app-store'
import type { Commands } from './commands'

/** A link that the Clinic made: its word stands in the scenario's id. False, with a message, where it cannot run. */
export function openPastedWord(store: AppStore, commands: Commands, id: string): boolean {
  if (store.getState().recorded.has(id)) return true
  const scenario = labWordScenario(id)
  if (scenario) commands.addRecorded(scenario)
  else commands.say('This link names a pasted word that no machine can be built around. Paste it in the Clinic.')
  return scenario !== null
}
