import { ACCESSED, DIRTY, has, RW, SOFT_DIRTY, withFlags, type Pte } from '../arch/pte'
import {
  isSoftDirty,
  isWritable,
  makeEntry,
  makeOld,
  makeWritable,
  swapEntry,
  swapOffset,
  swapSoftDirty,
  swapType,
  type EntryRules,
  type SwapLayout,
} from './linux-pte'

/** The types of swap entry that stand for a page on the move. The numbers are recalled, not read. */
const TYPES = {
  'from bit 9': { read: 30, write: 31 },
  'from bit 10': { read: 30, write: 31 },
  inverted: { read: 24, write: 26 },
} as const

/** In 6.1 the offset carries ACCESSED and DIRTY above the frame number. */
const CARRIED = 40
const YOUNG = 2 ** CARRIED
const DIRTIED = 2 ** (CARRIED + 1)

type Rules = EntryRules & SwapLayout

/** [MI1] The entry of a page on the move: its frame, and whether it may be written when it is back. */
export function migrationEntry(rules: Rules, frame: number, entry: Pte): Pte {
  const type = isWritable(entry) ? TYPES[rules.swap].write : TYPES[rules.swap].read
  const carries = rules.swap === 'inverted'
  const marks = carries ? (has(entry, ACCESSED) ? YOUNG : 0) + (has(entry, DIRTY) ? DIRTIED : 0) : 0
  return swapEntry(rules, frame + marks, isSoftDirty(entry) && rules.keepsSoftDirty, false, type)
}

/** Does the word stand for a page on the move? */
export const isMigrating = (rules: Rules, entry: Pte): boolean =>
  Object.values(TYPES[rules.swap]).includes(swapType(rules, entry) as never)

/** The frame that the page moves from, as the guest counts. */
export const migratingFrame = (rules: Rules, entry: Pte): number => offsetOf(rules, entry) % YOUNG

/** [MI2] The entry of the page when it has moved. */
export function movedEntry(rules: Rules, entry: Pte, frame: number, protection: Pte, mayWrite: boolean): Pte {
  const offset = offsetOf(rules, entry)
  let value = makeOld(makeEntry(rules, frame, protection))
  if (offset % DIRTIED >= YOUNG) value = withFlags(value, ACCESSED)
  if (offset >= DIRTIED) value = withFlags(value, DIRTY)
  if (swapSoftDirty(rules, entry) && rules.keepsSoftDirty) value = withFlags(value, SOFT_DIRTY)
  const writable = swapType(rules, entry) === TYPES[rules.swap].write
  return writable && mayWrite && !has(value, RW) ? makeWritable(value) : value
}

/** The offset field without the type, which layouts up to 4.0 keep below it. */
const offsetOf = (rules: Rules, entry: Pte): number => swapOffset(rules, entry)
