import type { Capture } from '../decode/capture'
import { RECORDED_RUNS } from '../decode/recorded-run-names'
import { RECORDED_STEPS } from '../decode/recorded-step-names'
import type { RecordedScenario } from '../decode/recorded-scenario'
import { RECORDINGS, type Recording } from '../decode/recordings'
import type { AppStore } from './app-store'
import type { Commands } from './commands'

/** All that can be opened beside the modelled scenarios: recorded programs, single steps, and recorded page tables. */
export const OPENABLE: readonly Recording[] = [...RECORDED_RUNS, ...RECORDED_STEPS, ...RECORDINGS]

/** Does a recorded scenario come from the reader, and not with the app? */
export const isOpened = (id: string): boolean => !OPENABLE.some((recording) => recording.id === id)

/** All page tables that come with the app, by the name that each has in the packed text. Read once. */
let loading: Promise<ReadonlyMap<string, Capture>> | null = null
export function loadRecordings(): Promise<ReadonlyMap<string, Capture>> {
  loading ??= readPacked().catch((error: unknown) => {
    loading = null
    throw error
  })
  return loading
}

async function readPacked(): Promise<ReadonlyMap<string, Capture>> {
  const [{ default: text }, { readCapture }] = await Promise.all([
    import('../decode/recordings.txt?raw'),
    import('../decode/capture-reader'),
  ])
  const result = readCapture(text)
  if (!result.ok || result.warning !== null) throw new Error(result.ok ? result.warning! : result.message)
  return new Map(result.captures.map((capture) => [capture.name, capture]))
}

/**
 * Make a recording a scenario that the store knows. False, with a message, where that fails; nothing that the reader had
 * is touched.
 */
export async function fetchRecording(store: AppStore, commands: Commands, recording: Recording): Promise<boolean> {
  if (store.getState().recorded.has(recording.id)) return true
  try {
    commands.addRecorded(await makerOf(recording)(recording))
    return true
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    commands.say(`“${recording.title}” could not be opened: ${reason}. Try again, or choose another scenario.`)
    return false
  }
}

function makerOf(recording: Recording): (recording: Recording) => Promise<RecordedScenario> {
  if (RECORDED_RUNS.includes(recording)) return makeRun
  return RECORDED_STEPS.includes(recording) ? makeStep : makeCapture
}

async function makeStep({ id }: Recording): Promise<RecordedScenario> {
  const [{ default: text }, { readStepFile }, { scenarioOfStep }] = await Promise.all([
    import('../decode/recorded-steps.txt?raw'),
    import('../decode/step-file'),
    import('../decode/step-scenario'),
  ])
  const scenario = scenarioOfStep(readStepFile(text), id)
  if (typeof scenario === 'string') throw new Error(scenario)
  return scenario
}

async function makeCapture(recording: Recording): Promise<RecordedScenario> {
  const [captures, { captureScenario }] = await Promise.all([loadRecordings(), import('../decode/capture-scenario')])
  return captureScenario(captures.get(recording.name)!, recording)
}

async function makeRun(recording: Recording): Promise<RecordedScenario> {
  const [{ default: text }, { readRecordedRuns }, { recordedRunScenario }] = await Promise.all([
    import('../decode/runs-of-2015.json?raw'),
    import('../decode/recorded-runs'),
    import('../decode/recorded-run-scenario'),
  ])
  const { programs, provenance } = readRecordedRuns(text)
  return recordedRunScenario(
    programs.find(({ id }) => id === recording.name)!,
    recording,
    provenance,
  )
}
