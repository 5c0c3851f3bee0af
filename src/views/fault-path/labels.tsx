import { accessOf, errorCodeText, MODE, type Access } from '../../arch/error-code'
import type { Toucher } from '../../machine/choice'
import { actorAt, type Scene } from '../../trace/scene'
import type { Geometry } from './geometry'
import { stationById, type Station, type StationId } from './stations'

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
  /** Asks for the source of what happens here. By keys the sentence and the room of rules give it. */
  readonly onAsk?: (() => void) | undefined
  /** How much farther than its usual size the mark reaches to either side. */
  readonly reach?: number
}

/** Name and one plain line of a station; pressed, it asks for its source. */
export function StationLabel({ onAsk, ...label }: StationLabelProps) {
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <g className={onAsk ? 'fp-asks' : ''} onClick={onAsk}>
      <LabelText {...label} />
    </g>
  )
}

/** Name and one plain line of a station, where no rail runs. */
function LabelText({ station, geometry, passed, current, name, note, reach = 0 }: Omit<StationLabelProps, 'onAsk'>) {
  const { x, y } = geometry.places[station.id]
  const tone = current ? 'fp-strong' : passed ? '' : 'fp-ahead'
  const small = geometry.tight ? 'fp-small' : ''
  // The ring needs more room than the mark.
  const below = (current ? 34 : 26) + reach
  if (ABOVE.has(station.id)) {
    return (
      <text
        className={`fp-name fp-small ${tone}`}
        x={x}
        y={y - reach - (station.id === 'bug' ? 27 : 14)}
        textAnchor="middle"
      >
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
  const at = { x: left ? x - 22 - reach : x + 24 + reach, textAnchor: left ? ('end' as const) : ('start' as const) }
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
  by: Toucher = 'program',
): { readonly name: string; readonly note: string } {
  const under = scene.outcome.name === 'idle' ? null : scene.words[scene.machine.cpus[actorAt(scene)]!.access]!
  const access = under === null ? chosen : accessOf(under)
  const mode = under === null ? modeOf(by) : scene.words[scene.machine.cpus[actorAt(scene)]!.mode]!
  switch (station.id) {
    case 'access':
      return beginning(access, mode)
    case 'fault': {
      // A pin carries the kind of access as a fault would, but the CPU has raised none.
      const error = mode === MODE.pin ? null : latestError(scene)
      if (error === null) return { name: '#PF', note: '' }
      return { name: `#PF error ${error}`, note: errorCodeText(error) }
    }
    case 'present':
      return { name: 'pte_present?', note: '' }
    case 'elsewhere':
      return { name: operationName(scene), note: '' }
    case 'store':
      return scene.machine.platform.id === 'xen' ? { name: 'Xen stores', note: '' } : { name: 'set_pte', note: '' }
    case 'signal':
      return signalWords(scene)
    default:
      return { name: station.label, note: station.note }
  }
}

/** What else than SIGSEGV may end an access where SIGSEGV would, by the step that does it. */
const OTHER_ENDS: Readonly<Record<string, { readonly name: string; readonly note: string }>> = {
  'SIGKILL ends it': { name: 'SIGKILL', note: 'ends the task' },
  fixup_exception: { name: 'EFAULT', note: 'the system call fails' },
  'corrupted page table': { name: 'pgtable_bad', note: 'a reserved bit is set' },
}

/** Name and note of the station where an access ends without having landed: of what has ended it, once something has. */
export function signalWords({ tick }: Scene): { readonly name: string; readonly note: string } {
  const { label: name, note } = stationById('signal')
  return OTHER_ENDS[tick?.step.name ?? ''] ?? { name, note }
}

/** The mode in which an access of theirs is made. */
const modeOf = (by: Toucher): number => (by === 'pin' ? MODE.pin : by === 'kernel' ? MODE.kernel : MODE.user)

/** Where it begins: an instruction of the program or of the kernel, or none at all. */
function beginning(access: Access, mode: number): { readonly name: string; readonly note: string } {
  if (mode === MODE.pin) return { name: 'get_user_pages', note: 'the pin, no instruction' }
  if (mode === MODE.kernel)
    return { name: access === 'write' ? 'copy_to_user' : 'copy_from_user', note: `${IN_WORDS[access]}, by the kernel` }
  return { name: INSTRUCTION[access], note: `${IN_WORDS[access]}, in user mode` }
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
