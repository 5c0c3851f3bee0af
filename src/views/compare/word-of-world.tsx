import { ENTRY_FIELDS } from '../../arch/entry-fields'
import { bitOf, has, PRESENT, type Pte } from '../../arch/pte'
import { BitCell } from '../bit-grid/bit-cell'
import { toneOf } from '../bit-grid/bit-name'

/** The same entry as it lies in the memory of one world. */
export interface WordOfWorld {
  /** Kernel and machine. */
  readonly title: string
  readonly entry: Pte
  readonly frameLabel: 'MFN' | 'PFN'
  readonly frameText: string
  /** Bits that Xen put there. */
  readonly byXen: readonly number[]
}

interface WordBitProps {
  readonly word: WordOfWorld
  readonly bit: number
  readonly animate: boolean
}

/** One bit of the word, to look at. */
export const WordBit = ({ word: { entry, byXen }, bit, animate }: WordBitProps) => (
  <BitCell
    bit={bit}
    value={bitOf(entry, bit)}
    present={has(entry, PRESENT)}
    size="large"
    tone={toneOf(bit)}
    byXen={byXen.includes(bit)}
    animate={animate}
    readOnly
  />
)

/** The flags that are set, for who does not see them: 'Set: PRESENT, bit 8.' */
export function flagsSaid({ entry }: WordOfWorld): string {
  const names = ENTRY_FIELDS.filter(({ bit }) => bitOf(entry, bit) === 1).map(({ bit, name }) =>
    bit === 8 ? 'bit 8' : name,
  )
  return `Set: ${names.join(', ') || 'no flag'}.`
}
