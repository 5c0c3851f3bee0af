import { bareMetal } from '../src/kernel/bare-metal'
import type { Platform } from '../src/kernel/context'
import { v3_19, v3_20_rc0, v4_0, v4_0_rc1, v6_13, withSoftDirty, type Kernel } from '../src/kernel/variants'
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

/** The kernels as the recordings of 2015's kernels name them. 4.2 has the rules of 4.0, as shipped and with the test undone. */
export const RECORDED_KERNEL_OF: ReadonlyMap<string, Kernel> = new Map([
  ['v319', v3_19],
  ['broken', v3_20_rc0],
  ['fixed', v4_0_rc1],
  ['brokenpw', v4_0_unfixed],
  ['fixedpw', v4_0],
  ['v42undone', v4_0_unfixed],
  ['v42', v4_0],
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
  ['predicates-D.csv', [v6_13]],
])

/** One of the combinations of kernel and platform for which a row holds. */
export interface Place {
  /** As in the table, e.g. 'B0/xen64pv'. */
  readonly name: string
  readonly kernel: Kernel
  readonly platform: Platform
}

/** The kernel and platform of a name such as 'B0/xen64pv'; undefined where either is not known. */
export function placeNamed(name: string, separator: '/' | '_'): Place | undefined {
  const [kernelName = '', platformName = '', ...rest] = name.split(separator)
  const kernel = KERNEL_OF.get(kernelName)
  const platform = PLATFORM_OF.get(platformName)
  return kernel && platform && !rest.length ? { name, kernel, platform } : undefined
}

/** Kernel and machine of a recorded run, by its own words; undefined where either is not known. */
export function recordedPlace(kernelName: string, environment: string): Place | undefined {
  const kernel = RECORDED_KERNEL_OF.get(kernelName)
  const platform = environment.startsWith('Xen') ? xenPv : environment.startsWith('bare metal') ? bareMetal : undefined
  return kernel && platform ? { name: `${kernelName}/${platform.id}`, kernel, platform } : undefined
}
