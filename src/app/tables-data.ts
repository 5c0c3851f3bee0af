import { useEffect, useMemo, useRef } from 'react'
import { capturedTables } from '../decode/captured-tables'
import type { Capture } from '../decode/capture'
import { RECORDINGS } from '../decode/recordings'
import type { AppState } from '../store/app-store'
import { scenarioOf, sceneOf, settingOf } from '../store/derived'
import { useApp, useRecordings } from '../store/use-app'
import { replay } from '../trace/replay'
import { sameMoment } from '../trace/same-moment'
import { childAlive, sceneAt, type Scene } from '../trace/scene'
import { sceneTables } from '../trace/scene-tables'
import type { TableSet } from '../trace/table-set'
import { OTHER_MACHINE, type WordSource } from '../trace/tables-input'

/** The process that the squares show. */
export interface Shown {
  readonly set: TableSet
  readonly scene: Scene
  readonly process: 0 | 1
  /** Whose words: the recording's, or the run's. */
  readonly words: WordSource
  readonly recorded: boolean
}

/** The recorded tables of a scenario; undefined for one without, be it modelled or a recorded run. */
const captureOf = (state: AppState, id: string): Capture | undefined => state.recorded.get(id)?.capture

/** The Lab's process: as recorded while nothing has happened to it, else as it is at the cursor. */
export function useShown(): Shown {
  const scene = useApp(sceneOf)
  const chosen = useApp((state) => state.process)
  const capture = useApp((state) => captureOf(state, state.scenario))
  const asked = useApp((state) => state.tables.words)
  const process = chosen === 1 && childAlive(scene) ? 1 : 0
  const begun = scene.tape.ticks.length > 0
  const words = capture ? (asked ?? (begun ? 'run' : 'recorded')) : 'run'
  const recorded = useMemo(() => capture && capturedTables(capture), [capture])
  const live = useMemo(() => sceneTables(scene, process), [scene, process])
  const set = words === 'recorded' && recorded ? recorded : live
  return useMemo(
    () => ({ set, scene, process, words, recorded: recorded !== undefined }),
    [set, scene, process, words, recorded],
  )
}

/** What can be compared with, by id. */
export interface BesideOption {
  readonly value: string
  readonly label: string
}

/** The id of the process compared with: the reader's, or the one that fits. */
export function besideId(state: AppState): string {
  if (state.tables.beside !== null) return state.tables.beside
  const capture = captureOf(state, state.scenario)
  if (!capture) return OTHER_MACHINE
  const { platform, name } = capture
  const kind = name.replace(platform, '')
  return RECORDINGS.find((each) => each.machine !== platform && each.name.endsWith(kind))?.id ?? OTHER_MACHINE
}

export function besideOptions(state: Pick<AppState, 'scenario' | 'machine'>): readonly BesideOption[] {
  const other = state.machine === 'xen' ? 'bare metal' : 'Xen PV'
  return [
    { value: OTHER_MACHINE, label: `The same run on ${other}` },
    ...RECORDINGS.filter(({ id }) => id !== state.scenario).map(({ id, title }) => ({ value: id, label: title })),
  ]
}

/** The process compared with; null while its recording is on its way, or could not be had. */
export function useBeside(shown: Shown): TableSet | null {
  const id = useApp(besideId)
  const capture = useApp((state) => captureOf(state, id))
  useFetched(id, capture !== undefined)
  const other = useOtherMachine(id === OTHER_MACHINE, shown)
  return useMemo(() => {
    if (id === OTHER_MACHINE) return other
    return capture ? capturedTables(capture) : null
  }, [id, other, capture])
}

/** Fetches a recording that the reader compares with, once. */
function useFetched(id: string, here: boolean): void {
  const fetchRecording = useRecordings()
  const asked = useRef<string | null>(null)
  const recording = RECORDINGS.find((each) => each.id === id)
  useEffect(() => {
    if (!recording || here || asked.current === id) return
    asked.current = id
    void fetchRecording(recording)
  }, [recording, here, id, fetchRecording])
}

/** The same choices carried out on the other machine, stopped at the same moment. */
function useOtherMachine(wanted: boolean, { scene, process }: Shown): TableSet | null {
  const scenario = useApp(scenarioOf)
  const machine = useApp((state) => (state.machine === 'xen' ? 'bare' : 'xen'))
  const kernel = useApp((state) => state.kernel)
  const numa = useApp((state) => state.numa)
  const choices = useApp((state) => state.choices)
  const playback = useMemo(
    () => (wanted ? replay(scenario, settingOf({ kernel, machine, numa }), choices) : null),
    [wanted, scenario, kernel, machine, numa, choices],
  )
  return useMemo(() => {
    if (!playback) return null
    const there = sceneAt(playback, sameMoment(scene.tape, scene.cursor, playback.tape))
    return sceneTables(there, process)
  }, [playback, scene, process])
}
