import { BIG_MODELS } from '../explore/models'
import { PROPERTIES, type PropertyId } from '../explore/properties'
import type { ExploredWorld } from '../explore/verdict'
import { KERNELS } from '../kernel/variants'
import { addressOf, readKeys } from '../trace/link-keys'

/** What the reader chose in the room of the proof; all else there is computed. */
export interface ProofChoices {
  /** The painted test: bit q answers for quadrant q (predicate.ts). */
  readonly test: number
  /** The property whose counterexample is shown; null for the nearest of all. */
  readonly against: PropertyId | null
  /** What the larger run explores. */
  readonly big: ExploredWorld
}

const ROOM = '#/proof'
const NEAREST = 'nearest'

/** The choices as an address; only what differs from `usual` is written. */
export function proofHref({ test, against, big }: ProofChoices, usual: ProofChoices): string {
  const key = <T>(value: T, usually: T): T | null => (value === usually ? null : value)
  return addressOf(ROOM, [
    ['t', key(`p${test}`, `p${usual.test}`)],
    ['q', key(against ?? NEAREST, usual.against ?? NEAREST)],
    ['b', key(big.model, usual.big.model)],
    ['k', key(big.kernel, usual.big.kernel)],
    ['m', key(big.machine, usual.big.machine)],
  ])
}

/** The inverse of `proofHref`. Never throws: what is not understood is as usual, and a message says so. */
export function parseProofHref(hash: string, usual: ProofChoices) {
  const { pick, messages } = readKeys(hash, ['t', 'q', 'b', 'k', 'm'])
  const among = (ids: readonly string[]) => (value: string) => ids.includes(value)
  const ids = (all: readonly { readonly id: string }[]) => among(all.map(({ id }) => id))
  const test = pick('t', 'a test', (value) => /^p(\d|1[0-5])$/.test(value), `p${usual.test}`)
  const against = pick<string>('q', 'a property', (value) => ids(PROPERTIES)(value) || value === NEAREST, NEAREST)
  const choices: ProofChoices = {
    test: Number(test.slice(1)),
    against: PROPERTIES.find(({ id }) => id === against)?.id ?? null,
    big: {
      model: pick('b', 'a larger model', ids(BIG_MODELS), usual.big.model),
      kernel: pick('k', 'a kernel', ids(KERNELS), usual.big.kernel),
      machine: pick('m', 'a machine', among(['bare', 'xen']), usual.big.machine),
    },
  }
  return { choices, messages }
}
