import { memo, useState } from 'react'
import { notation } from '../../arch/predicate'
import type { Candidate } from '../../explore/verdict'
import { withPaintedTest } from '../../kernel/variants'
import { Button } from '../ui/button'
import { After, useFrames } from '../ui/in-pieces'
import { TestGlyph } from './glyph'
import { SIEVE_ORDER } from './sieve-order'
import './sieve.css'
import { SHIPPED } from './surprises'

interface Props {
  readonly candidates: readonly Candidate[]
  readonly painted: number
  readonly onPaint: (yes: number) => void
}

const GLYPH = 34
const SIEVES = ['bare metal', 'Xen PV', 'the specification'] as const

/** How many sieves a test passes: it falls until one stops it. */
const passed = ({ bare, xen, specification }: Candidate): number => (!bare ? 0 : !xen ? 1 : !specification ? 2 : 3)

const textOf = (yes: number): string => notation(withPaintedTest(yes).hint)

/** All sixteen tests fall through three sieves. Who survives keeps its column. Counts are those of the proof. */
export const Sieve = memo(function Sieve({ candidates, painted, onPaint }: Props) {
  const drawn = useFrames(SIEVE_ORDER.length)
  // The picture stands finished; it moves when somebody asks for it.
  const [falls, setFalls] = useState(0)
  const depths = new Map(candidates.map((candidate) => [candidate.yes, passed(candidate)]))
  const done = candidates.length === SIEVE_ORDER.length
  return (
    <div className="sieve-room">
      <div className="sieve" data-falls={falls > 0} data-picture="The sieve">
        <ul key={falls} className="sieve-tests" aria-label="The sixteen tests">
          {SIEVE_ORDER.slice(0, drawn).map((yes) => (
            <FallingTest key={yes} yes={yes} depth={depths.get(yes)} painted={yes === painted} onPaint={onPaint} />
          ))}
        </ul>
        <ol className="sieve-lines" aria-label="How many are left">
          <li>
            <strong>
              {SIEVE_ORDER.length}
              <span className="sr-only"> tests are possible</span>
            </strong>
          </li>
          {SIEVES.map((name, sieve) => {
            const left = [...depths.values()].filter((depth) => depth > sieve).length
            return (
              <li key={name}>
                <span>{name}</span>
                <strong>
                  {done ? left : '…'}
                  <span className="sr-only"> left</span>
                </strong>
              </li>
            )
          })}
        </ol>
      </div>
      <After frames={SIEVE_ORDER.length + 1}>{done && <Survivors depths={depths} />}</After>
      <div className="sieve-again">
        <Button small onPress={() => setFalls(falls + 1)}>
          Let them fall
        </Button>
      </div>
    </div>
  )
})

interface FallingProps extends Pick<Props, 'onPaint'> {
  readonly yes: number
  /** Undefined while it is being computed. */
  readonly depth: number | undefined
  readonly painted: boolean
}

/** Fifteen of them stay as they are when the fate of one is known. */
const FallingTest = memo(function FallingTest({ yes, depth, painted, onPaint }: FallingProps) {
  const fate = depth === undefined ? 'being computed' : depth === 3 ? 'passes all three' : `stopped by ${SIEVES[depth]}`
  return (
    <li className="sieve-test" data-shipped={yes === SHIPPED} data-right={depth === 3}>
      <button
        type="button"
        aria-pressed={painted}
        aria-label={`${textOf(yes)}: ${fate}${yes === SHIPPED ? '; what 3.20-rc0 shipped' : ''}`}
        onClick={() => onPaint(yes)}
      >
        <Glyph yes={yes} />
      </button>
      {depth !== undefined &&
        SIEVES.slice(0, depth + 1).map((name, sieve) => (
          <span key={name} className="sieve-way" data-sieve={sieve} aria-hidden>
            <span className="sieve-fall" data-stops={depth === sieve} />
            {depth > sieve && <Glyph yes={yes} />}
          </span>
        ))}
    </li>
  )
})

const Glyph = ({ yes }: { readonly yes: number }) => (
  <svg className="sieve-glyph" viewBox={`0 0 ${GLYPH} ${GLYPH}`} aria-hidden>
    <TestGlyph yes={yes} size={GLYPH} />
  </svg>
)

/** What there is to say about those that came farthest, and about the one that was shipped. */
function Survivors({ depths }: { readonly depths: ReadonlyMap<number, number> }) {
  const at = (depth: number): readonly number[] => SIEVE_ORDER.filter((yes) => depths.get(yes) === depth)
  const shippedPasses = depths.get(SHIPPED)!
  return (
    <ul className="sieve-notes">
      <li>
        Boxed: what 3.20-rc0 shipped.{' '}
        {shippedPasses > 0 && shippedPasses < 3 && (
          <>
            It passes everything that {SIEVES[shippedPasses - 1]} can ask, and {SIEVES[shippedPasses]} stops it.
          </>
        )}
      </li>
      {at(2).map((yes) => (
        <li key={yes}>
          <code>{textOf(yes)}</code> works by accident: another question was asked before.
        </li>
      ))}
      {at(3).map((yes) => (
        <li key={yes}>
          Left at the end: <code>{textOf(yes)}</code>
        </li>
      ))}
    </ul>
  )
}
