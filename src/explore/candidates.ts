import { holds, quadrant } from '../arch/predicate'
import { misjudged } from './check'
import { Exploration } from './explore'
import { modelById } from './models'
import { carriedOut, type ProofNews } from './news'
import { BEHAVIOUR, SPECIFICATION, type PropertyId } from './properties'
import type { Candidate, Explored, Verdict } from './verdict'
import { witnessOf } from './witness'
import type { MachineId } from '../machine/platforms'

/** How many tests there are over PRESENT and bit 8. */
const TESTS = 16
const MODEL = 'page'

/** What becomes of each of the sixteen tests, on both machines. */
export function* candidates(): Generator<ProofNews, void> {
  const [bare, xen] = [new TestsOn('bare'), new TestsOn('xen')]
  for (let yes = 0; yes < TESTS; yes++) {
    const candidate = candidateFrom(yes, yield* bare.explored(yes), yield* xen.explored(yes))
    yield { kind: 'candidate', candidate }
  }
}

/** A search carried out for one test, and the quadrants that it was asked about, as a set of bits like the test itself. */
interface Searched {
  readonly yes: number
  readonly asked: number
  readonly exploration: Exploration
}

/**
 * The sixteen tests on one machine. Tests that answer alike wherever they are asked make the same moves from the same
 * states, so one search does for all of them. Rules ask only about entries that Linux takes for present [HF2].
 */
export class TestsOn {
  private readonly on: MachineId
  private readonly searched: Searched[] = []

  constructor(on: MachineId) {
    this.on = on
  }

  /** What comes of this test; searched only where no search before does for it. */
  *explored(yes: number): Generator<ProofNews, Explored> {
    const alike = this.searched.find((each) => ((each.yes ^ yes) & each.asked) === 0)
    if (alike) return sameMoves(alike.exploration, yes)
    const exploration = yield* carriedOut(new Exploration(modelById(MODEL), `p${yes}`, this.on, { renames: true }))
    if (exploration.search.state === 'done')
      this.searched.push({ yes, asked: quadrantsAsked(exploration), exploration })
    return exploration.result()
  }
}

/** The quadrants of all entries met that Linux takes for present. */
function quadrantsAsked({ check, search }: Exploration): number {
  const { present } = search.machine.kernel
  return check.kinds.reduce((asked, { flags }) => (holds(present, flags) ? asked | (1 << quadrant(flags)) : asked), 0)
}

/** The result of a search for a test that makes the same moves. What is said of entries that nobody asks about may differ. */
function sameMoves(exploration: Exploration, yes: number): Explored {
  const kernel = `p${yes}`
  const result = exploration.result()
  const verdicts = result.verdicts.map((verdict) => {
    const {
      property,
      holds: held,
      witness,
    } = SPECIFICATION.includes(verdict.property) ? judgement(exploration, verdict.property, yes) : verdict
    return { property, holds: held, witness: witness && { ...witness, kernel } }
  })
  return { ...result, kernel, verdicts }
}

/** Sound or complete, read off the kinds of entries that were met. */
function judgement({ check, search }: Exploration, property: PropertyId, yes: number): Verdict {
  for (const { flags, marked, state, move } of check.kinds) {
    const wrong = misjudged(((yes >>> quadrant(flags)) & 1) === 1, marked)
    if (wrong?.property === property)
      return { property, holds: false, witness: witnessOf(search, { ...wrong, state, move }) }
  }
  return { property, holds: search.outOfModel === 0 || null, witness: null }
}

function candidateFrom(yes: number, bare: Explored, xen: Explored): Candidate {
  const passes = ({ verdicts }: Explored, properties: readonly PropertyId[]): boolean =>
    verdicts.every(({ property, holds: held }) => held || !properties.includes(property))
  return {
    yes,
    bare: passes(bare, BEHAVIOUR),
    xen: passes(xen, BEHAVIOUR),
    specification: passes(bare, SPECIFICATION) && passes(xen, SPECIFICATION),
    verdicts: bare.verdicts.map((verdict, index) => worse(verdict, xen.verdicts[index]!)),
  }
}

/** Of two verdicts on one property the one that fails; of two that fail the shorter way. */
function worse(a: Verdict, b: Verdict): Verdict {
  if (a.holds === false && b.holds === false) return a.witness!.length <= b.witness!.length ? a : b
  return a.holds === false || b.holds === true ? a : b
}
