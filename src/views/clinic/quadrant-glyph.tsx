interface Props {
  /** Quadrant of PRESENT × bit 8. */
  readonly quadrant: number
  readonly size: number
}

/** The 2×2 with one square filled: PRESENT 1 above 0, bit 8 0 left of 1. A drawing; words beside it say the same. */
export function QuadrantGlyph({ quadrant, size }: Props) {
  const cell = size / 2
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} aria-hidden="true" className="clinic-glyph">
      {[2, 3, 0, 1].map((each, place) => (
        <rect
          key={each}
          data-on={each === quadrant}
          x={(place & 1) * cell + 1.5}
          y={(place >> 1) * cell + 1.5}
          width={cell - 3}
          height={cell - 3}
        />
      ))}
    </svg>
  )
}
