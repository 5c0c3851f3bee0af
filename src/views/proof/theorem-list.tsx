import { memo } from 'react'
import type { TheoremResult, Witness } from '../../explore/verdict'
import { useFrames } from '../ui/in-pieces'
import { OutwardLink } from '../ui/outward-link'
import { Lamp } from './lamp'
import { GIVEN_WORDS, THEOREM_WORDS, type TheoremWords } from './theorem-words'
import { WitnessLink } from './witness-link'
import { countText } from '../../trace/count-text'

interface Props {
  readonly theorems: readonly TheoremResult[]
  readonly hrefOf: (witness: Witness) => string
  /** The ids of the claims to show; all of them where nothing is said. */
  readonly only?: readonly string[]
}

/** What was claimed, and what the model says to it. */
export const TheoremList = memo(function TheoremList({ theorems, hrefOf, only }: Props) {
  const claims = THEOREM_WORDS.filter(({ id }) => only?.includes(id) ?? true)
  const drawn = useFrames(claims.length)
  return (
    <ul className="proof-theorems" data-picture="The claims">
      {claims.slice(0, drawn).map(({ id, by, link, claim, computed, standing, verdict }) => {
        const result = theorems.find((theorem) => theorem.id === id)
        return (
          <li key={id}>
            <Claim claim={claim} by={by} link={link} />
            <div className="grid content-start gap-1">
              <p className="flex items-start gap-2 font-semibold">
                <Lamp silent standing={result ? standing(result) : 'unfinished'} />
                {result ? verdict(result) : 'Being computed.'}
              </p>
              <p className="text-note text-ink-2">{computed}</p>
              {result && (
                <p className="text-note text-ink-2">
                  {countText(result.states)} states, {countText(result.transitions)} moves.{' '}
                  {result.witness && <WitnessLink witness={result.witness} href={hrefOf(result.witness)} />}
                </p>
              )}
            </div>
          </li>
        )
      })}
      {!only && drawn === claims.length && <Given />}
    </ul>
  )
})

const Claim = ({ claim, by, link }: Pick<TheoremWords, 'claim' | 'by' | 'link'>) => (
  <div className="grid content-start gap-1">
    <p className="text-label">{claim}</p>
    <p className="text-note text-ink-2">
      <OutwardLink href={link}>{by}</OutwardLink>
    </p>
  </div>
)

function Given() {
  const { verdict, computed, source, sourceName } = GIVEN_WORDS
  return (
    <li>
      <Claim {...GIVEN_WORDS} />
      <div className="grid content-start gap-1">
        <p className="flex items-start gap-2 font-semibold">
          <Lamp silent standing="given" />
          {verdict}
        </p>
        <p className="text-note text-ink-2">
          {computed} <OutwardLink href={source}>{sourceName}</OutwardLink>.
        </p>
      </div>
    </li>
  )
}
