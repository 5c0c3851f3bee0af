import { pte, type Pte } from '../src/arch/pte'

/** An entry as one BigInt: the design that the core does not use. Here to be measured against. */
export type WideEntry = bigint

/** An entry as one BigInt, and back. */
export const wide = ({ lo, hi }: Pte): WideEntry => (BigInt(hi) << 32n) | BigInt(lo)
export const narrow = (entry: WideEntry): Pte => pte(Number(entry & 0xffff_ffffn), Number(entry >> 32n))

/** What pte_modify keeps on 3.20-rc0 without soft-dirty: frame, PCD, PWT, SPECIAL, ACCESSED, DIRTY. */
const KEPT = 0x3fff_ffff_f278n

/** pte_modify on a BigInt. */
export const modifyWide = (entry: WideEntry, protection: WideEntry): WideEntry =>
  (entry & KEPT) | (protection & ~KEPT & 0xffff_ffff_ffff_ffffn)
