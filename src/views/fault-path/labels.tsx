import { accessOf, errorCodeText, type Access } from '../../arch/error-code'
import { actorAt, type Scene } from '../../trace/scene'
import type { Geometry } from './geometry'
import type { Station, StationId } from './stations'

const INSTRUCTION: Record<Access, string> = { read: 'mov (%rdi),%al', write: 'mov %al,(%rdi)', exec: 'call *%rdi' }
const IN_WORDS: Record<Access, string> = { read: 'the read', write: 'the write', exec: 'the jump' }

/** Stations whose label stands left of them, above or below; all others have it on the right. */
const LEFT = new Set<StationId>(['access', 'ask', 'adjust', 'store', 'count', 'return'])
const ABOVE = new Set<StationId>(['young', 'protect', 'bug'])
const BELOW = new Set<StationId>([
  ...(['anonymous', 'file', 'swap', 'numa', 'same', 'write', 'mkwrite', 'reuse', 'copy'] as const),
  ...(['clear', 'map', 'lands', 'signal', 'elsewhere'] as const),
])

interface StationLabelProps {
  readonly station: Station
  readonly geometry: Geometry
  readonly passed: boolean
  readonly current: boolean
  readonly name: string
  readonly note: string
}

/** Name and one plain line of a station, where no rail runs. */
export function StationLabel({ station, geometry, passed, current, name, note }: StationLabelProps) {
  const { x, y } = geometry.places[station.id]
  const tone = current ? 'fp-strong' : passed ? '' : 'fp-ahead'
  const small = geometry.tight ? 'fp-small' : ''
  // The ring needs more room than the mark.
  const below = current ? 34 : 26
  if (ABOVE.has(station.id)) {
    return (
      <text className={`fp-name fp-small ${tone}`} x={x} y={y - (station.id === 'bug' ? 27 : 14)} textAnchor="middle">
        {name}
      </text>
    )
  }
  if (BELOW.has(station.id)) {
    return (
      <>
        <text className={`fp-name fp-small ${tone}`} x={x} y={y + below} textAnchor="middle">
          {name}
        </text>
        {geometry.notes && (
          <text className="fp-text" x={x} y={y + below + 16} textAnchor="middle">
            {note}
          </text>
        )}
      </>
    )
  }
  const left = LEFT.has(station.id)
  const at = { x: left ? x - 22 : x + 24, textAnchor: left ? ('end' as const) : ('start' as const) }
  const withNote = geometry.notes && note !== ''
  return (
    <>
      <text className={`fp-name ${small} ${tone}`} {...at} y={withNote ? y - 1 : y + 5}>
        {name}
      </text>
      {withNote && (
        <text className="fp-text" {...at} y={y + 15}>
          {note}
        </text>
      )}
    </>
  )
}

/** Name and note of a station in this scene: the access (the one chosen next, if none is under way), the error code. */
export function wordsOf(
  station: Station,
  scene: Scene,
  chosen: Access,
): { readonly name: string; readonly note: string } {
  const under = scene.outcome.name === 'idle' ? null : scene.words[scene.machine.cpus[actorAt(scene)]!.access]!
  const access = under === null ? chosen : accessOf(under)
  switch (station.id) {
    case 'access':
      return { name: INSTRUCTION[access], note: `${IN_WORDS[access]}, in user mode` }
    case 'fault': {
      const error = latestError(scene)
      if (error === null) return { name: '#PF', note: '' }
      return { name: `#PF error ${error}`, note: errorCodeText(error) }
    }
    case 'present':
      return { name: 'pte_present?', note: '' }
    case 'elsewhere':
      return { name: operationName(scene), note: '' }
    case 'store':
      return scene.machine.platform.id === 'xen' ? { name: 'Xen stores', note: '' } : { name: 'set_pte', note: '' }
    default:
      return { name: station.label, note: station.note }
  }
}

/** The error code of the last fault of the operation at the cursor; null before any. */
function latestError(scene: Scene): number | null {
  const cell = scene.machine.cpus[actorAt(scene)]!.error as number
  const choice = scene.tick?.choice
  for (let index = scene.cursor - 1; index >= 0; index--) {
    const tick = scene.tape.ticks[index]!
    if (tick.choice !== choice) return null
    const write = tick.writes.find((each) => each.cell === cell && each.after !== 0)
    if (write) return write.after
  }
  return null
}

/** An operation that is no access, in one word: the sentence says the rest. */
function operationName(scene: Scene): string {
  const choice = scene.tick && scene.tape.choices[scene.tick.choice]
  if (!choice) return ''
  const names: Partial<Record<typeof choice.do, string>> = { reclaim: 'swap out', exit: 'exit', store: 'set_pte' }
  return names[choice.do] ?? choice.do
}
