import { memo } from 'react'
import type { BriefRun } from '../../explore/brief-run'
import { PROPERTIES, type PropertyId } from '../../explore/properties'
import type { Candidate, Witness } from '../../explore/verdict'
import { After } from '../ui/in-pieces'
import { OneOf } from '../ui/one-of'
import { MiniRun } from './mini-run'
import { surpriseOf } from './surprises'
import { WitnessLink } from './witness-link'

interface Props {
  /** Undefined while it is being computed. */
  readonly candidate: Candidate | undefined
  /** Null where the test passes. */
  readonly counterexample: { readonly witness: Witness; readonly run: BriefRun } | null
  /** The property whose counterexample is asked for; null for the nearest of all. */
  readonly against: PropertyId | null
  readonly onAgainst: (against: PropertyId | null) => void
  readonly hrefOf: (witness: Witness) => string
}

const NEAREST = 'nearest'

/** What a painted test comes to: the shortest way into trouble, and what there is to learn from it. */
export const Shortest = memo(function Shortest({ candidate, counterexample, against, onAgainst, hrefOf }: Props) {
  const failing = PROPERTIES.filter(({ id }) =>
    candidate?.verdicts.some(({ property, witness }) => property === id && witness),
  )
  return (
    <section className="proof-shortest" aria-label="Shortest counterexample">
      <h3 className="text-label font-semibold">
        {candidate && !counterexample ? 'No counterexample' : 'Shortest counterexample'}
      </h3>
      {counterexample && (
        <After frames={1}>
          <MiniRun run={counterexample.run} yes={candidate!.yes} />
          <After frames={1}>
            {failing.length > 1 && (
              <OneOf
                as="menu"
                label="Against"
                options={[
                  { value: NEAREST, label: 'the nearest' },
                  ...failing.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                value={failing.find(({ id }) => id === against)?.id ?? NEAREST}
                onChange={(id) => onAgainst(id === NEAREST ? null : id)}
              />
            )}
            <p className="text-label">
              {counterexample.witness.machine === 'xen' ? 'On Xen PV. ' : 'On bare metal. '}
              <WitnessLink witness={counterexample.witness} href={hrefOf(counterexample.witness)} />
            </p>
          </After>
        </After>
      )}
      <p className="max-w-(--measure) text-label" aria-live="polite">
        {candidate ? surpriseOf(candidate) : 'Being computed.'}
      </p>
    </section>
  )
})
