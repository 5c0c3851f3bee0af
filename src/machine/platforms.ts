import { bareMetal } from '../kernel/bare-metal'
import type { Platform } from '../kernel/context'
import { xenPv } from '../xen/pv'

/** What a Linux can run on here, as links and lists name it. */
export type MachineId = Platform['id']

/** Every platform by its id. */
export const PLATFORMS: Readonly<Record<MachineId, Platform>> = { bare: bareMetal, xen: xenPv }
