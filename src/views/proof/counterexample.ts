import { SPECIFICATION, type PropertyId } from '../../explore/properties'
import type { Candidate, Witness } from '../../explore/verdict'

/**
 * The counterexample to show: the one against the property that is asked for, if that fails; else the shortest that a program
 * would notice, and where none would, the shortest against what the test is said to mean. Null for the test that passes.
 */
export function counterexampleTo({ verdicts }: Candidate, against: PropertyId | null): Witness | null {
  const asked = verdicts.find(({ property }) => property === against)?.witness
  if (asked) return asked
  const failing = verdicts.filter(({ witness }) => witness !== null)
  const noticed = failing.filter(({ property }) => !SPECIFICATION.includes(property))
  const among = noticed.length > 0 ? noticed : failing
  return among.map(({ witness }) => witness!).toSorted((a, b) => a.length - b.length)[0] ?? null
}
