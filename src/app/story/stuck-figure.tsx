import { useEffect, useState } from 'react'
import type { Known } from '../../story/beat'
import { useStill } from '../still'
import { countText } from '../../trace/count-text'

interface Props {
  readonly known: Known
  /** Is the counter seen to rise? */
  readonly climbs: boolean
  /** Does it stand at what was recorded? */
  readonly recorded: boolean
}

/** How long the counter rises before it comes to rest by itself. */
const SECONDS = 5

/** One process and its one instruction. The faults are the run's own; then the recorded rate is shown, for a while. */
export function StuckFigure({ known, climbs, recorded }: Props) {
  const { outcome } = known.scene
  const closed = outcome.lasso !== null
  const climbed = useClimb(outcome.faults, climbs && closed ? rateOf(known) : 0)
  const faults = recorded && known.recorded ? known.recorded.faults : climbed
  return (
    <div className="stuck" role="group" aria-label="The machine">
      <p className="stuck-name">init, the first program</p>
      {!recorded && <Instruction />}
      <dl className="stuck-count">
        <dt>{recorded ? 'page faults at one address' : 'page faults'}</dt>
        <dd>{countText(faults)}</dd>
        {!recorded && (
          <>
            <dt>instructions done</dt>
            <dd>{outcome.name === 'completed' ? 1 : 0}</dd>
          </>
        )}
      </dl>
      <p className="stuck-note">
        {recorded ? 'Counted on a rebuilt kernel, under Xen.' : noteOf(climbs && closed, known)}
      </p>
    </div>
  )
}

/** The one that is tried again and again. */
const Instruction = () => (
  <ol className="stuck-code">
    <li aria-current="step">
      <svg viewBox="0 0 11 12" width="16" height="18" fill="currentColor" aria-hidden="true">
        <path d="M1 0v12l9-6z" />
      </svg>
      <code>mov %al,(%rdi)</code>
      <span className="sr-only">, the instruction at hand</span>
    </li>
    <li className="stuck-next">
      <span />
      <span>next instruction</span>
    </li>
  </ol>
)

const rateOf = ({ recorded }: Known): number => (recorded ? recorded.faults / recorded.seconds : 0)

function noteOf(climbing: boolean, { recorded, scene }: Known): string {
  if (climbing && recorded) return `${SECONDS} seconds, at the rate that was recorded on a real kernel.`
  return scene.cursor > 0 && scene.outcome.faults > 0 ? 'Modelled, step by step.' : ''
}

/** A number that rises at this rate a second, for a few seconds. Who asked for less motion sees where it ends. */
function useClimb(from: number, rate: number): number {
  const still = useStill()
  const [passed, setPassed] = useState(0)
  useEffect(() => {
    if (rate === 0 || still) return
    const began = performance.now()
    const timer = setInterval(() => {
      const seconds = Math.min(SECONDS, (performance.now() - began) / 1000)
      setPassed(seconds)
      if (seconds === SECONDS) clearInterval(timer)
    }, 100)
    return () => clearInterval(timer)
  }, [rate, still])
  return from + Math.round(rate * (still ? SECONDS : passed))
}
