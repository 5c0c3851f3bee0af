import type { Step } from '../arch/step'
import type { KernelCx } from './context'
import { mapAround } from './file'
import { copyEntry } from './fork'
import { protectionDone } from './mprotect'
import { countHint } from './numa'
import { operationDone, returnFromFault } from './return'
import { scanEntry } from './scanner'
import { reclaimed, swappedInForWrite } from './swap'
import { mapCopy } from './write-protect'

/** Every step that some rule names as the one after a store. */
export const AFTER_STORE: readonly Step<KernelCx>[] = [
  returnFromFault,
  countHint,
  mapCopy,
  mapAround,
  scanEntry,
  copyEntry,
  protectionDone,
  reclaimed,
  swappedInForWrite,
  operationDone,
]
