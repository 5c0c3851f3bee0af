import { bareMetal } from '../src/kernel/bare-metal'
import type { Platform } from '../src/kernel/context'
import { v3_19, v3_20_rc0, v4_0, v4_0_rc1, withSoftDirty, type Kernel } from '../src/kernel/variants'
import { xenPv } from '../src/xen/pv'

/** 4.0 with the predicate undone and all else as it is. Nobody released it; it tells the predicate from the rest. */
const v4_0_unfixed: Kernel = { ...v4_0, id: '4.0-unfixed', name: '4.0 without the fix', hint: v3_20_rc0.hint }

/** The kernels as the golden tables name them. */
export const KERNEL_OF: ReadonlyMap<string, Kernel> = new Map([
  ['A', v3_19],
  ['B0', v3_20_rc0],
  ['B', v4_0_unfixed],
  ['C', v4_0],
])

/** The platforms as the golden tables name them. */
export const PLATFORM_OF: ReadonlyMap<string, Platform> = new Map([
  ['bare', bareMetal],
  ['xen64pv', xenPv],
])

/** The tables of predicates, and the kernels that must agree with each. */
export const PREDICATE_TABLES: ReadonlyMap<string, readonly Kernel[]> = new Map([
  ['predicates-A.csv', [v3_19]],
  ['predicates-B.csv', [v3_20_rc0, v4_0_unfixed]],
  ['predicates-C.csv', [v4_0, v4_0_rc1]],
  ['predicates-Csd.csv', [withSoftDirty(v4_0), withSoftDirty(v4_0_rc1)]],
])
