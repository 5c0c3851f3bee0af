import { FAILURES } from '../../explore/properties'
import type { Witness } from '../../explore/verdict'
import { beginningsText } from './witness-words'

interface Props {
  readonly witness: Witness
  readonly href: string
  /** Only the link, where there is no room for more. */
  readonly short?: boolean
}

/** A counterexample: what goes wrong, how short the way is, and a link that plays it in the Lab. */
export function WitnessLink({ witness, href, short = false }: Props) {
  const what = `${FAILURES[witness.failure]} ${beginningsText(witness)}`
  return (
    <>
      {!short && <span>{what} </span>}
      <a href={href} className="proof-play" title={short ? what : undefined}>
        Play
        <span className="sr-only">
          {short ? `: ${what}` : ' it'} ({witness.kernel}, {witness.machine === 'xen' ? 'Xen PV' : 'bare metal'})
        </span>
      </a>
    </>
  )
}
