import type { Access } from '../../arch/error-code'
import { holds, type Predicate } from '../../arch/predicate'
import type { Toucher } from '../../machine/choice'
import { entryAt, pageAt, processAt, type Scene } from '../../trace/scene'
import type { Journey, RailId } from './journey'
import { wordsOf } from './labels'
import type { ShortRow } from './short-geometry'
import { stationById, type Station, type StationId } from './stations'

/** What a row of the short path shows. */
export interface ShortRowView {
  readonly station: Station
  readonly passed: boolean
  readonly current: boolean
  readonly text: string
}

interface Words {
  readonly scene: Scene
  readonly journey: Journey
  /** The access that would come next. */
  readonly chosen: Access
  /** Who would make it; the program where nothing is said. */
  readonly by?: Toucher | undefined
  readonly predicate: Predicate
  /** Low half of the entry at hand. */
  readonly word: number
  /** Does the switch say its answer itself? */
  readonly answersAtSwitch: boolean
}

/** The station that stands for a row now, and its words: the name, and the answer where it is a question. */
export function shortRowView(row: ShortRow, words: Words): ShortRowView {
  const { scene, journey, chosen, by } = words
  const met = [...journey.passed].filter((id) => row.stations.includes(id))
  const current = row.stations.includes(journey.at)
  const last = row.passedAs && met.includes(row.passedAs) ? row.passedAs : met.at(-1)
  const station = stationById(current ? journey.at : (last ?? row.aheadAs ?? row.stations[0]!))
  const stored = station.id === 'store' && !current && met.length > 0
  const name = station.id === 'hint' ? `${words.predicate.name}?` : wordsOf(station, scene, chosen, by).name
  const store = scene.machine.platform.id === 'xen' ? 'Xen stores' : 'set_pte'
  const text = stored ? `${store}: …${storedDigits(scene)}` : name + answer(station.id, words)
  return { station, passed: met.length > 0, current, text }
}

/** Rails that are a yes, and rails that are a no, of each question but the switch. */
const ANSWERS: Partial<Record<StationId, readonly [yes: readonly RailId[], no: readonly RailId[]]>> = {
  rights: [['rights>signal'], ['rights>pte']],
  present: [['present>hint'], ['present>anonymous', 'present>file', 'present>swap']],
  same: [['same>write'], ['same>return']],
  write: [['write>protect'], ['write>young']],
}

function answer(id: StationId, { journey, predicate, word, answersAtSwitch }: Words): string {
  if (id === 'hint' && answersAtSwitch) return ''
  if (id === 'hint') return journey.passed.has('hint') ? (holds(predicate, word) ? '  yes' : '  no') : ''
  const [yes, no] = (ANSWERS[id] ?? [[], []]).map((rails) => rails.some((rail) => journey.travelled.has(rail)))
  return yes === no ? '' : yes ? '  yes' : '  no'
}

/** The last four digits of the word that the store has left in memory. */
const storedDigits = (scene: Scene): string =>
  (entryAt(scene, processAt(scene), pageAt(scene)).lo & 0xffff).toString(16).padStart(4, '0')
