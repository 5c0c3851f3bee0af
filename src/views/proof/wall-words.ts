import { ENTRY_FIELDS, nameOfBit8 } from '../../arch/entry-fields'
import { holds } from '../../arch/predicate'
import { PRESENT } from '../../arch/pte'
import type { Kernel } from '../../kernel/variants'

/** Which words some entry of some state has, 4,096 long; null while that is being computed. */
export interface Reachable {
  readonly bare: Uint8Array | null
  readonly xen: Uint8Array | null
}

/** The bits that are set in a word, by name; bit 8 has its name by PRESENT. */
export const bitsOf = (word: number): readonly string[] =>
  ENTRY_FIELDS.filter(({ bit }) => bit < 12 && (word >>> bit) & 1).map(({ bit, name }) =>
    bit === 8 ? nameOfBit8((word & PRESENT) !== 0) : name,
  )

export const hexOf = (word: number): string => `0x${word.toString(16).padStart(3, '0')}`

/** Where a word occurs in the model. */
export function occursText(word: number, { bare, xen }: Reachable): string {
  if (!bare || !xen) return 'Where it occurs is being computed.'
  if (bare[word] && xen[word]) return 'Pages are like this on both machines.'
  if (bare[word]) return 'Pages are like this on bare metal, and never under Xen PV.'
  if (xen[word]) return 'Pages are like this under Xen PV, and never on bare metal.'
  return 'No page of the model is ever like this.'
}

/** What a kernel's test says to a word, and whether a yes can be right: nothing that is PRESENT can be a mark. */
export type WordVerdict = 'no' | 'rightly' | 'misjudged'

export const verdictOn = (kernel: Kernel, word: number): WordVerdict =>
  !holds(kernel.hint, word) ? 'no' : word & PRESENT ? 'misjudged' : 'rightly'

const VERDICTS: Record<WordVerdict, string> = { no: 'no', rightly: 'yes', misjudged: 'yes, wrongly' }

export const verdictText = (word: number, kernel: Kernel): string => VERDICTS[verdictOn(kernel, word)]

/** A word as it is spoken. */
export const wordName = (word: number, kernel: Kernel, reachable: Reachable): string =>
  `${hexOf(word)}: ${bitsOf(word).join(', ') || 'no bit'}; ${kernel.name} says ${verdictText(word, kernel)}. ${occursText(word, reachable)}`
