import { groupedHex, toHex, type Pte } from '../../arch/pte'

/** Sixteen digits in groups of four. `marks` counts digits from the left; those are underlined. */
export function HexLine({ entry, marks }: { readonly entry: Pte; readonly marks: readonly number[] }) {
  const digits = toHex(entry)
  return (
    <span className="hex-line">
      <span className="sr-only">{groupedHex(entry)}</span>
      <span aria-hidden="true">
        {[...digits].map((digit, place) => (
          <span key={place} className={classOf(place, marks)}>
            {digit}
          </span>
        ))}
      </span>
    </span>
  )
}

function classOf(place: number, marks: readonly number[]): string | undefined {
  const names = [place % 4 === 0 && place > 0 ? 'hex-group' : '', marks.includes(place) ? 'hex-mark' : ''].filter(
    Boolean,
  )
  return names.length > 0 ? names.join(' ') : undefined
}
