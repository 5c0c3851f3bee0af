import './bit-grid.css'

export type BitSwitchName = 'PRESENT' | 'GLOBAL' | 'PROTNONE'

export interface BitSwitchesProps {
  readonly present: boolean
  readonly global: boolean
  readonly protnone: boolean
  readonly onSwitch: (name: BitSwitchName) => void
  /** What the last switch did, in the words of its name; may be empty. Whoever shows the scene speaks it. */
  readonly reply: string
}

/** Three names as three switches. Two of them are one bit, and the reply says what that leads to. */
export function BitSwitches({ present, global, protnone, onSwitch, reply }: BitSwitchesProps) {
  const switches = [
    ['PRESENT', present],
    ['GLOBAL', global],
    ['PROTNONE', protnone],
  ] as const
  return (
    <div className="bit-switches">
      <div role="group" aria-label="Switch by name" className="bit-switch-row">
        {switches.map(([name, on]) => (
          <button
            key={name}
            type="button"
            role="switch"
            aria-checked={on}
            className="bit-switch"
            onClick={() => onSwitch(name)}
          >
            <span className="bit-switch-track" aria-hidden="true" />
            {name}
          </button>
        ))}
      </div>
      <p className="bit-switch-reply">{reply}</p>
    </div>
  )
}
