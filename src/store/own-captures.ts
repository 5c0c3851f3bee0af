import type { Capture } from '../decode/capture'
import { captureLook } from '../decode/capture-look'
import { entryNear, firstEntry, partAround } from '../decode/capture-part'
import { captureScenario, pageNear, type CaptureScenario } from '../decode/capture-scenario'
import { grouped } from '../decode/refusal'
import type { AppStore } from './app-store'
import type { Commands } from './commands'
import { keepFile, keptFile } from './kept-files'
import { openFile } from './open-file'

/** Id of a scenario made from a reader's own file: the file, which of its recordings, and the entry that the part is around. */
const OWN_ID = /^own-([0-9a-z]+)\.(\d{1,2})\.(\d{1,7})$/

/** A scenario made from a reader's own file. */
interface Own {
  readonly file: string
  /** Which of the file's recordings. */
  readonly index: number
  /** The entry that the machine's part of the recording is around. */
  readonly entry: number
}

/** What a scenario's id says; null where it is not made from a reader's own file. */
export function ownOf(id: string): Own | null {
  const [, file, index, entry] = OWN_ID.exec(id) ?? []
  return file === undefined ? null : { file, index: Number(index), entry: Number(entry) }
}

/** An id for a file that is opened now; later ones sort behind earlier ones. */
export const freshFileId = (): string => Date.now().toString(36)

/** A part of a recording as a scenario; null where no page of it can run. */
function ownScenario({ file, index, entry }: Own, title: string, capture: Capture): CaptureScenario | null {
  const named = { id: `own-${file}.${index}.${entry}`, title, look: captureLook(capture) }
  const scenario = captureScenario(capture, named, partAround(capture, entry))
  return scenario.pages.length > 0 ? scenario : null
}

/** The recordings of a file as scenarios, each opened where it is most worth a look. */
function scenariosOf(file: string, title: string, captures: readonly Capture[]): readonly CaptureScenario[] {
  return captures.flatMap((capture, index) => {
    const name = captures.length > 1 ? `${title}: ${capture.name || index + 1}` : title
    return ownScenario({ file, index, entry: firstEntry(capture) }, name, capture) ?? []
  })
}

/** Make a file's recordings known, and go to the first of them. False, with a message, where none can run here. */
export function showOwn(commands: Commands, file: string, title: string, captures: readonly Capture[]): boolean {
  const scenarios = scenariosOf(file, title, captures)
  for (const scenario of scenarios) commands.addRecorded(scenario)
  if (scenarios[0]) commands.openScenario(scenarios[0].id)
  else commands.say(`“${title}” holds no page that this machine can run: it runs 4 KiB pages that lie in a mapping.`)
  return scenarios.length > 0
}

/** Keep the file in this browser. Where that fails the reader hears of it, and what is open stays open. */
export async function keepOwn(commands: Commands, id: string, title: string, file: Blob): Promise<void> {
  try {
    await keepFile({ id, title, file })
  } catch (error) {
    const reason = error instanceof Error ? error.name : String(error)
    commands.say(`“${title}” is open, but this browser cannot keep it (${reason}). After a reload, open it once more.`)
  }
}

/** Look at the page of an entry; where the machine holds another part of the recording, go to the part around it. */
export function goToEntry(commands: Commands, scenario: CaptureScenario, entry: number): void {
  const { part, capture, title } = scenario
  const own = ownOf(scenario.id)
  const inside = !own || (entry >= part.first && entry < part.end)
  const there = inside ? scenario : ownScenario({ ...own, entry }, title, capture)
  if (!there) {
    commands.say(`Around entry ${grouped(entry + 1)} no page can run here: this machine runs 4 KiB pages in a mapping.`)
    return
  }
  if (there !== scenario) {
    commands.addRecorded(there)
    commands.openScenario(there.id)
  }
  commands.select(pageNear(there, capture.entries.address[entry]!))
}

/** Look at the page that lies at an address, or at the next one. */
export const goToAddress = (commands: Commands, scenario: CaptureScenario, address: number): void =>
  goToEntry(commands, scenario, entryNear(scenario.capture, address))

/** A link into a reader's own file: read it again if this browser has kept it. False, with a message, if it has not. */
export async function reopenOwn(store: AppStore, commands: Commands, id: string): Promise<boolean> {
  const own = ownOf(id)
  if (!own || store.getState().recorded.has(id)) return own !== null
  const kept = await keptFile(own.file)
  const result = kept && (await openFile(kept.file, () => {}, new AbortController().signal))
  const capture = result?.ok ? result.captures[own.index] : undefined
  const scenario = capture && own.entry < capture.entries.count ? ownScenario(own, kept!.title, capture) : null
  if (!scenario) {
    commands.say(NOT_HERE)
    return false
  }
  commands.addRecorded(scenario)
  return true
}

const NOT_HERE =
  'This link leads into a recording that a reader opened, and this browser does not have it. Open the file itself.'
