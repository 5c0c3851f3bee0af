/** One number of each of two processes; null where one is still to come. */
export interface Fact {
  readonly name: string
  readonly values: readonly [string | null, string]
}

/** Numbers of two processes side by side, the one compared with first: hollow, then solid. */
export function FactList({
  facts,
  heads,
}: {
  readonly facts: readonly Fact[]
  readonly heads: readonly [string, string]
}) {
  return (
    <dl aria-label="Bit 8 by kind of entry" className="fact-list">
      {facts.map(({ name, values }) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          {heads.map((head, side) => (
            <dd key={head}>
              <span aria-hidden="true" className={`flag-key ${side === 0 ? 'flag-hollow' : 'flag-solid'}`} />
              <span className="sr-only">{head}: </span>
              {values[side] ?? '–'}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  )
}
