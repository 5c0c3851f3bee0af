import { holds } from '../arch/predicate'
import { FLAGS_LO, toHex, type Pte } from '../arch/pte'
import { v3_20_rc0, v4_0_rc1 } from '../kernel/variants'
import { entryAt, lastAsked, pageAt, processAt, slotOf } from '../trace/scene'
import type { Counted, Known } from './beat'
import { countText } from '../trace/count-text'

const digits = (entry: Pte): string => `…${toHex(entry).slice(-4)}`

/** The last digits of the entry in memory. */
export const lastDigits: Counted = ({ scene }) => digits(entryAt(scene, processAt(scene), pageAt(scene)))

/** The last digits of what Linux last asked to have stored there. */
export const lastAskedDigits: Counted = ({ scene }) => {
  const asked = lastAsked(scene, slotOf(scene, processAt(scene), pageAt(scene)))
  return asked && digits(asked.value)
}

/** Once all candidates have been tried; null before. */
const ofCandidates =
  (fits: (candidate: Known['candidates'][number]) => boolean): Counted =>
  ({ candidates }) =>
    candidates.length === TESTS ? countText(candidates.filter(fits).length) : null

/** Tests over two bits: a yes or a no for each of their combinations. */
const TESTS = 2 ** (2 ** 2)
export const tests: Counted = () => countText(TESTS)
export const passBare = ofCandidates(({ bare }) => bare)
export const passBoth = ofCandidates(({ bare, xen }) => bare && xen)
export const passSpecification = ofCandidates(({ bare, xen, specification }) => bare && xen && specification)

/** Words of the twelve low bits. */
export const words: Counted = () => countText(FLAGS_LO + 1)
/** Those on which the test that shipped and the fix part. */
export const misjudged: Counted = () =>
  countText(
    Array.from({ length: FLAGS_LO + 1 }, (_, lo) => lo).filter(
      (lo) => holds(v3_20_rc0.hint, lo) !== holds(v4_0_rc1.hint, lo),
    ).length,
  )
