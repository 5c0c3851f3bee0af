import { RECORDING_TITLE } from '../decode/recording-title'
import type { AppStore, MachineId } from './app-store'
import type { Commands } from './commands'

/** A recorded process that lies beside the app. */
export interface Recording {
  /** Id of the scenario that it becomes. */
  readonly id: string
  readonly title: string
  /** Address of the file, relative to the page. */
  readonly address: string
  /** The machine that it was recorded on. */
  readonly machine: MachineId
}

/** The recordings that the menu offers. */
export const RECORDINGS: readonly Recording[] = [
  {
    id: 'capture-xen',
    title: RECORDING_TITLE.xen,
    address: 'captures/xen-regions.json',
    machine: 'xen',
  },
  {
    id: 'capture-bare',
    title: RECORDING_TITLE.bare,
    address: 'captures/bare-regions.json',
    machine: 'bare',
  },
]

/**
 * Fetch a recording and make it a scenario that the store knows. False, with a message, where that fails; nothing that
 * the reader had is touched.
 */
export async function fetchRecording(store: AppStore, commands: Commands, recording: Recording): Promise<boolean> {
  if (store.getState().recorded.has(recording.id)) return true
  try {
    const response = await fetch(recording.address)
    if (!response.ok) throw new Error(`the server answered ${response.status}`)
    const [{ parseCapture }, { captureScenario }] = await Promise.all([
      import('../decode/capture'),
      import('../decode/capture-scenario'),
    ])
    const result = parseCapture(await response.text())
    if (!result.ok) {
      commands.say(result.message)
      return false
    }
    commands.addRecorded(captureScenario(result.capture))
    return true
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    commands.say(`“${recording.title}” could not be opened: ${reason}. Try again, or choose another scenario.`)
    return false
  }
}
