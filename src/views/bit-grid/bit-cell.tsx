import { memo, useState } from 'react'
import { bitName } from './bit-name'
import type { BitTone } from './bit-name'
import './bit-grid.css'

export interface BitCellProps {
  readonly bit: number
  readonly value: 0 | 1
  /** PRESENT of the same entry. */
  readonly present: boolean
  readonly size: 'table' | 'small' | 'large'
  readonly tone: BitTone
  /** Set by the hypervisor: hatched. */
  readonly byXen?: boolean
  /** Differs from the step before: framed, the old digit struck. */
  readonly changed?: boolean
  readonly predicted?: boolean
  /** Somebody reads this bit in the shown step. */
  readonly readNow?: boolean
  /** The bit that is being explained. */
  readonly marked?: boolean
  readonly disabled?: boolean
  /** No flag here: the row is a swap slot or empty. Still a button. */
  readonly dot?: boolean
  /** Drawn only: the container says in words what the bits are. */
  readonly readOnly?: boolean
  /** Off for back, scrub and jump: they show the result at once. */
  readonly animate?: boolean
  readonly tabIndex?: 0 | -1
  /** The page whose entry this bit belongs to, in the table. */
  readonly page?: number | undefined
  /** May be left out where the container listens for clicks on `data-bit`. */
  readonly onFlip?: (bit: number) => void
}

/** One bit: filled when 1, hollow when 0. A click asks for the other value and changes nothing by itself. */
export const BitCell = memo(function BitCell(props: BitCellProps) {
  const { bit, value, present, page, onFlip } = props
  const names = classNames(props)
  if (props.readOnly)
    return (
      <span className={names} aria-hidden="true">
        <BitFaces {...props} />
      </span>
    )
  return (
    <button
      type="button"
      className={names}
      data-bit={bit}
      data-page={page}
      aria-pressed={value === 1}
      aria-current={props.marked ? 'true' : undefined}
      aria-label={bitName({ bit, value, present, byXen: !!props.byXen, noFlag: !!props.dot })}
      disabled={props.disabled}
      tabIndex={props.tabIndex}
      onClick={onFlip && (() => onFlip(bit))}
    >
      <BitFaces {...props} />
    </button>
  )
})

/** The visible part: a window through which the old face leaves while the new one rolls in. */
function BitFaces({ value, size, dot, changed, readNow, animate = false }: BitCellProps) {
  const [shown, setShown] = useState({ value, rolls: false })
  if (shown.value !== value) setShown({ value, rolls: animate })
  const rolls = shown.value === value && shown.rolls
  const digit = (of: 0 | 1) => (size === 'table' || dot ? null : of)
  return (
    <span className="bit-frame" aria-hidden="true">
      <span className="bit-window" data-rolls={rolls ? (value ? 'up' : 'down') : undefined}>
        {rolls && (
          <span key={`old ${value}`} className="bit-face bit-face-old" data-value={1 - value}>
            {digit(value ? 0 : 1)}
          </span>
        )}
        <span key={value} className="bit-face" data-value={value}>
          {digit(value)}
        </span>
      </span>
      {changed && size !== 'table' && !dot && <s className="bit-was">{1 - value}</s>}
      {readNow && <span className="bit-read" />}
    </span>
  )
}

function classNames(props: BitCellProps): string {
  const names = ['bit-cell', `bit-${props.size}`, `bit-tone-${props.tone}`]
  if (props.value === 1) names.push('bit-is-one')
  if (props.bit === 63) names.push('bit-nx')
  for (const flag of ['byXen', 'changed', 'predicted', 'dot', 'marked'] as const)
    if (props[flag]) names.push(`bit-is-${flag.toLowerCase()}`)
  return names.join(' ')
}
