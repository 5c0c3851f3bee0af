import type { Candidate } from '../../explore/verdict'
import { v3_20_rc0 } from '../../kernel/variants'
import { holds } from '../../arch/predicate'
import { quadrantsOf } from './quadrants'

/** Quadrants as in predicate.ts: PRESENT counts 2, bit 8 counts 1. */
const NEVER = 0

/** The sixteen tests that say the same as a kernel's own on every word: one, for it asks no other bit. */
export const SHIPPED = [...Array(16).keys()].find((yes) =>
  quadrantsOf(yes).every(
    ({ quadrant, says }) => holds(v3_20_rc0.hint, ((quadrant & 1) << 8) | (quadrant >> 1)) === says,
  ),
)!

/** What there is to learn from a test that fell, or from the one that did not. */
export function surpriseOf({ yes, bare, xen, specification }: Candidate): string {
  if (specification && bare && xen) return 'This is the fix. Nothing in either machine tells it from what Linux means.'
  if (yes === SHIPPED)
    return 'This is what 3.20-rc0 shipped. It gives the right answer for every word of bare metal, for there no present user page has bit 8.'
  if (yes === NEVER)
    return 'A test that never says yes loops too, on both machines: Linux calls a marked entry present, so nobody else undoes the mark.'
  if (bare && xen)
    return 'It works on both machines, by accident: pte_present? was asked before, so an empty entry never gets here. The test itself says yes to it.'
  if (bare) return 'Bare metal has no word that shows the fault. Xen has.'
  if (xen)
    return 'Under Xen PV no present user page lacks bit 8, so the wrong square is never asked there. On bare metal it is.'
  return 'It falls on both machines.'
}
