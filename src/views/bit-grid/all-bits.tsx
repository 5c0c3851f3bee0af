import type { KeyboardEvent } from 'react'
import { PRESENT, bitOf, has } from '../../arch/pte'
import type { Pte } from '../../arch/pte'
import { BitCell } from './bit-cell'
import { isFrameBit, toneOf } from './bit-name'
import { useRovingBits } from './roving-bits'

export interface AllBitsProps {
  readonly id: string
  readonly label: string
  readonly entry: Pte
  readonly byXen: readonly number[]
  readonly changed: readonly number[]
  readonly animate: boolean
  readonly onFlip: (bit: number) => void
  readonly onWhy: (bit: number) => void
  readonly onClose: () => void
}

/** Bits 63 to 0 in four rows of sixteen; the lowest twelve stand in the columns of the table. */
const ROWS: readonly (readonly number[])[] = [63, 47, 31, 15].map((top) =>
  Array.from({ length: 16 }, (_, place) => top - place),
)

/** Every bit of one word as a button, the frame number in a bracket. */
export function AllBits({ id, label, entry, byXen, changed, animate, onFlip, onWhy, onClose }: AllBitsProps) {
  const roving = useRovingBits(ROWS, 63, onFlip, onWhy)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Escape') return roving.box.onKeyDown(event)
    event.stopPropagation()
    // The panel goes away with the focus in it: hand the focus to the button that opened it.
    document.querySelector<HTMLElement>(`[aria-controls="${id}"]`)?.focus()
    onClose()
  }
  return (
    <div
      id={id}
      role="group"
      aria-label={`${label}, all 64 bits`}
      className="all-bits"
      {...roving.box}
      onKeyDown={onKeyDown}
    >
      {ROWS.map((bits) => (
        <div key={bits[0]} className="all-bits-row">
          <span className="all-bits-range">{rangeWords(bits)}</span>
          {bits.map((bit) => (
            <span key={bit} className={`all-bits-cell${frameClass(bit)}`}>
              <span className="all-bits-number" aria-hidden="true">
                {bit}
              </span>
              <BitCell
                bit={bit}
                value={bitOf(entry, bit)}
                present={has(entry, PRESENT)}
                size="small"
                tone={toneOf(bit)}
                byXen={byXen.includes(bit)}
                changed={changed.includes(bit)}
                animate={animate}
                tabIndex={roving.stop === bit ? 0 : -1}
              />
            </span>
          ))}
        </div>
      ))}
    </div>
  )
}

function rangeWords(bits: readonly number[]): string {
  const frame = bits.filter(isFrameBit)
  return frame.length > 0 ? `frame ${frame[0]}–${frame.at(-1)}` : `bits ${bits[0]}–${bits.at(-1)}`
}

function frameClass(bit: number): string {
  if (!isFrameBit(bit)) return ''
  return bit === 51 ? ' in-frame frame-begins' : bit === 12 ? ' in-frame frame-ends' : ' in-frame'
}
