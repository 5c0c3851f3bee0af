/** One state that a square can have. */
export interface LegendItem {
  readonly state: 'set' | 'clear' | 'shut' | 'swap' | 'empty'
  readonly text: string
}

/** What the squares mean, each beside a square as it is drawn. */
export function SquaresLegend({ items, tone }: { readonly items: readonly LegendItem[]; readonly tone: string }) {
  return (
    <ul aria-label="What the squares mean" className={`squares-legend flag-tone-${tone}`}>
      {items.map(({ state, text }) => (
        <li key={state}>
          <span aria-hidden="true" className={`legend-square legend-${state}`} />
          {text}
        </li>
      ))}
    </ul>
  )
}
