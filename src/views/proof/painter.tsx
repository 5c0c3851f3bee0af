import { memo, type ReactNode } from 'react'
import { holds, notation } from '../../arch/predicate'
import { PROPERTIES } from '../../explore/properties'
import type { Candidate, Witness } from '../../explore/verdict'
import { withPaintedTest } from '../../kernel/variants'
import { PaintSquare } from '../fault-path/paint-square'
import { After, useFrames } from '../ui/in-pieces'
import { Lamp, standingOf } from './lamp'
import { QUADRANT_NOTES } from './quadrants'
import { WitnessLink } from './witness-link'

interface Props {
  readonly yes: number
  /** What became of it; undefined while that is being computed. */
  readonly candidate: Candidate | undefined
  /** The quadrant whose answer the counterexample shows to be wrong; null where there is none. */
  readonly wrong: number | null
  readonly onPaint: (yes: number) => void
  /** The lamps. */
  readonly children: ReactNode
}

/** The reader writes the test: four squares, the line they mean, and below it a lamp for each property. */
export function Painter({ yes, candidate, wrong, onPaint, children }: Props) {
  const predicate = withPaintedTest(yes).hint
  return (
    <div className="proof-painter" data-picture="Your test">
      <PaintSquare
        predicate={predicate}
        notes={QUADRANT_NOTES}
        wrong={wrong}
        onPaint={(quadrant) => onPaint(yes ^ (1 << quadrant))}
      />
      <After frames={1}>
        <p className="proof-notation" data-right={candidate?.specification ?? false}>
          <code>{notation(predicate)}</code>
          {holds(predicate, 0x101) && <span className="sr-only"> This is true of a present page under Xen PV.</span>}
        </p>
        {children}
      </After>
    </div>
  )
}

interface LampsProps extends Pick<Props, 'candidate'> {
  readonly hrefOf: (witness: Witness) => string
}

/** What the painted test does, property by property. */
export const Lamps = memo(function Lamps({ candidate, hrefOf }: LampsProps) {
  const drawn = useFrames(PROPERTIES.length)
  return (
    <ul className="grid gap-2" aria-label="What your test does, on both machines">
      {PROPERTIES.slice(0, drawn).map(({ id, name, says }) => {
        const verdict = candidate?.verdicts.find(({ property }) => property === id)
        return (
          <li key={id} className="grid grid-cols-[7rem_minmax(0,1fr)] items-start gap-x-3 text-label">
            <Lamp standing={standingOf(verdict?.holds ?? null)} />
            <p>
              <span className="font-semibold">{name}</span>
              <span className="block text-note text-ink-2">
                {verdict?.witness ? <WitnessLink witness={verdict.witness} href={hrefOf(verdict.witness)} /> : says}
              </span>
            </p>
          </li>
        )
      })}
    </ul>
  )
})
